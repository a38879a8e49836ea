#include "cli/commands/influence_tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/statistics/agreement.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;
using est::Vector;

std::string short_number(double value) { return std::isfinite(value) ? rounded_text(value, 3) : "-"; }

/// To five digits; labels that hardly differ beside their size, as far as they differ.
std::string by_spread(runs::InfluenceRun const& run, double value) {
  auto const& labels = run.data->train.targets;
  double const spread = 0.01 * (labels.maxCoeff() - labels.minCoeff());
  return spread < 1e-4 * std::abs(value) ? text_within(value, spread) : rounded_text(value, 5);
}

/// Numbers stand to the right, where they are never cut.
Align label_align(runs::InfluenceRun const& run) { return run.data->classifies() ? Align::left : Align::right; }

/// A class by name, or a number.
std::string target_text(runs::InfluenceRun const& run, double target) {
  if (!run.data->classifies()) return by_spread(run, target);
  return run.data->train.classes[static_cast<std::size_t>(target)];
}

/// Probabilities of all classes; logistic regression may give that of the second alone.
Vector probabilities(runs::InfluenceRun const& run, int row) {
  Vector given = run.analysis.outputs.row(row);
  if (given.size() > 1) return given;
  return Vector{{1 - given[0], given[0]}};
}

std::string fitted_text(runs::InfluenceRun const& run, int row) {
  if (!run.data->classifies()) return by_spread(run, run.analysis.outputs(row, 0));
  Eigen::Index likeliest = 0;
  probabilities(run, row).maxCoeff(&likeliest);
  return target_text(run, static_cast<double>(likeliest));
}

bool has_refits(est::EffectOn const& effect) { return effect.actual.array().isFinite().any(); }

}  // namespace

std::string effect_table(runs::InfluenceRun const& run, std::vector<int> const& rows, int width) {
  auto const& effect = run.analysis.effects.front();
  bool const refitted = has_refits(effect);
  std::vector<TextTable::Column> columns = {{"row", Align::right},          {"label", label_align(run)},
                                            {"fitted", label_align(run)},   {"first order", Align::right},
                                            {"second order", Align::right}, {"one step", Align::right}};
  if (refitted) columns.push_back({"refit", Align::right});
  columns.push_back({"reliability", Align::right});
  if (run.analysis.leverage) columns.insert(columns.end(), {{"leverage", Align::right}, {"Cook", Align::right}});
  TextTable table(columns);
  for (int const k : rows) {
    std::vector<std::string> cells = {std::to_string(run.data->train_rows[static_cast<std::size_t>(k)]),
                                      target_text(run, run.data->train.targets[k]),
                                      fitted_text(run, k),
                                      short_number(effect.predicted[k]),
                                      short_number(effect.second_order[k]),
                                      short_number(effect.one_step[k])};
    if (refitted) cells.push_back(short_number(effect.actual[k]));
    cells.push_back(short_number(run.analysis.reliability[k]));
    if (run.analysis.leverage) {
      cells.push_back(short_number(run.analysis.leverage->leverage[k]));
      cells.push_back(short_number(run.analysis.leverage->cook[k]));
    }
    table.add_row(std::move(cells));
  }
  return table.text(width);
}

std::string suspects_table(runs::InfluenceRun const& run, std::vector<int> const& rows, int width) {
  std::vector<TextTable::Column> columns = {
      {"row", Align::right}, {"label", label_align(run)}, {"fitted", label_align(run)}};
  if (run.data->classifies()) columns.push_back({"probability of label", Align::right});
  columns.insert(columns.end(), {{"loss", Align::right}, {"self-influence", Align::right}});
  TextTable table(columns);
  for (int const k : rows) {
    std::vector<std::string> cells = {std::to_string(run.data->train_rows[static_cast<std::size_t>(k)]),
                                      target_text(run, run.data->train.targets[k]), fitted_text(run, k)};
    if (run.data->classifies())
      cells.push_back(short_number(probabilities(run, k)[static_cast<Eigen::Index>(run.data->train.targets[k])]));
    cells.push_back(short_number(run.analysis.losses[k]));
    cells.push_back(short_number(run.analysis.self_influence[k]));
    table.add_row(std::move(cells));
  }
  return table.text(width);
}

std::string group_table(runs::InfluenceRun const& run, int width) {
  TextTable table({{run.data->group},
                   {"rows", Align::right},
                   {"first order", Align::right},
                   {"second order", Align::right},
                   {"refit", Align::right}});
  for (auto const& g : run.analysis.groups)
    table.add_row({g.group.name, std::to_string(g.group.rows.size()), short_number(g.predicted),
                   short_number(g.second_order), g.actual ? short_number(*g.actual) : "-"});
  return table.text(width);
}

std::string agreement_table(runs::InfluenceRun const& run, int width) {
  TextTable table({{"loss of"},
                   {"estimate"},
                   {"pairs", Align::right},
                   {"slope", Align::right},
                   {"relative error", Align::right},
                   {"Pearson", Align::right},
                   {"Spearman", Align::right}});
  for (auto const& effect : run.analysis.effects) {
    if (effect.actual.array().isFinite().count() < 3) continue;
    for (auto const& [name, estimate] : {std::pair<char const*, Vector const*>("first order", &effect.predicted),
                                         {"second order", &effect.second_order},
                                         {"one step", &effect.one_step}}) {
      if ((estimate->array().isFinite() && effect.actual.array().isFinite()).count() < 3) continue;
      auto const a = agreement(*estimate, effect.actual);
      table.add_row({effect.target.name == "mean" ? "all test rows" : "row " + effect.target.name, name,
                     std::to_string(a.pairs), short_number(a.slope), short_number(a.relative_error),
                     rounded_text(a.pearson, 4), rounded_text(a.spearman, 4)});
    }
  }
  return table.text(width);
}

}  // namespace fisherlab::cli
