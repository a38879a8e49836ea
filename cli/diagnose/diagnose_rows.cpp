#include "cli/diagnose/diagnose_rows.hpp"

#include <cmath>

#include "runs/diagnosis/intervals/interval_list.hpp"

namespace fisherlab::cli {
namespace {

std::optional<double> defined(double x) { return std::isnan(x) ? std::nullopt : std::optional(x); }

FitRow row_of(estimators::FittedParameter const& p, runs::JudgedInterval const& interval,
              std::string const& recommended) {
  FitRow row{
      p.name, p.estimate, p.std_error, interval.name, defined(interval.on_data.lower), defined(interval.on_data.upper)};
  row.width = defined(interval.width);
  row.recommended = interval.name == recommended ? "yes" : "no";
  if (std::isnan(interval.coverage.value)) return row;
  row.coverage = interval.coverage;
  row.above = defined(interval.above);
  row.below = defined(interval.below());
  if (interval.range && !std::isnan(interval.range->least.value)) {
    row.least_coverage = interval.range->least;
    row.largest_coverage = interval.range->largest;
  }
  return row;
}

}  // namespace

std::vector<FitRow> fit_rows(estimators::FittedModel const& fit, runs::Findings const* findings) {
  std::vector<FitRow> rows;
  auto const advised = findings != nullptr ? runs::recommendations(*findings) : std::vector<runs::Recommendation>();
  for (std::size_t a = 0; a < fit.parameters.size(); ++a) {
    bool const is_known = a < advised.size();
    auto const* const diagnosis = is_known ? &findings->diagnosis.parameters[a] : nullptr;
    for (auto const& interval : runs::intervals_of(fit.parameters[a], diagnosis)) {
      rows.push_back(row_of(fit.parameters[a], interval, is_known ? advised[a].name : ""));
      if (findings == nullptr || findings->without_model == nullptr) continue;
      auto const& [rival, resampling] = *findings->without_model;
      auto const coverage = [&](std::optional<runs::UnderOther> const& other) -> std::optional<Estimated> {
        if (!other) return {};
        auto const found = runs::coverage_under(*other, a, interval.name, fit.parameters[a]);
        return std::isnan(found.value) ? std::nullopt : std::optional(found);
      };
      rows.back().rival_coverage = coverage(rival);
      rows.back().resampled_coverage = coverage(resampling);
    }
  }
  return rows;
}

std::vector<AdviceRow> advice_rows(runs::Findings const& findings) {
  std::vector<AdviceRow> rows;
  auto const advised = runs::recommendations(findings);
  for (std::size_t a = 0; a < advised.size(); ++a) {
    AdviceRow row{findings.diagnosis.parameters[a].parameter, advised[a].name, advised[a].reason, {}, {}, {}};
    auto const needed = a < findings.needs.size() ? findings.needs[a].wald_coverage : std::nullopt;
    if (needed) {
      row.tried_n = static_cast<double>(needed->tried);
      if (needed->n) row.needed_n = static_cast<double>(*needed->n);
      if (needed->n) row.needed_n_mcse = needed->error;
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<GoodnessRow> goodness_rows(runs::Goodness const& goodness) {
  std::vector<GoodnessRow> rows = {
      {"log likelihood", goodness.log_likelihood, {}}, {"AIC", goodness.aic, {}}, {"BIC", goodness.bic, {}}};
  for (auto const& test : goodness.tests) rows.push_back({test.name, test.statistic, test.p_value});
  return rows;
}

std::vector<FunctionRow> function_rows(std::vector<runs::FunctionFit> const& functions, double level, bool is_refuted) {
  std::vector<FunctionRow> rows;
  for (auto const& f : functions) {
    auto const advised = is_refuted ? std::string() : runs::recommended(f, level).name;
    for (auto const& i : f.intervals) {
      rows.push_back({f.name, f.estimate, f.std_error, i.name, defined(i.on_data.lower), defined(i.on_data.upper)});
      if (i.name == advised) rows.back().recommended = "yes";
      if (std::isnan(i.coverage.value)) continue;
      rows.back().coverage = i.coverage;
      rows.back().above = i.above;
      rows.back().below = std::fmax(1 - i.coverage.value - i.above, 0.0);
    }
  }
  return rows;
}

}  // namespace fisherlab::cli
