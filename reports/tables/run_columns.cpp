#include "reports/tables/run_columns.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

constexpr Style per_cent{.scale = 100};
constexpr Style four_digits{.digits = 4};

std::string by_error(double value, double error) { return text_by_error({.value = value, .error = error}); }
std::string exact(double value) { return rounded_text(value, 6); }

std::string brackets(double lower, double upper, double error) {
  return fmt::format("[{}, {}]", by_error(lower, error), by_error(upper, error));
}

/// In place of a standard error where there is only an interval: at simultaneous levels of 1 - 1e-6 and beyond, ten
/// errors or more lie between its ends.
double error_of_interval(double lower, double value, double upper) {
  double const reach = std::isfinite(upper) ? upper - value : value - lower;
  return std::isfinite(upper) && std::isfinite(lower) ? (upper - lower) / 10 : reach / 5;
}

double error_of(Finding const& f) {
  auto const& m = f.measurement;
  if (std::isfinite(m.std_error) && m.std_error > 0) return m.std_error;
  double const error = error_of_interval(m.lower, m.estimate, m.upper);
  return error > 0 ? std::max(error, 1e-5 * std::fabs(m.estimate)) : error;  // six digits suffice
}

std::string with_std_error(Finding const& f) {
  return text_with_error({.value = f.measurement.estimate, .error = f.measurement.std_error});
}

std::string interval(Finding const& f) { return brackets(f.measurement.lower, f.measurement.upper, error_of(f)); }

std::string region(Finding const& f) {
  auto const& [kind, target, margin, exact_within] = f.region;
  if (kind == RegionKind::at_least) return "≥ " + exact(target - margin);
  if (kind == RegionKind::at_most) return "≤ " + exact(target + margin);
  return fmt::format("[{}, {}]", exact(target - margin), exact(target + margin));
}

/// The interval of the efficiency is at 95 %, four errors wide.
std::string by_efficiency(PerformanceRow const& r, std::optional<double> const& value) {
  if (!value) return "";
  bool const has_interval = r.efficiency_lower && r.efficiency_upper;
  return has_interval ? by_error(*value, (*r.efficiency_upper - *r.efficiency_lower) / 4) : rounded_text(*value, 2);
}

std::string efficiency(PerformanceRow const& r) {
  auto const value = by_efficiency(r, r.efficiency);
  if (!r.efficiency || !r.efficiency_lower || !r.efficiency_upper) return value;
  return fmt::format("{} [{}, {}]", value, by_efficiency(r, r.efficiency_lower), by_efficiency(r, r.efficiency_upper));
}

std::string by_rate(ConvergenceRow const& r, std::optional<double> const& value) {
  if (!value) return "";
  if (!r.rate || !r.rate_lower || !r.rate_upper) return rounded_text(*value, 2);
  return by_error(*value, error_of_interval(*r.rate_lower, *r.rate, *r.rate_upper));
}

std::string rate(ConvergenceRow const& r) {
  if (!r.rate || !r.rate_lower || !r.rate_upper) return by_rate(r, r.rate);
  return fmt::format("{} [{}, {}]", by_rate(r, r.rate), by_rate(r, r.rate_lower), by_rate(r, r.rate_upper));
}

double error_of(ConvergenceRow const& r) { return error_of_interval(r.lower, r.discrepancy, r.upper); }

}  // namespace

std::vector<Column<Finding>> columns_of(Finding const*) {
  using F = Finding const&;
  static constexpr auto choices = std::to_array<Choice<Finding>>({
      {.name = "claim", .is_usual = true},
      {.name = "statement", .title = "notes", .is_usual = true},
      {.name = "model", .is_usual = true},
      {.name = "parameters", .is_usual = true},
      {.name = "n", .is_usual = true},
      {.name = "statistic", .is_usual = true},
      {.name = "estimate", .is_usual = true, .text = with_std_error},
      {.name = "std_error",
       .title = "std. error",
       .text = [](F f) { return by_error(f.measurement.std_error, f.measurement.std_error); }},
      {.name = "interval", .is_usual = true, .text = interval, .before = "lower"},
      {.name = "lower", .text = [](F f) { return by_error(f.measurement.lower, error_of(f)); }},
      {.name = "upper", .text = [](F f) { return by_error(f.measurement.upper, error_of(f)); }},
      {.name = "region", .is_usual = true, .text = region, .before = "target"},
      {.name = "margins_from_target",
       .title = "% of margin",
       .text = [](F f) { return margins_text(margins_from_target(f)); },
       .before = "replicates"},
      {.name = "level", .text = [](F f) { return "1 - " + rounded_text(1 - f.level, 2); }},
      {.name = "family_error", .title = "own family error"},
      {.name = "verdict", .is_usual = true},
      {.name = "outcome", .is_usual = true},
  });
  return columns_of<Finding>(choices);
}

std::vector<Column<PerformanceRow>> columns_of(PerformanceRow const*) {
  using P = PerformanceRow const&;
  static constexpr auto choices = std::to_array<Choice<PerformanceRow>>({
      {.name = "model", .is_usual = true},
      {.name = "parameters", .is_usual = true},
      {.name = "n", .is_usual = true},
      {.name = "estimator", .is_usual = true},
      {.name = "component", .is_usual = true},
      {.name = "truth", .is_usual = true},
      {.name = "mean",
       .text =
           [](P r) {
             return r.mean ? cell_text(Estimated{*r.mean, r.bias.mcse}, {}) : std::string();
           }},
      {.name = "bias", .is_usual = true},
      {.name = "emp_se", .title = "empirical SE", .is_usual = true},
      {.name = "mse", .title = "MSE"},
      {.name = "model_se", .title = "model SE", .is_usual = true},
      {.name = "relative_se_error", .title = "SE error %", .style = per_cent},
      {.name = "coverage", .title = "coverage %", .is_usual = true, .style = per_cent},
      {.name = "be_coverage", .title = "bias-eliminated coverage %", .style = per_cent},
      {.name = "efficiency", .is_usual = true, .text = efficiency},
      {.name = "efficiency_lower",
       .title = "efficiency, lower",
       .text = [](P r) { return by_efficiency(r, r.efficiency_lower); }},
      {.name = "efficiency_upper",
       .title = "efficiency, upper",
       .text = [](P r) { return by_efficiency(r, r.efficiency_upper); }},
      {.name = "controlled_bias", .title = "bias, controlled"},
      {.name = "controlled_emp_se", .title = "SE, controlled"},
      {.name = "relative_bias", .title = "relative bias %", .style = per_cent},
      {.name = "relative_precision", .title = "gain in precision %", .style = per_cent},
      {.name = "power", .title = "power %", .style = per_cent},
      {.name = "missed_below", .title = "missed below %", .style = per_cent},
      {.name = "missed_above", .title = "missed above %", .style = per_cent},
  });
  return columns_of<PerformanceRow>(choices);
}

std::vector<Column<ConvergenceRow>> columns_of(ConvergenceRow const*) {
  using C = ConvergenceRow const&;
  static constexpr auto choices = std::to_array<Choice<ConvergenceRow>>({
      {.name = "claim", .is_usual = true},
      {.name = "model", .is_usual = true},
      {.name = "parameters", .is_usual = true},
      {.name = "statistic", .is_usual = true},
      {.name = "n", .is_usual = true},
      {.name = "discrepancy", .is_usual = true, .text = [](C r) { return by_error(r.discrepancy, error_of(r)); }},
      {.name = "interval",
       .is_usual = true,
       .text = [](C r) { return brackets(r.lower, r.upper, error_of(r)); },
       .before = "lower"},
      {.name = "lower", .text = [](C r) { return by_error(r.lower, error_of(r)); }},
      {.name = "upper", .text = [](C r) { return by_error(r.upper, error_of(r)); }},
      {.name = "rate", .is_usual = true, .text = rate},
      {.name = "rate_lower", .title = "rate, lower", .text = [](C r) { return by_rate(r, r.rate_lower); }},
      {.name = "rate_upper", .title = "rate, upper", .text = [](C r) { return by_rate(r, r.rate_upper); }},
  });
  return columns_of<ConvergenceRow>(choices);
}

std::vector<Column<InfluenceSummary>> columns_of(InfluenceSummary const*) {
  static constexpr auto choices = std::to_array<Choice<InfluenceSummary>>({
      {.name = "data", .is_usual = true},
      {.name = "model", .is_usual = true},
      {.name = "n", .is_usual = true},
      {.name = "p", .is_usual = true},
      {.name = "l2", .is_usual = true},
      {.name = "convention", .is_usual = true},
      {.name = "solver", .is_usual = true},
      {.name = "split", .is_usual = true},
      {.name = "test_point", .title = "test point", .is_usual = true},
      {.name = "pairs", .is_usual = true},
      {.name = "slope", .is_usual = true, .style = four_digits},
      {.name = "intercept", .style = four_digits},
      {.name = "relative_error", .title = "relative error", .is_usual = true, .style = four_digits},
      {.name = "pearson", .title = "Pearson", .is_usual = true, .style = four_digits},
      {.name = "spearman", .title = "Spearman", .is_usual = true, .style = four_digits},
      {.name = "harmful", .title = "most harmful", .is_usual = true},
      {.name = "helpful", .title = "most helpful", .is_usual = true},
  });
  return columns_of<InfluenceSummary>(choices);
}

}  // namespace fisherlab::reports
