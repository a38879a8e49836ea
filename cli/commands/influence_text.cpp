#include "cli/commands/influence_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "cli/commands/influence_tables.hpp"
#include "cli/run/data_options.hpp"
#include "runs/influence/influence_rows.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;

std::string paragraph(std::string const& text, int width) {
  std::string result;
  for (auto const& line : wrapped(text, std::min(width, 100))) result += line + '\n';
  return result;
}

std::string target_words(runs::InfluenceRun const& run) {
  auto const& name = run.analysis.effects.front().target.name;
  return name == "mean" ? "the mean test loss" : fmt::format("the loss of row {}", name);
}

/// What was read: rows, columns, classes.
std::string data_text(runs::InfluenceData const& data) {
  auto const tests = data.tests_itself ? std::string("which are the test rows too")
                                       : fmt::format("{} test rows {}", data.test.rows(), data.test_source);
  auto const text =
      fmt::format("{}: {} training rows, {}, {} inputs {}, label column {}", data.name, data.train.rows(), tests,
                  data.train.columns.size(), data.standardised ? "as z-scores" : "as they are", data.label);
  return data.classifies() ? text + fmt::format(" ({})", fmt::join(data.train.classes, ", ")) : text;
}

/// What was fitted: model, parameters, gradient norm, smallest eigenvalue, convention, solver.
std::string fit_text(runs::InfluenceRun const& run) {
  auto const& trained = run.trained;
  auto const& settings = run.settings;
  auto const model = settings.model == "mlp"
                         ? fmt::format("mlp of depth {} and width {}", settings.network.depth, settings.network.width)
                         : settings.model + (settings.network.size > 0
                                                 ? " of size " + rounded_text(settings.network.size, 4) + ", held"
                                                 : std::string());
  auto const convention = settings.convention == est::Convention::mean
                              ? "the mean over the rows that are left, with the same penalty"
                              : "the penalty of all n rows is kept";
  return fmt::format("{}, l2 {}: n = {}, p = {}, risk {}, gradient norm {}, smallest eigenvalue of the Hessian {}\n",
                     model, exact_text(settings.l2), run.data->train.rows(), run.analysis.first.cols(),
                     rounded_text(trained.risk, 5), rounded_text(trained.gradient_norm, 2),
                     rounded_text(trained.smallest_eigenvalue, 3)) +
         fmt::format("Convention {} ({}), solver {}\n", convention_text(settings.convention), convention,
                     settings.solver_text());
}

/// Refits that failed, if any did.
std::string refit_text(runs::InfluenceRun const& run, int width) {
  auto const& refits = run.analysis.refits;
  auto const has_failed = [](est::Refit const& refit) { return refit.change.hasNaN(); };
  auto const first = std::find_if(refits.begin(), refits.end(), has_failed);
  if (first == refits.end()) return "";
  return paragraph(
             fmt::format("{} of {} refits found no minimum and stay empty; the first of them: {}.",
                         std::count_if(first, refits.end(), has_failed), refits.size(), est::complaint(first->trained)),
             width) +
         '\n';
}

std::string no_tests_text(runs::InfluenceRun const& run, int width) {
  return paragraph(fmt::format("There are no test rows, and on the mean training loss, which is nearly at its minimum, "
                               "no removal has an effect of first order. So effects are on the loss of row {}, the "
                               "largest; --holdout 0.2 or --test FILE tells what a row does to others.",
                               run.analysis.effects.front().target.name),
                   width) +
         '\n';
}

/// The rows that stand out.
std::string rows_text(runs::InfluenceRun const& run, int width) {
  auto const named = runs::named_rows(run);
  auto const target = target_words(run);
  std::string text;
  if (!named.harmful.empty())
    text += fmt::format("Most harmful rows: without them {} falls, by\n\n", target) +
            effect_table(run, named.harmful, width) + '\n';
  if (!named.helpful.empty())
    text += fmt::format("Most helpful rows: without them {} grows, by\n\n", target) +
            effect_table(run, named.helpful, width) + '\n';
  return text + (run.data->classifies() ? "Suspected mislabels" : "Rows that pull most") +
         ": the largest self-influence\n\n" + suspects_table(run, named.suspects, width) + '\n';
}

std::string reliability_text(runs::InfluenceRun const& run, int width) {
  std::string text;
  auto const& reliability = run.analysis.reliability;
  if (reliability.hasNaN())
    text = paragraph(fmt::format("Second order and reliability are known for {} rows, those that matter most; all "
                                 "would take long.",
                                 reliability.array().isFinite().count()),
                     width);
  return text + paragraph(
                    "Reliability is the second-order term over the first-order term: where it is near 1 or above, "
                    "the first order means little. A row is a line of data, counted from 1.",
                    width);
}

}  // namespace

std::string influence_text(runs::InfluenceRun const& run, int width) {
  auto text = data_text(*run.data) + '\n' + notes_text(run.data->notes, width) + fit_text(run) + '\n';
  if (run.data->tests_itself) text += no_tests_text(run, width);
  text += rows_text(run, width);
  if (!run.analysis.groups.empty())
    text += fmt::format("Groups of {} removed together: change of {}\n\n", run.data->group, target_words(run)) +
            group_table(run, width) + '\n';
  auto const refits = run.analysis.refits.size();
  if (refits >= 3)
    text += fmt::format("How the estimates met the {} refits:\n\n", refits) + agreement_table(run, width) + '\n';
  return text + refit_text(run, width) + reliability_text(run, width);
}

}  // namespace fisherlab::cli
