#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "estimators/regression/separation.hpp"
#include "runs/data/cell.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using estimators::Family;

constexpr double large_inflation = 30;

/// How often the variance of each kept coefficient is that of a column alone with the intercept: 1/(1 - R^2) where
/// there is an intercept.
std::vector<double> inflations(estimators::RegressionDesign const& design, std::vector<ColumnSize> const& sizes) {
  std::vector<double> result;
  for (Index a = 0; a < design.rank(); ++a) {
    auto const column = static_cast<std::size_t>(design.kept()[static_cast<std::size_t>(a)]);
    result.push_back(design.contrast(a).squaredNorm() * sizes[column].spread);
  }
  return result;
}

/// The lower or upper end of the response, in the words of the data.
std::string outcome_text(ModelFrame const& frame, bool is_low) {
  if (frame.outcomes.empty()) return is_low ? "0" : "1";
  return "'" + shown(frame.outcomes[is_low ? 0 : 1]) + "'";
}

/// A factor one of whose levels has one outcome alone, in words.
std::optional<std::string> level_of_one_outcome(Family family, ModelFrame const& frame) {
  for (auto const& variable : frame.variables)
    for (std::size_t level = 0; level < variable.levels.size(); ++level) {
      int rows = 0, low = 0, high = 0;
      for (std::size_t i = 0; i < variable.values.size(); ++i) {
        if (variable.values[i] != static_cast<double>(level)) continue;
        double const y = frame.data.y[static_cast<Index>(i)];
        ++rows;
        low += y == 0;
        high += family == Family::logistic && y == 1;
      }
      if (rows == 0 || (low < rows && high < rows)) continue;
      return fmt::format("{} row{} with {} = {} {} {} = {}", rows == 1 ? "the" : fmt::format("all {}", rows),
                         rows == 1 ? "" : "s", shown(variable.text), shown(variable.levels[level]),
                         rows == 1 ? "has" : "have", shown(frame.response), outcome_text(frame, low == rows));
    }
  return std::nullopt;
}

}  // namespace

std::vector<ColumnSize> column_sizes(ModelFrame const& frame) {
  std::vector<ColumnSize> result;
  double const total = frame.data.weights.sum();
  for (Index k = 0; k < frame.data.x.cols(); ++k) {
    auto const x = frame.data.x.col(k);
    double const mean = frame.formula.has_intercept ? x.dot(frame.data.weights) / total : 0;
    result.push_back({x.norm(), ((x.array() - mean).square() * frame.data.weights.array()).sum()});
  }
  return result;
}

std::string combination(std::vector<std::string> const& names, std::vector<int> const& kept,
                        Eigen::VectorXd const& shares) {
  std::string text;
  double const largest = shares.size() > 0 ? shares.cwiseAbs().maxCoeff() : 0;
  int count = 0;
  for (Index k = 0; k < shares.size(); ++k) {
    if (!(std::fabs(shares[k]) > 1e-6 * largest)) continue;
    if (++count > 6) return text + " + ...";
    double const size = std::fabs(shares[k]);
    auto const& name = names[static_cast<std::size_t>(kept[static_cast<std::size_t>(k)])];
    text += text.empty() ? (shares[k] < 0 ? "-" : "") : (shares[k] < 0 ? " - " : " + ");
    text += std::fabs(size - 1) < 1e-6 ? name : rounded_text(size, 4) + " " + name;
  }
  return text;
}

std::vector<std::string> dependence_notes(ModelFrame const& frame, estimators::RegressionDesign const& design,
                                          std::vector<ColumnSize> const& sizes) {
  std::vector<std::string> notes;
  for (auto const& d : design.dependent()) {
    auto const sum = combination(frame.columns, design.kept(), d.shares);
    auto const& name = frame.columns[static_cast<std::size_t>(d.column)];
    notes.push_back(sum.empty() ? fmt::format("{} is left out: it is 0 in every row.", name)
                                : fmt::format("{} is left out: it is {} (collinear).", name, sum));
  }
  auto const factors = inflations(design, sizes);
  std::vector<std::string> near;
  for (std::size_t a = 0; a < factors.size(); ++a) {
    auto const column = static_cast<std::size_t>(design.kept()[a]);
    if (factors[a] > large_inflation && !frame.behind[column].empty())
      near.push_back(fmt::format("{} {}", frame.columns[column], rounded_text(std::round(factors[a]), 6)));
  }
  if (!near.empty())
    notes.push_back(
        fmt::format("Nearly collinear, so that the data hardly tell these coefficients apart (variance "
                    "inflation): {}.",
                    fmt::join(near, ", ")));
  return notes;
}

std::string why_no_estimate(Family family, ModelFrame const& frame, estimators::RegressionDesign const& design,
                            std::vector<ColumnSize> const& sizes) {
  auto const found = estimators::find_separation(family, design, frame.data.y);
  if (!found) return " (the search for it failed), leave columns out or rescale them";
  auto const& y = frame.data.y;
  if ((y.array() == y[0]).all())
    return fmt::format(" (separation: {} is {} in every row), give data that vary", shown(frame.response),
                       outcome_text(frame, y[0] == 0));
  auto const level = level_of_one_outcome(family, frame);
  if (level) return fmt::format(" (separation: {}), leave the level out or merge it with another", *level);
  std::vector<std::string> names;
  auto const moved = [&](Index a) {
    auto const column = static_cast<std::size_t>(design.kept()[static_cast<std::size_t>(a)]);
    return std::fabs(found->direction[a]) * sizes[column].length;
  };
  double scale = 0;
  for (Index a = 0; a < design.rank(); ++a) scale = std::max(scale, moved(a));
  for (Index a = 0; a < design.rank(); ++a) {
    auto const column = static_cast<std::size_t>(design.kept()[static_cast<std::size_t>(a)]);
    bool const matters = moved(a) > 1e-4 * scale;
    if (matters && !frame.behind[column].empty() && names.size() < 6) names.push_back(shown(frame.columns[column]));
  }
  return fmt::format(" (separation: {} {} {} of {} rows without an error), leave {} out or give more rows",
                     fmt::join(names, ", "), names.size() == 1 ? "tells" : "together tell", found->rows.size(),
                     design.rows(), names.size() == 1 ? "it" : "some");
}

}  // namespace fisherlab::runs
