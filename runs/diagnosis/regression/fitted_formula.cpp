#include "runs/diagnosis/regression/fitted_formula.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

using estimators::Family;

struct Entry {
  char const* name;
  Family family;
};
constexpr Entry entries[] = {{"linear_regression", Family::linear},
                             {"logistic_regression", Family::logistic},
                             {"poisson_regression", Family::poisson},
                             {"negative_binomial_regression", Family::negative_binomial}};

estimators::Bounds around(double estimate, double reach) {
  bool const is_known = std::isfinite(reach);
  double const none = std::numeric_limits<double>::quiet_NaN();
  return is_known ? estimators::Bounds{estimate - reach, estimate + reach} : estimators::Bounds{none, none};
}

void check_frame(std::string const& model, ModelFrame const& frame, estimators::RegressionDesign const& design) {
  auto const n = design.rows(), p = design.rank();
  auto const name = shown(frame.name);
  expects(p > 0, fmt::format("'{}': the formula leaves no coefficient, add a column or the intercept", name));
  expects(n > p,
          fmt::format("'{}' has {} row{} for {} coefficient{} (nothing is left to judge the fit by), give more rows "
                      "or fewer columns",
                      name, n, n == 1 ? "" : "s", p, p == 1 ? "" : "s"));
  expects(
      model != "negative_binomial_regression" || !frame.is_weighted,
      "--weights is not there for negative_binomial_regression (the law of a mean of counts has another size), give "
      "frequencies with --count");
}

}  // namespace

std::vector<std::string> regression_names() {
  std::vector<std::string> names;
  for (auto const& entry : entries) names.emplace_back(entry.name);
  return names;
}

std::optional<Family> regression_family(std::string const& model) {
  for (auto const& entry : entries)
    if (model == entry.name) return entry.family;
  return std::nullopt;
}

ResponseKind response_kind(Family family) {
  if (family == Family::linear) return ResponseKind::number;
  return family == Family::logistic ? ResponseKind::share : ResponseKind::count;
}

std::vector<std::string> FittedFormula::interval_names() const {
  return {fit.family == Family::linear ? "Student's t" : "Wald", "likelihood-ratio", "HC0", "HC1", "HC2", "HC3"};
}

double FittedFormula::std_error(std::size_t coefficient, std::size_t interval) const {
  auto const& k = coefficients[coefficient].fit;
  return interval < 2 ? k.std_error : k.sandwich[interval - 2];
}

FittedFormula fit_formula(std::string const& model, ModelFrame frame, double level,
                          std::function<void(std::size_t coefficients)> const& advance) {
  auto const family = *regression_family(model);
  auto const sizes = column_sizes(frame);
  estimators::RegressionDesign design(std::move(frame.data.x), frame.data.weights, frame.data.offset);
  frame.data.x.resize(0, 0);
  check_frame(model, frame, design);
  auto fit = estimators::fit_regression(family, design, frame.data.y);
  if (!fit.found)
    throw InputError(fmt::format("{} on '{}': the maximum likelihood estimate does not exist{}", model,
                                 shown(frame.name), why_no_estimate(family, frame, design, sizes)));
  expects(
      !fit.is_poisson_limit,
      fmt::format("negative_binomial_regression on '{}': the counts do not vary more than Poisson's (the estimate of "
                  "the size is infinite), use poisson_regression",
                  shown(frame.name)));
  expects(family != Family::linear ||
              fit.dispersion > 1e-24 * frame.data.y.squaredNorm() / static_cast<double>(design.rows()),
          fmt::format("'{}': the formula fits {} exactly (there is no error left to estimate), leave columns out",
                      shown(frame.name), shown(frame.response)));
  FittedFormula result{model, std::move(frame), std::move(design), std::move(fit), {}, level, 0, 0, {}};
  result.z = normal_quantile(0.5 + 0.5 * level);
  result.critical =
      family == Family::linear ? student_quantile(0.5 + 0.5 * level, {result.fit.residual_degrees}) : result.z;
  result.notes = dependence_notes(result.frame, result.design, sizes);
  auto const names = result.interval_names();
  for (std::size_t a = 0; a < result.fit.coefficients.size(); ++a) {
    auto const& k = result.fit.coefficients[a];
    CoefficientFit c{result.frame.columns[static_cast<std::size_t>(k.column)], k, {}};
    c.intervals.push_back({names[0], around(k.estimate, result.critical * k.std_error)});
    c.intervals.push_back(
        {names[1], estimators::regression_ratio_interval(result.design, result.frame.data.y, result.fit, a, result.z)});
    for (std::size_t h = 0; h < estimators::sandwich_kinds; ++h)
      c.intervals.push_back({names[2 + h], around(k.estimate, result.critical * k.sandwich[h])});
    result.coefficients.push_back(std::move(c));
    if (advance) advance(result.coefficients.size());
  }
  return result;
}

}  // namespace fisherlab::runs
