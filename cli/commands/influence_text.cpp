#include "cli/commands/influence_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/statistics/agreement.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;
using est::Vector;

constexpr std::size_t most_named = 5;
constexpr std::size_t most_suspects = 10;

std::string short_number(double value) { return std::isfinite(value) ? rounded_text(value, 3) : "-"; }

std::string paragraph(std::string const& text, int width) {
  std::string result;
  for (auto const& line : wrapped(text, std::min(width, 100))) result += line + '\n';
  return result;
}

/// A class by name, or a number.
std::string target_text(InfluenceInput const& input, double target) {
  if (!input.classifies()) return rounded_text(target, 5);
  return input.train.classes[static_cast<std::size_t>(target)];
}

/// Probabilities of all classes; logistic regression may give that of the second alone.
Vector probabilities(InfluenceRun const& run, int row) {
  Vector given = run.outputs.row(row);
  if (given.size() > 1) return given;
  return Vector{{1 - given[0], given[0]}};
}

std::string fitted_text(InfluenceInput const& input, InfluenceRun const& run, int row) {
  if (!input.classifies()) return rounded_text(run.outputs(row, 0), 4);
  Eigen::Index likeliest = 0;
  probabilities(run, row).maxCoeff(&likeliest);
  return target_text(input, static_cast<double>(likeliest));
}

bool has_refits(EffectOn const& effect) { return effect.actual.array().isFinite().any(); }

/// Rows with what their removal does.
std::string effect_table(InfluenceInput const& input, InfluenceRun const& run, std::vector<int> const& rows,
                         int width) {
  auto const& effect = run.effects.front();
  bool const refitted = has_refits(effect);
  std::vector<TextTable::Column> columns = {
      {"row", Align::right},     {"label"}, {"fitted"}, {"first order", Align::right}, {"second order", Align::right},
      {"one step", Align::right}};
  if (refitted) columns.push_back({"refit", Align::right});
  columns.push_back({"reliability", Align::right});
  if (run.leverage) columns.insert(columns.end(), {{"leverage", Align::right}, {"Cook", Align::right}});
  TextTable table(columns);
  for (int const k : rows) {
    std::vector<std::string> cells = {std::to_string(input.train_rows[static_cast<std::size_t>(k)]),
                                      target_text(input, input.train.targets[k]),
                                      fitted_text(input, run, k),
                                      short_number(effect.predicted[k]),
                                      short_number(effect.second_order[k]),
                                      short_number(effect.one_step[k])};
    if (refitted) cells.push_back(short_number(effect.actual[k]));
    cells.push_back(short_number(run.reliability[k]));
    if (run.leverage) {
      cells.push_back(short_number(run.leverage->leverage[k]));
      cells.push_back(short_number(run.leverage->cook[k]));
    }
    table.add_row(std::move(cells));
  }
  return table.text(width);
}

std::string suspects_table(InfluenceInput const& input, InfluenceRun const& run, std::vector<int> const& rows,
                           int width) {
  std::vector<TextTable::Column> columns = {{"row", Align::right}, {"label"}, {"fitted"}};
  if (input.classifies()) columns.push_back({"probability of label", Align::right});
  columns.insert(columns.end(), {{"loss", Align::right}, {"self-influence", Align::right}});
  TextTable table(columns);
  for (int const k : rows) {
    std::vector<std::string> cells = {std::to_string(input.train_rows[static_cast<std::size_t>(k)]),
                                      target_text(input, input.train.targets[k]), fitted_text(input, run, k)};
    if (input.classifies())
      cells.push_back(short_number(probabilities(run, k)[static_cast<Eigen::Index>(input.train.targets[k])]));
    cells.push_back(short_number(run.losses[k]));
    cells.push_back(short_number(run.self_influence[k]));
    table.add_row(std::move(cells));
  }
  return table.text(width);
}

std::string group_table(InfluenceInput const& input, InfluenceRun const& run, int width) {
  TextTable table({{input.group},
                   {"rows", Align::right},
                   {"first order", Align::right},
                   {"second order", Align::right},
                   {"refit", Align::right}});
  for (auto const& g : run.groups)
    table.add_row({g.name, std::to_string(g.rows), short_number(g.predicted), short_number(g.second_order),
                   g.actual ? short_number(*g.actual) : "-"});
  return table.text(width);
}

/// Each kind of estimate against the refits.
std::string agreement_table(InfluenceRun const& run, int width) {
  TextTable table({{"loss of"},
                   {"estimate"},
                   {"pairs", Align::right},
                   {"slope", Align::right},
                   {"relative error", Align::right},
                   {"Pearson", Align::right},
                   {"Spearman", Align::right}});
  for (auto const& effect : run.effects) {
    if (effect.actual.array().isFinite().count() < 3) continue;
    for (auto const& [name, estimate] : {std::pair<char const*, Vector const*>("first order", &effect.predicted),
                                         {"second order", &effect.second_order},
                                         {"one step", &effect.one_step}}) {
      if ((estimate->array().isFinite() && effect.actual.array().isFinite()).count() < 3) continue;
      auto const a = agreement(*estimate, effect.actual);
      table.add_row({effect.name == "mean" ? "all test rows" : "row " + effect.name, name, std::to_string(a.pairs),
                     short_number(a.slope), short_number(a.relative_error), rounded_text(a.pearson, 4),
                     rounded_text(a.spearman, 4)});
    }
  }
  return table.text(width);
}

std::string target_words(InfluenceRun const& run) {
  auto const& name = run.effects.front().name;
  return name == "mean" ? "the mean test loss" : fmt::format("the loss of row {}", name);
}

std::string refit_sentence(InfluenceRun const& run) {
  auto const failed =
      std::count_if(run.refits.begin(), run.refits.end(), [](auto const& refit) { return refit.change.hasNaN(); });
  if (failed == 0) return "";
  auto const first =
      std::find_if(run.refits.begin(), run.refits.end(), [](auto const& refit) { return refit.change.hasNaN(); });
  return fmt::format("{} of {} refits found no minimum and stay empty; the first of them: {}.", failed,
                     run.refits.size(), est::complaint(first->trained));
}

}  // namespace

std::vector<int> NamedRows::all() const {
  std::vector<int> rows = harmful;
  rows.insert(rows.end(), helpful.begin(), helpful.end());
  rows.insert(rows.end(), suspects.begin(), suspects.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

NamedRows named_rows(InfluenceRun const& run) {
  NamedRows named;
  auto const& predicted = run.effects.front().predicted;
  for (std::size_t k = 0; k < run.order.size() && k < most_named; ++k) {
    int const low = run.order[k], high = run.order[run.order.size() - 1 - k];
    if (predicted[low] < 0) named.harmful.push_back(low);
    if (predicted[high] > 0) named.helpful.push_back(high);
  }
  std::vector<int> rows(run.order.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](int a, int b) { return run.self_influence[a] > run.self_influence[b]; });
  rows.resize(std::min(rows.size(), most_suspects));
  named.suspects = std::move(rows);
  return named;
}

std::string fit_text(InfluenceInput const& input, InfluenceRun const& run) {
  auto const& trained = run.trained;
  std::string text =
      fmt::format("{}: {} training rows, {}, {} inputs {}, label column {}", input.data, input.train.rows(),
                  input.tests_itself ? std::string("which are the test rows too")
                                     : fmt::format("{} test rows {}", input.test.rows(), input.test_source),
                  input.train.dimension(), input.standardised ? "as z-scores" : "as they are", input.label);
  if (input.classifies()) text += fmt::format(" ({})", fmt::join(input.train.classes, ", "));
  text += fmt::format("\n{}, l2 {}: n = {}, p = {}, risk {}, gradient norm {}, smallest eigenvalue of the Hessian {}\n",
                      input.model == "mlp"
                          ? fmt::format("mlp of depth {} and width {}", input.network.depth, input.network.width)
                          : input.model,
                      exact_text(input.l2), input.train.rows(), run.first.cols(), rounded_text(trained.risk, 5),
                      rounded_text(trained.gradient_norm, 2), rounded_text(trained.smallest_eigenvalue, 3));
  return text + fmt::format("Convention {} ({}), solver {}\n", convention_text(input.convention),
                            input.convention == est::Convention::mean
                                ? "the mean over the rows that are left, with the same penalty"
                                : "the penalty of all n rows is kept",
                            input.solver_text());
}

std::string influence_text(InfluenceInput const& input, InfluenceRun const& run, int width) {
  auto const named = named_rows(run);
  auto const target = target_words(run);
  std::string text = fit_text(input, run) + '\n';
  if (input.tests_itself)
    text +=
        paragraph(fmt::format("There are no test rows, and on the mean training loss, which is nearly at its minimum, "
                              "no removal has an effect of first order. So effects are on the loss of row {}, the "
                              "largest; --holdout 0.2 or --test FILE tells what a row does to others.",
                              run.effects.front().name),
                  width) +
        '\n';
  if (!named.harmful.empty())
    text += fmt::format("Most harmful rows: without them {} falls, by\n\n", target) +
            effect_table(input, run, named.harmful, width) + '\n';
  if (!named.helpful.empty())
    text += fmt::format("Most helpful rows: without them {} grows, by\n\n", target) +
            effect_table(input, run, named.helpful, width) + '\n';
  text += std::string(input.classifies() ? "Suspected mislabels" : "Rows that pull most") +
          ": the largest self-influence\n\n" + suspects_table(input, run, named.suspects, width) + '\n';
  if (!run.groups.empty())
    text += fmt::format("Groups of {} removed together: change of {}\n\n", input.group, target) +
            group_table(input, run, width) + '\n';
  if (run.refits.size() >= 3)
    text +=
        fmt::format("How the estimates met the {} refits:\n\n", run.refits.size()) + agreement_table(run, width) + '\n';
  if (auto const sentence = refit_sentence(run); !sentence.empty()) text += paragraph(sentence, width) + '\n';
  if (run.reliability.hasNaN())
    text +=
        paragraph(fmt::format("Second order and reliability are known for {} rows, those that matter most; all would "
                              "take long.",
                              run.reliability.array().isFinite().count()),
                  width);
  return text + paragraph(
                    "Reliability is the second-order term over the first-order term: where it is near 1 or above, "
                    "the first order means little. A row is a line of data, counted from 1.",
                    width);
}

}  // namespace fisherlab::cli
