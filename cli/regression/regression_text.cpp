#include "cli/regression/regression_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "cli/run/data_options.hpp"

namespace fisherlab::cli {
namespace {

using estimators::Family;

/// The value to the decimal place of the third significant digit of its standard error.
std::string by_error(double value, double error) {
  if (!std::isfinite(value) || !(error > 0)) return std::isnan(value) ? "not found" : rounded_text(value, 5);
  return text_to_place(value, place_of_digit(error, 3));
}

std::string bounds_text(estimators::Bounds const& bounds, double error) {
  return fmt::format("[{}, {}]", by_error(bounds.lower, error), by_error(bounds.upper, error));
}

std::string share_text(Estimated const& x, double factor) {
  return std::isnan(x.value) ? "-" : text_with_error({factor * x.value, factor * x.mcse});
}

std::string percent(double share) { return rounded_text(100 * share, 6) + " %"; }

/// "warp_breaks.csv: n = 54, breaks ~ wool * tension", then factors and notes.
std::string data_text(runs::FittedFormula const& fitted, int width) {
  auto const& frame = fitted.frame;
  std::vector<std::string> lines = {
      fmt::format("{}: n = {}, {}", printable(frame.name), fitted.n(), printable(frame.formula.text))};
  if (!frame.outcomes.empty())
    lines.push_back(fmt::format("{}: {} counts as 0, {} as 1.", frame.response, frame.outcomes[0], frame.outcomes[1]));
  for (auto const& v : frame.variables)
    if (v.is_factor())
      lines.push_back(fmt::format("{}: {} (baseline){}{}", v.text, v.levels[0], v.levels.size() > 1 ? ", " : "",
                                  fmt::join(v.levels.begin() + 1, v.levels.end(), ", ")));
  lines.insert(lines.end(), frame.notes.begin(), frame.notes.end());
  lines.insert(lines.end(), fitted.notes.begin(), fitted.notes.end());
  return notes_text(lines, width);
}

std::string criteria_text(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const* diagnosis, int width) {
  auto const& fit = fitted.fit;
  double const p = fit.parameters, n = static_cast<double>(fitted.n());
  auto text = fmt::format("Log likelihood {}, AIC {}, BIC {}, deviance {} on {} degrees of freedom",
                          rounded_text(fit.log_likelihood, 7), rounded_text(2 * p - 2 * fit.log_likelihood, 7),
                          rounded_text(p * std::log(n) - 2 * fit.log_likelihood, 7), rounded_text(fit.deviance, 5),
                          rounded_text(fit.residual_degrees, 9));
  if (fit.family == Family::linear)
    text += fmt::format(", residual standard error {}", rounded_text(std::sqrt(fit.dispersion), 4));
  if (fit.size) text += fmt::format(", size {}", text_with_error({*fit.size, fit.size_error}));
  std::vector<std::string> lines = {text + "."};
  if (diagnosis != nullptr && !diagnosis->tests.empty())
    lines.push_back(fmt::format("p-values of the checks from {} samples simulated at the estimate and fitted again.",
                                diagnosis->worth.replicates - diagnosis->worth.failed));
  return notes_text(lines, width);
}

std::string coefficients_text(runs::FittedFormula const& fitted) {
  auto const names = fitted.interval_names();
  auto const level = percent(fitted.level);
  TextTable table({{"coefficient"},
                   {"estimate", Align::right},
                   {"std error", Align::right},
                   {fitted.fit.family == Family::linear ? "t" : "z", Align::right},
                   {"p", Align::right},
                   {"HC3 error", Align::right},
                   {names[0] + " " + level, Align::right},
                   {names[1] + " " + level, Align::right}});
  for (auto const& c : fitted.coefficients) {
    double const error = c.fit.std_error;
    table.add_row({c.name, by_error(c.fit.estimate, error), by_error(error, error), rounded_text(c.fit.statistic, 3),
                   c.fit.p_value < 1e-15 ? "<1e-15" : rounded_text(c.fit.p_value, 2),
                   std::isfinite(c.fit.sandwich[3]) ? by_error(c.fit.sandwich[3], error) : "-",
                   bounds_text(c.intervals[0].bounds, error), bounds_text(c.intervals[1].bounds, error)});
  }
  return table.text();
}

/// Columns of coverage with the misses on either side, for three of the intervals.
std::string worth_text(runs::FittedFormula const& fitted, runs::RegressionWorth const& worth) {
  constexpr std::size_t shown[] = {0, 1, 5};
  std::vector<TextTable::Column> columns = {{"coefficient"}};
  for (auto const k : shown) {
    columns.push_back({fitted.interval_names()[k] + ", %", Align::right});
    columns.push_back({"above/below", Align::right});
  }
  columns.push_back({"bias", Align::right});
  columns.push_back({"real/given", Align::right});
  TextTable table(columns);
  for (auto const& c : worth.coefficients) {
    std::vector<std::string> cells = {c.name};
    for (auto const k : shown) {
      auto const& m = c.intervals[k];
      cells.push_back(share_text({1 - m.all.value, m.all.mcse}, 100));
      cells.push_back(fmt::format("{:.1f}/{:.1f}", 100 * m.above, 100 * m.below));
    }
    cells.push_back(share_text(c.bias_in_std_errors, 1));
    cells.push_back(share_text(c.std_error_ratio, 1));
    table.add_row(std::move(cells));
  }
  return table.text();
}

std::string worth_lead(runs::FittedFormula const& fitted, runs::RegressionWorth const& worth) {
  return fmt::format(
      "What these are worth, from {} samples of {} drawn at the estimate, on the inputs{} as they are: "
      "coverage, misses above and below the truth in %, bias in standard errors, real over given "
      "standard error.",
      worth.replicates, fitted.frame.response,
      fitted.frame.is_weighted                ? " and weights"
      : !fitted.frame.formula.offsets.empty() ? " and offsets"
                                              : "");
}

}  // namespace

std::string regression_text(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const* diagnosis, int width) {
  auto const about = data_text(fitted, width);
  auto const checked =
      diagnosis != nullptr ? notes_text({runs::checks_sentence(fitted, *diagnosis)}, width) : std::string();
  auto text = diagnosis != nullptr && diagnosis->is_refuted ? checked + about : about + checked;
  text += criteria_text(fitted, diagnosis, width) + '\n' + coefficients_text(fitted) + '\n';
  if (diagnosis == nullptr) return text + "Interrupted: nothing was found out by simulation.\n";
  if (diagnosis->worth.coefficients.empty()) return text + "No simulated sample had an estimate.\n";
  text += notes_text({worth_lead(fitted, diagnosis->worth)}, width) + '\n' + worth_text(fitted, diagnosis->worth) +
          "\nIn brackets: Monte Carlo standard error.\n\n";
  if (diagnosis->under_rival && !diagnosis->under_rival->coefficients.empty())
    text += notes_text({fmt::format("The same under {}:", diagnosis->rival)}, width) + '\n' +
            worth_text(fitted, *diagnosis->under_rival) + '\n';
  for (auto const& sentence : runs::regression_advice(fitted, *diagnosis)) text += bullet_text(sentence, width);
  return text;
}

}  // namespace fisherlab::cli
