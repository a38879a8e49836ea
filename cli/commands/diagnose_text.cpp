#include "cli/commands/diagnose_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "base/text/text_table.hpp"
#include "cli/run/data_options.hpp"

namespace fisherlab::cli {
namespace {

/// Rows of named quantities with a column for each parameter.
template <class Parameter>
class ByParameter {
 public:
  ByParameter(std::vector<Parameter> const& parameters, std::string Parameter::*name)
      : parameters_(&parameters), table_(columns(parameters, name)) {}

  void add(std::string const& title, std::function<std::string(Parameter const&)> const& text) {
    std::vector<std::string> cells = {title};
    for (auto const& parameter : *parameters_) cells.push_back(text(parameter));
    table_.add_row(std::move(cells));
  }
  std::string text() const { return table_.text(); }

 private:
  static std::vector<TextTable::Column> columns(std::vector<Parameter> const& parameters,
                                                std::string Parameter::*name) {
    std::vector<TextTable::Column> result = {{"parameter"}};
    for (auto const& parameter : parameters) result.push_back({parameter.*name, Align::right});
    return result;
  }

  std::vector<Parameter> const* parameters_;
  TextTable table_;
};

/// To the decimal place of the third significant digit of the standard error, and to four significant digits of the
/// estimate at least; trailing zeros stay, so that the ends of an interval line up.
std::string fitted_text(double value, estimators::FittedParameter const& p) {
  if (!(p.std_error > 0) || p.estimate == 0 || !std::isfinite(value)) return rounded_text(value, 5);
  double const digits =
      std::min(std::floor(std::log10(std::fabs(p.estimate))) - 3, std::floor(std::log10(p.std_error)) - 2);
  bool const is_ordinary = digits <= 0 && digits >= -7 && std::fabs(value) < 1e9;
  return is_ordinary ? fmt::format("{:.{}f}", value, static_cast<int>(-digits)) : rounded_text(value, 6);
}

/// An end that no search found is said to be so; an infinite one is proven.
std::string end_text(double end, estimators::FittedParameter const& p) {
  return std::isnan(end) ? "not found" : fitted_text(end, p);
}

std::string bounds_text(estimators::Bounds const& bounds, estimators::FittedParameter const& p) {
  return fmt::format("[{}, {}]", end_text(bounds.lower, p), end_text(bounds.upper, p));
}

/// "-" where nothing is known, as when no interval was found in any sample.
std::string with_error(Estimated const& x, double factor = 1) {
  if (std::isnan(x.value)) return "-";
  return text_with_error({factor * x.value, factor * x.mcse});
}

std::string percent(double share) { return rounded_text(100 * share, 6) + " %"; }

}  // namespace

std::string data_text(runs::DataSummary const& data) {
  return fmt::format("{}: n = {}, mean {}, standard deviation {}", data.name, data.n, rounded_text(data.mean, 6),
                     rounded_text(data.sd, 4));
}

std::string criteria_text(runs::Goodness const& goodness, int width) {
  std::vector<std::string> lines = {fmt::format("Log likelihood {}, AIC {}, BIC {}.",
                                                rounded_text(goodness.log_likelihood, 7), rounded_text(goodness.aic, 7),
                                                rounded_text(goodness.bic, 7))};
  if (goodness.replicates > 0)
    lines.push_back(fmt::format(
        "p-values from {} samples simulated at the estimate and fitted again{}.", goodness.replicates,
        goodness.grid > 0 ? fmt::format(", rounded to multiples of {} as the data are", rounded_text(goodness.grid, 4))
                          : ""));
  return notes_text(lines, width);
}

std::string fit_text(estimators::FittedModel const& fit, double level) {
  using Parameter = estimators::FittedParameter;
  ByParameter<Parameter> table(fit.parameters, &Parameter::name);
  table.add("estimate", [](auto const& p) { return fitted_text(p.estimate, p); });
  table.add("std error, expected information", [](auto const& p) { return rounded_text(p.std_error, 3); });
  table.add("std error, observed information", [](auto const& p) { return rounded_text(p.observed_std_error, 3); });
  table.add("Wald " + percent(level), [](auto const& p) { return bounds_text(p.wald, p); });
  table.add("score " + percent(level), [](auto const& p) { return bounds_text(p.score, p); });
  table.add("likelihood-ratio " + percent(level), [](auto const& p) { return bounds_text(p.likelihood_ratio, p); });
  return table.text();
}

std::string censored_fit_text(runs::CensoredData const& data, double level) {
  using Parameter = estimators::FittedParameter;
  ByParameter<Parameter> table(data.parameters, &Parameter::name);
  table.add("estimate", [](auto const& p) { return fitted_text(p.estimate, p); });
  table.add("std error, observed information", [](auto const& p) { return rounded_text(p.std_error, 3); });
  table.add("Wald " + percent(level), [](auto const& p) { return bounds_text(p.wald, p); });
  table.add("likelihood-ratio " + percent(level), [](auto const& p) { return bounds_text(p.likelihood_ratio, p); });
  return table.text();
}

std::string censored_diagnosis_text(runs::CensoredDiagnosis const& diagnosis) {
  using Parameter = runs::CensoredParameter;
  ByParameter<Parameter> table(diagnosis.parameters, &Parameter::name);
  auto const coverage = [](runs::Misses const& m) { return with_error({1 - m.all.value, m.all.mcse}, 100); };
  auto const sides = [](runs::Misses const& m) {
    return rounded_text(100 * m.above, 3) + " / " + rounded_text(100 * m.below, 3);
  };
  table.add("coverage of Wald, %", [&](auto const& p) { return coverage(p.wald); });
  table.add("  above / below the truth, %", [&](auto const& p) { return sides(p.wald); });
  table.add("coverage of likelihood ratio, %", [&](auto const& p) { return coverage(p.likelihood_ratio); });
  table.add("  above / below the truth, %", [&](auto const& p) { return sides(p.likelihood_ratio); });
  table.add("bias in standard errors", [](auto const& p) { return with_error(p.bias_in_std_errors); });
  table.add("real over given standard error", [](auto const& p) { return with_error(p.std_error_ratio); });
  return table.text();
}

std::string diagnosis_text(runs::Diagnosis const& diagnosis) {
  using Parameter = runs::ParameterDiagnosis;
  ByParameter<Parameter> table(diagnosis.parameters, &Parameter::parameter);
  auto const sides = [](Estimated const& coverage, double above) {
    if (std::isnan(coverage.value)) return std::string("-");
    return fmt::format("{:.2f} / {:.2f}", 100 * above, 100 * std::max(1 - coverage.value - above, 0.0));
  };
  auto const tails = "  above / below the truth, %";
  table.add("coverage of Wald, %", [](auto const& p) { return with_error(p.wald, 100); });
  table.add(tails, [&](auto const& p) { return sides(p.wald, p.wald_above); });
  table.add("coverage of score, %", [](auto const& p) { return with_error(p.score, 100); });
  table.add(tails, [&](auto const& p) { return sides(p.score, p.score_above); });
  table.add("coverage of likelihood ratio, %", [](auto const& p) { return with_error(p.likelihood_ratio, 100); });
  table.add(tails, [&](auto const& p) { return sides(p.likelihood_ratio, p.likelihood_ratio_above); });
  bool const exists = diagnosis.variance_exists;
  auto const none = std::string("does not exist");
  if (exists) table.add("bias in standard errors", [](auto const& p) { return with_error(p.bias_in_std_errors); });
  table.add("variance over theory's", [&](auto const& p) { return exists ? with_error(p.variance_ratio) : none; });
  table.add("distance to normal (band)", [](auto const& p) {
    return text_with_error({p.distance_to_normal, p.distance_band});
  });
  return table.text();
}

}  // namespace fisherlab::cli
