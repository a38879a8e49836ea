#include "runs/studies/study_influence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "claims/catalogue.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "runs/data/labelled_data.hpp"
#include "runs/influence/influence_run.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study_parts.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;
namespace influence = estimators::influence;

/// The data file that a study names: one that ships, by its name, or a path from the study's folder.
fs::path data_path(std::string const& data, std::string const& folder) {
  bool const is_path = data.ends_with(".csv") || data.find('/') != std::string::npos;
  return is_path ? fs::path(folder) / data : shipped_data(data + ".csv");
}

/// The rows of the named classes alone, in their order, classes renumbered as they are named.
influence::Data of_classes(influence::Data const& data, std::vector<std::string> const& names) {
  std::vector<int> rows;
  std::vector<int> number(data.classes.size(), -1);
  for (std::size_t k = 0; k < names.size(); ++k) {
    auto const place = std::find(data.classes.begin(), data.classes.end(), names[k]);
    expects(place != data.classes.end(),
            fmt::format("the data have no class '{}', their classes are {}", printable(names[k]),
                        printable(fmt::format("{}", fmt::join(data.classes, ", ")))));
    expects(number[static_cast<std::size_t>(place - data.classes.begin())] < 0,
            fmt::format("class '{}' is given twice, give it once", printable(names[k])));
    number[static_cast<std::size_t>(place - data.classes.begin())] = static_cast<int>(k);
  }
  for (int i = 0; i < data.rows(); ++i)
    if (number[static_cast<std::size_t>(data.targets[i])] >= 0) rows.push_back(i);
  auto chosen = influence::rows_of(data, rows);
  chosen.classes = names;
  for (int i = 0; i < chosen.rows(); ++i) chosen.targets[i] = number[static_cast<std::size_t>(chosen.targets[i])];
  return chosen;
}

/// Each input less its mean, over its standard deviation (divisor n); a constant input becomes zero.
void standardise(influence::Data& data) {
  for (Eigen::Index j = 0; j < data.inputs.cols(); ++j) {
    auto column = data.inputs.col(j);
    column.array() -= column.mean();
    double const sd = std::sqrt(column.squaredNorm() / static_cast<double>(column.size()));
    if (sd > 0) column /= sd;
  }
}

/// The data of a case; every error is placed at the key that it belongs to.
influence::Data read_data(TomlTable const& table, fs::path const& path, std::string const& problem) {
  auto const label = table.text("label");
  auto const classes = table.texts("classes");
  auto const scale = table.number("scale");
  if (scale && !(*scale > 0)) table.fail("scale", "'scale' divides the inputs, give a positive number");
  auto const inputs = table.text("inputs");
  if (inputs && *inputs != "standardised") table.fail("inputs", "'inputs' can only be \"standardised\"");
  bool const classification = is_classifier(problem) || !classes.empty();
  auto data = located(table, "data", [&] { return read_labelled({path.string(), label, classification}); });
  if (!classes.empty()) data = located(table, "classes", [&] { return of_classes(data, classes); });
  if (scale) data.inputs /= *scale;
  if (inputs) standardise(data);
  return data;
}

/// The penalties of a case: none where it names none.
std::vector<double> read_penalties(TomlTable const& table) {
  if (!table.has("l2")) return {0.0};
  auto const penalties = table.numbers("l2");
  for (auto place = penalties.begin(); place != penalties.end(); ++place) {
    if (!(*place >= 0)) table.fail("l2", "'l2' is a penalty, zero or above");
    if (std::find(penalties.begin(), place, *place) != place)
      table.fail("l2", fmt::format("'l2' has {} twice, give each once", *place));
  }
  return penalties;
}

}  // namespace

std::vector<std::string> const& influence_keys() {
  static std::vector<std::string> const keys = {"claim",  "claims", "problem", "data",   "label",    "classes", "scale",
                                                "inputs", "rows",   "l2",      "expect", "optional", "options"};
  return keys;
}

void add_influence_questions(TomlTable const& table, std::string const& folder, claims::Claims const& known,
                             Study& study) {
  auto const asked = read_claims(table, known);
  auto const problem = required_text(table, "problem", "logistic");
  auto const names = influence::problem_names();
  if (std::find(names.begin(), names.end(), problem) == names.end())
    table.fail("problem", fmt::format("there is no problem '{}', {}", printable(problem), suggestion(problem, names)));
  auto const name = required_text(table, "data", "digits");
  auto const path = data_path(name, folder);
  if (auto const advice = table.text("optional"); advice && !fs::exists(path)) {
    study.notes.push_back(
        fmt::format("No {} here, so its claims are left out: {}", path.filename().string(), printable(*advice)));
    return;
  }
  claims::DataCase the_case;
  the_case.name = table.has("classes") ? fmt::format("{} {}", name, fmt::join(table.texts("classes"), ", ")) : name;
  the_case.data = std::make_shared<influence::Data const>(read_data(table, path, problem));
  the_case.problem = problem;
  the_case.expected = read_expectation(table);
  if (auto const rows = table.count("rows", {"rows", 2, max_sample_size})) the_case.rows = static_cast<int>(*rows);
  if (auto const options = table.table("options", {}))
    for (auto const& key : options->keys()) the_case.options[key] = *options->number_or_text(key);
  claims::Together together;
  for (auto const* const claim : asked) together.claims.push_back(claim->card.id);
  for (double const l2 : read_penalties(table)) {
    the_case.l2 = l2;
    the_case.together = std::make_shared<claims::Together>(together);
    for (auto const* const claim : asked)
      study.questions.push_back(located(table, {}, [&] { return claims::ask(*claim, the_case); }));
  }
}

}  // namespace fisherlab::runs
