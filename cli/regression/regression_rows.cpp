#include <cmath>

#include "cli/regression/regression_text.hpp"

namespace fisherlab::cli {
namespace {

std::optional<double> defined(double x) { return std::isfinite(x) ? std::optional(x) : std::nullopt; }
std::optional<double> known(double x) { return std::isnan(x) ? std::nullopt : std::optional(x); }

}  // namespace

std::vector<FitRow> regression_rows(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const* diagnosis) {
  std::vector<FitRow> rows;
  bool const is_known = diagnosis != nullptr && !diagnosis->worth.coefficients.empty();
  for (std::size_t a = 0; a < fitted.coefficients.size(); ++a) {
    auto const& c = fitted.coefficients[a];
    auto const advised = is_known ? runs::recommended(fitted, *diagnosis, a).name : "";
    for (std::size_t k = 0; k < c.intervals.size(); ++k) {
      auto const& interval = c.intervals[k];
      FitRow row{c.name,
                 c.fit.estimate,
                 fitted.std_error(a, k),
                 interval.name,
                 known(interval.bounds.lower),
                 known(interval.bounds.upper)};
      row.width = defined(interval.bounds.upper - interval.bounds.lower);
      row.recommended = interval.name == advised ? "yes" : "no";
      if (k == 0) row.statistic = defined(c.fit.statistic);
      if (k == 0) row.p_value = defined(c.fit.p_value);
      if (is_known) {
        auto const& m = diagnosis->worth.coefficients[a].intervals[k];
        if (!std::isnan(m.all.value)) row.coverage = Estimated{1 - m.all.value, m.all.mcse};
        row.above = known(m.above);
        row.below = known(m.below);
      }
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<GoodnessRow> regression_goodness(runs::FittedFormula const& fitted,
                                             runs::RegressionDiagnosis const* diagnosis) {
  auto const& fit = fitted.fit;
  double const p = fit.parameters, n = static_cast<double>(fitted.n());
  std::vector<GoodnessRow> rows = {{"log likelihood", fit.log_likelihood, {}},
                                   {"AIC", 2 * p - 2 * fit.log_likelihood, {}},
                                   {"BIC", p * std::log(n) - 2 * fit.log_likelihood, {}},
                                   {"deviance", fit.deviance, {}}};
  if (fit.family == estimators::Family::linear) rows.push_back({"sigma", std::sqrt(fit.dispersion), {}});
  if (fit.size) rows.push_back({"size", *fit.size, {}});
  if (diagnosis == nullptr) return rows;
  for (auto const& test : diagnosis->tests) rows.push_back({test.name, test.statistic, test.p_value});
  return rows;
}

std::vector<AdviceRow> regression_advice_rows(runs::FittedFormula const& fitted,
                                              runs::RegressionDiagnosis const& diagnosis) {
  std::vector<AdviceRow> rows;
  for (std::size_t a = 0; a < diagnosis.worth.coefficients.size(); ++a) {
    auto const advised = runs::recommended(fitted, diagnosis, a);
    rows.push_back({fitted.coefficients[a].name, advised.name, advised.reason, {}, {}, {}});
  }
  return rows;
}

}  // namespace fisherlab::cli
