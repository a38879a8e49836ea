#include "reports/tables/run_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/tables/influence_summary.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

/// A column of a table of `Row`s; the usual ones are shown unless others are chosen.
template <class Row>
struct Column {
  std::string_view name;
  std::string_view title;
  CellKind kind;
  bool is_usual;
  std::string (*text)(Row const&);
};

constexpr auto word = CellKind::text;
constexpr auto number = CellKind::number;
constexpr bool usual = true;
constexpr bool on_request = false;

std::string by_error(double value, double error) { return text_by_error({.value = value, .error = error}); }
std::string two_digits(double error) { return by_error(error, error); }
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

std::string region(Finding const& f) {
  auto const& [kind, target, margin] = f.region;
  if (kind == RegionKind::at_least) return "≥ " + exact(target - margin);
  if (kind == RegionKind::at_most) return "≤ " + exact(target + margin);
  return fmt::format("[{}, {}]", exact(target - margin), exact(target + margin));
}

std::span<Column<Finding> const> columns_of(Finding const*) {
  using F = Finding const&;
  static constexpr auto columns = std::to_array<Column<Finding>>({
      {"claim", "claim", word, usual, [](F f) { return f.claim; }},
      {"statement", "notes", word, usual, [](F f) { return f.statement; }},
      {"model", "model", word, usual, [](F f) { return f.model; }},
      {"parameters", "parameters", word, usual, [](F f) { return f.parameters; }},
      {"n", "n", word, usual, [](F f) { return f.n; }},
      {"statistic", "statistic", word, usual, [](F f) { return f.measurement.statistic; }},
      {"kind", "kind", word, on_request, [](F f) { return std::string(to_string(f.region.kind)); }},
      {"estimate", "estimate", number, usual,
       [](F f) {
         return text_with_error({f.measurement.estimate, f.measurement.std_error});
       }},
      {"std_error", "std. error", number, on_request, [](F f) { return two_digits(f.measurement.std_error); }},
      {"interval", "interval", number, usual,
       [](F f) { return brackets(f.measurement.lower, f.measurement.upper, error_of(f)); }},
      {"lower", "lower", number, on_request, [](F f) { return by_error(f.measurement.lower, error_of(f)); }},
      {"upper", "upper", number, on_request, [](F f) { return by_error(f.measurement.upper, error_of(f)); }},
      {"region", "region", number, usual, region},
      {"target", "target", number, on_request, [](F f) { return exact(f.region.target); }},
      {"margin", "margin", number, on_request, [](F f) { return exact(f.region.margin); }},
      {"margin_used", "margin used", number, on_request, [](F f) { return margin_text(margin_used(f)); }},
      {"replicates", "replicates", number, on_request, [](F f) { return exact_text(f.measurement.replicates); }},
      {"dropped", "dropped", number, on_request, [](F f) { return exact_text(f.measurement.dropped); }},
      {"level", "level", number, on_request, [](F f) { return "1 - " + rounded_text(1 - f.level, 2); }},
      {"verdict", "verdict", word, usual, [](F f) { return std::string(to_string(f.verdict)); }},
      {"expected", "expected", word, on_request, [](F f) { return std::string(to_string(f.expected)); }},
      {"outcome", "outcome", word, usual, [](F f) { return std::string(to_string(f.outcome)); }},
  });
  return columns;
}

std::string with_error(std::optional<Estimated> const& e, double scale = 1) {
  return e ? text_with_error({.value = scale * e->value, .error = scale * e->mcse}) : "";
}
std::string mcse(std::optional<Estimated> const& e, double scale = 1) { return e ? two_digits(scale * e->mcse) : ""; }

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

std::span<Column<PerformanceRow> const> columns_of(PerformanceRow const*) {
  using P = PerformanceRow const&;
  static constexpr auto columns = std::to_array<Column<PerformanceRow>>({
      {"model", "model", word, usual, [](P r) { return r.model; }},
      {"parameters", "parameters", word, usual, [](P r) { return r.parameters; }},
      {"n", "n", number, usual, [](P r) { return exact_text(r.n); }},
      {"estimator", "estimator", word, usual, [](P r) { return r.estimator; }},
      {"component", "component", word, usual, [](P r) { return r.component; }},
      {"replicates", "replicates", number, on_request, [](P r) { return exact_text(r.replicates); }},
      {"failed", "failed", number, on_request, [](P r) { return exact_text(r.failed); }},
      {"truth", "truth", number, usual, [](P r) { return exact(r.truth); }},
      {"mean", "mean", number, on_request,
       [](P r) {
         return text_with_error({r.mean, r.bias.mcse});
       }},
      {"bias", "bias", number, usual, [](P r) { return with_error(r.bias); }},
      {"bias_mcse", "bias MCSE", number, on_request, [](P r) { return mcse(r.bias); }},
      {"emp_se", "empirical SE", number, usual, [](P r) { return with_error(r.emp_se); }},
      {"emp_se_mcse", "empirical SE MCSE", number, on_request, [](P r) { return mcse(r.emp_se); }},
      {"mse", "MSE", number, on_request, [](P r) { return with_error(r.mse); }},
      {"mse_mcse", "MSE MCSE", number, on_request, [](P r) { return mcse(r.mse); }},
      {"model_se", "model SE", number, usual, [](P r) { return with_error(r.model_se); }},
      {"model_se_mcse", "model SE MCSE", number, on_request, [](P r) { return mcse(r.model_se); }},
      {"relative_se_error", "SE error %", number, on_request, [](P r) { return with_error(r.relative_se_error, 100); }},
      {"relative_se_error_mcse", "SE error % MCSE", number, on_request,
       [](P r) { return mcse(r.relative_se_error, 100); }},
      {"coverage", "coverage %", number, usual, [](P r) { return with_error(r.coverage, 100); }},
      {"coverage_mcse", "coverage % MCSE", number, on_request, [](P r) { return mcse(r.coverage, 100); }},
      {"be_coverage", "bias-eliminated coverage %", number, on_request,
       [](P r) { return with_error(r.be_coverage, 100); }},
      {"be_coverage_mcse", "bias-eliminated coverage % MCSE", number, on_request,
       [](P r) { return mcse(r.be_coverage, 100); }},
      {"bound", "bound", number, on_request, [](P r) { return r.bound ? exact(*r.bound) : ""; }},
      {"efficiency", "efficiency", number, usual, efficiency},
      {"efficiency_lower", "efficiency, lower", number, on_request,
       [](P r) { return by_efficiency(r, r.efficiency_lower); }},
      {"efficiency_upper", "efficiency, upper", number, on_request,
       [](P r) { return by_efficiency(r, r.efficiency_upper); }},
  });
  return columns;
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

std::span<Column<ConvergenceRow> const> columns_of(ConvergenceRow const*) {
  using C = ConvergenceRow const&;
  static constexpr auto columns = std::to_array<Column<ConvergenceRow>>({
      {"claim", "claim", word, usual, [](C r) { return r.claim; }},
      {"model", "model", word, usual, [](C r) { return r.model; }},
      {"parameters", "parameters", word, usual, [](C r) { return r.parameters; }},
      {"statistic", "statistic", word, usual, [](C r) { return r.statistic; }},
      {"n", "n", number, usual, [](C r) { return exact_text(r.n); }},
      {"replicates", "replicates", number, on_request, [](C r) { return exact_text(r.replicates); }},
      {"discrepancy", "discrepancy", number, usual, [](C r) { return by_error(r.discrepancy, error_of(r)); }},
      {"interval", "interval", number, usual, [](C r) { return brackets(r.lower, r.upper, error_of(r)); }},
      {"lower", "lower", number, on_request, [](C r) { return by_error(r.lower, error_of(r)); }},
      {"upper", "upper", number, on_request, [](C r) { return by_error(r.upper, error_of(r)); }},
      {"rate", "rate", number, usual, rate},
      {"rate_lower", "rate, lower", number, on_request, [](C r) { return by_rate(r, r.rate_lower); }},
      {"rate_upper", "rate, upper", number, on_request, [](C r) { return by_rate(r, r.rate_upper); }},
  });
  return columns;
}

/// A figure of the agreement, where there is one.
template <double Agreement::*member>
std::string agreed(InfluenceSummary const& r) {
  return r.agreement ? rounded_text((*r.agreement).*member, 4) : "";
}

std::span<Column<InfluenceSummary> const> columns_of(InfluenceSummary const*) {
  using S = InfluenceSummary const&;
  static constexpr auto columns = std::to_array<Column<InfluenceSummary>>({
      {"data", "data", word, usual, [](S r) { return r.first.data; }},
      {"model", "model", word, usual, [](S r) { return r.first.model; }},
      {"n", "n", number, usual, [](S r) { return exact_text(std::int64_t{r.first.n}); }},
      {"p", "p", number, usual, [](S r) { return exact_text(std::int64_t{r.first.p}); }},
      {"l2", "l2", number, usual, [](S r) { return exact(r.first.l2); }},
      {"convention", "convention", word, usual, [](S r) { return r.first.convention; }},
      {"solver", "solver", word, usual, [](S r) { return r.first.solver; }},
      {"split", "split", number, usual, [](S r) { return exact_text(std::int64_t{r.first.split}); }},
      {"test_point", "test point", word, usual, [](S r) { return r.first.test_point; }},
      {"pairs", "pairs", number, usual, [](S r) { return exact_text(std::int64_t{r.pairs}); }},
      {"slope", "slope", number, usual, agreed<&Agreement::slope>},
      {"intercept", "intercept", number, on_request, agreed<&Agreement::intercept>},
      {"relative_error", "relative error", number, usual, agreed<&Agreement::relative_error>},
      {"pearson", "Pearson", number, usual, agreed<&Agreement::pearson>},
      {"spearman", "Spearman", number, usual, agreed<&Agreement::spearman>},
      {"harmful", "most harmful", word, usual, [](S r) { return r.harmful; }},
      {"helpful", "most helpful", word, usual, [](S r) { return r.helpful; }},
  });
  return columns;
}

/// Calls `visit` with the rows of that kind and the columns they can have.
template <class Visit>
auto with_rows(RunTables const& run, TableKind kind, Visit const& visit) {
  auto const call = [&](auto const& rows) { return visit(rows, columns_of(rows.data())); };
  if (kind == TableKind::performance) return call(run.performance);
  if (kind == TableKind::influence) return call(influence_summaries(run.influence));
  return kind == TableKind::convergence ? call(run.convergence) : call(run.findings);
}

template <class Row>
std::vector<Column<Row>> chosen(std::span<Column<Row> const> all, std::span<std::string const> names) {
  std::vector<Column<Row>> result;
  if (names.empty())
    std::copy_if(all.begin(), all.end(), std::back_inserter(result), [](auto const& c) { return c.is_usual; });
  for (auto const& name : names) {
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& c) { return c.name == name; });
    expects(found != all.end(), fmt::format("the table has no column '{}', choose others", name));
    result.push_back(*found);
  }
  return result;
}

std::pair<std::string, std::string> title_and_note(TableKind kind) {
  switch (kind) {
    case TableKind::convergence:
      return {"Convergence", "After the rate: its interval. Numbers are rounded by the width of their intervals."};
    case TableKind::influence:
      return {
          "Influence",
          "Actual on predicted change of the test loss when a row is removed. The rows listed are the training rows "
          "with the largest predicted change, in brackets: without a harmful row the loss falls."};
    case TableKind::findings:
    case TableKind::performance:
      break;
  }
  return {kind == TableKind::findings ? "Findings" : "Performance",
          "In round brackets: the Monte Carlo standard error, by which numbers are rounded."};
}

}  // namespace

std::string_view to_string(TableKind kind) {
  static constexpr std::array<std::string_view, table_kinds.size()> names = {"findings", "performance", "convergence",
                                                                             "influence"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<std::string> column_names(TableKind kind) {
  return with_rows({}, kind, [](auto const&, auto all) {
    std::vector<std::string> names;
    for (auto const& column : all) names.emplace_back(column.name);
    return names;
  });
}

RunTable run_table(RunTables const& run, TableKind kind, std::span<std::string const> columns) {
  RunTable table = with_rows(run, kind, [columns](auto const& rows, auto all) {
    RunTable result;
    auto const shown = chosen(all, columns);
    for (auto const& c : shown) result.columns.push_back({std::string(c.name), std::string(c.title), c.kind});
    for (auto const& row : rows) {
      auto& cells = result.rows.emplace_back();
      for (auto const& c : shown) cells.push_back(c.text(row));
    }
    return result;
  });
  std::tie(table.title, table.note) = title_and_note(kind);
  return table;
}

}  // namespace fisherlab::reports
