#include "cli/regression/regression_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "reports/page/diagnosis_plots.hpp"
#include "reports/page/plot_points.hpp"
#include "reports/page/plots.hpp"
#include "runs/diagnosis/pictures/regression_pictures.hpp"

namespace fisherlab::cli {
namespace {

using reports::Figure;
using reports::Ink;

constexpr std::size_t most_coefficients = 24;  ///< in a picture
constexpr std::size_t shown[] = {0, 1, 5};     ///< of the intervals: Wald or Student's t, likelihood ratio, HC3

std::string left_out(std::size_t count) {
  return count > most_coefficients ? fmt::format(" The first {} of {} coefficients.", most_coefficients, count) : "";
}

Figure residual_figure(runs::FittedFormula const& fitted) {
  reports::MarkedPlot plot{
      .x_axis = "fitted mean", .y_axis = "standardised Pearson residual", .points = {}, .named = 5};
  for (auto const& p : runs::residual_picture(fitted))
    plot.points.push_back({p.mean, p.residual, std::to_string(p.row)});
  auto const largest = plot.points.empty() ? std::string() : "; the largest is that of row " + plot.points.front().name;
  return reports::with_points({residual_script(plot),
                               "Residuals against fitted values",
                               "A bend speaks against the link or for another term, a funnel against the variance that "
                               "the model takes. The five "
                               "largest have the numbers of their rows.",
                               fmt::format("{} residuals{}", plot.points.size(), largest),
                               {}},
                              points_of(plot));
}

Figure quantile_figure(runs::FittedFormula const& fitted, runs::DiagnosisSettings const& settings) {
  std::vector<reports::QuantileMark> marks;
  int outside = 0;
  for (auto const& p : runs::residual_quantiles(fitted, settings)) {
    marks.push_back({p.expected, p.observed, p.lower, p.upper});
    outside += p.observed < p.lower || p.observed > p.upper;
  }
  return reports::with_points(
      {reports::quantile_script("expected residual", "observed residual", marks),
       "Quantiles of the residuals",
       "Ordered residuals against the medians of their laws in samples drawn from the fit and fitted again; the band "
       "holds 95 % of them at each point alone.",
       fmt::format("{} of {} points lie outside the band", outside, marks.size()),
       {}},
      points_of(marks));
}

Figure coefficient_figure(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const& diagnosis) {
  reports::IntervalPlot plot;
  plot.axis = "estimate in its standard errors";
  plot.reference = 0;
  plot.axis_from = plot.axis_to = 0;
  std::string words;
  bool const is_known = !diagnosis.worth.coefficients.empty();
  for (std::size_t a = 0; a < std::min(fitted.coefficients.size(), most_coefficients); ++a) {
    auto const& c = fitted.coefficients[a];
    if (c.name == "(Intercept)" && fitted.coefficients.size() > 1) continue;  // far from 0, it would squeeze the others
    auto const advised = is_known ? runs::recommended(fitted, diagnosis, a).name : std::string();
    auto const found = std::find_if(c.intervals.begin(), c.intervals.end(),
                                    [&](auto const& interval) { return interval.name == advised; });
    auto const& interval = found == c.intervals.end() ? c.intervals[0] : *found;
    double const unit = c.fit.std_error;
    auto const within = [unit](double x, double other) { return std::isfinite(x) ? x / unit : other; };
    reports::IntervalRow row;
    row.label = c.name;
    row.detail = ", " + interval.name + (found == c.intervals.end() ? "" : " (recommended)");
    row.estimate = c.fit.estimate / unit;
    row.lower = within(interval.bounds.lower, row.estimate - 9);
    row.upper = within(interval.bounds.upper, row.estimate + 9);
    row.ink = found == c.intervals.end() ? Ink::orange : Ink::green;
    plot.axis_from = std::fmin(plot.axis_from, row.lower);
    plot.axis_to = std::fmax(plot.axis_to, row.upper);
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", c.name, rounded_text(c.fit.estimate, 4));
    plot.rows.push_back(std::move(row));
  }
  double const beside = 0.04 * (plot.axis_to - plot.axis_from);
  plot.axis_from -= beside;
  plot.axis_to += beside;
  return reports::with_points(
      {interval_script(plot),
       "Coefficients",
       fmt::format("Each over its standard error, with its {} % interval: the recommended one in green, else the first "
                   "of the table; without the intercept.{}",
                   rounded_text(100 * fitted.level, 4), left_out(fitted.coefficients.size())),
       words,
       {}},
      points_of(plot));
}

/// Of the axis that the coverages of all intervals share, in per cent.
std::pair<double, double> coverage_range(runs::FittedFormula const& fitted,
                                         runs::RegressionDiagnosis const& diagnosis) {
  double from = 100 * fitted.level, to = from;
  for (std::size_t a = 0; a < std::min(diagnosis.worth.coefficients.size(), most_coefficients); ++a)
    for (auto const k : shown) {
      auto const& missed = diagnosis.worth.coefficients[a].intervals[k].all;
      if (std::isnan(missed.value)) continue;
      from = std::fmin(from, 100 * (1 - missed.value) - 200 * missed.mcse);
      to = std::fmax(to, 100 * (1 - missed.value) + 200 * missed.mcse);
    }
  return {from - 1, std::fmin(to + 1, 100.2)};
}

Figure coverage_figure(runs::FittedFormula const& fitted, runs::RegressionDiagnosis const& diagnosis,
                       std::size_t interval, std::pair<double, double> const& range) {
  reports::IntervalPlot plot;
  plot.axis = "coverage, %";
  plot.reference = 100 * fitted.level;
  std::tie(plot.axis_from, plot.axis_to) = range;
  std::string words;
  for (std::size_t a = 0; a < std::min(diagnosis.worth.coefficients.size(), most_coefficients); ++a) {
    auto const& c = diagnosis.worth.coefficients[a];
    auto const& m = c.intervals[interval];
    if (std::isnan(m.all.value)) continue;
    reports::IntervalRow row;
    row.label = c.name;
    row.estimate = 100 * (1 - m.all.value);
    row.lower = row.estimate - 200 * m.all.mcse;
    row.upper = std::fmin(row.estimate + 200 * m.all.mcse, 100);
    words += fmt::format("{}{} {:.1f}", words.empty() ? "" : ", ", c.name, row.estimate);
    plot.rows.push_back(std::move(row));
  }
  auto const name = fitted.interval_names()[interval];
  return reports::with_points(
      {interval_script(plot),
       fmt::format("Coverage of {}", name),
       fmt::format("Share of simulated samples whose interval holds the truth, with two Monte Carlo standard errors; "
                   "the line is what is declared.{}",
                   left_out(diagnosis.worth.coefficients.size())),
       words,
       {}},
      points_of(plot));
}

}  // namespace

std::vector<reports::FigurePart> regression_pictures(runs::FittedFormula const& fitted,
                                                     runs::RegressionDiagnosis const& diagnosis,
                                                     runs::DiagnosisSettings const& settings) {
  std::vector<reports::FigurePart> parts = {
      {"The data and the fit", {residual_figure(fitted), quantile_figure(fitted, settings)}},
      {"Coefficients", {coefficient_figure(fitted, diagnosis)}}};
  if (diagnosis.worth.coefficients.empty()) return parts;
  parts.push_back({"What the intervals are worth", {}});
  auto const range = coverage_range(fitted, diagnosis);
  for (auto const k : shown) parts.back().figures.push_back(coverage_figure(fitted, diagnosis, k, range));
  return parts;
}

}  // namespace fisherlab::cli
