#include "cli/commands/influence_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "reports/page/pictures/marked_points.hpp"
#include "reports/page/plot_points.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::cli {
namespace {

using Vector = estimators::influence::Vector;

/// Of very many rows, from the highest to the lowest, the upper ones and an even choice of the others.
std::vector<Eigen::Index> most_of(std::vector<Eigen::Index> const& rows) {
  constexpr std::size_t most = 1000, upper = most / 2;
  if (rows.size() <= most) return rows;
  std::vector<Eigen::Index> chosen(rows.begin(), rows.begin() + upper);
  auto const rest = rows.size() - upper;
  for (std::size_t k = 0; k < most - upper; ++k) chosen.push_back(rows[upper + k * rest / (most - upper)]);
  return chosen;
}

/// Two figures of each training row against each other; the words name the rows that stand highest.
reports::Figure rows_figure(runs::InfluenceRun const& run, Vector const& x, Vector const& y, reports::MarkedPlot plot,
                            std::string title, std::string caption) {
  std::vector<Eigen::Index> known;
  for (Eigen::Index k = 0; k < y.size() && k < x.size(); ++k)
    if (std::isfinite(x[k]) && std::isfinite(y[k])) known.push_back(k);
  auto const all = known.size();
  std::ranges::stable_sort(known, std::ranges::greater(), [&](Eigen::Index k) { return y[k]; });
  for (auto const k : most_of(known))
    plot.points.push_back({x[k], y[k], std::to_string(run.data->train_rows[static_cast<std::size_t>(k)])});
  auto alternative = fmt::format("{} training rows", all);
  if (all > 0)
    alternative += fmt::format("; the highest is row {}, at {} and {}.", plot.points.front().name,
                               rounded_text(plot.points.front().x, 3), rounded_text(plot.points.front().y, 3));
  if (all > plot.points.size())
    caption +=
        fmt::format(" Shown are {} of {} rows: the highest, and every so many of the others.", plot.points.size(), all);
  auto points = points_of(plot);
  return reports::with_points(
      {marked_script(std::move(plot)), std::move(title), std::move(caption), std::move(alternative), {}},
      std::move(points));
}

/// Coefficients in their standard errors, which come from the rows' own influences: sum over rows of (-I_up/n)^2, the
/// sandwich (infinitesimal jackknife), right though the variance of the model may be wrong.
std::optional<reports::Figure> coefficients_figure(runs::InfluenceRun const& run) {
  constexpr std::size_t most = 24;
  auto const& first = run.analysis.first;
  auto const names = run.analysis.minimum.risk.problem.parameters();
  reports::IntervalPlot plot{
      .axis = "coefficient / standard error", .axis_from = -1, .axis_to = 1, .reference = 0, .rows = {}};
  std::string alternative;
  double widest = 3;
  for (std::size_t j = 0; j < std::min(most, names.size()); ++j) {
    double const value = run.trained.theta[static_cast<Eigen::Index>(j)];
    double const error = first.col(static_cast<Eigen::Index>(j)).norm();
    if (!(error > 0) || !std::isfinite(value / error)) continue;
    auto const label = fmt::format("{}: {}", names[j], text_with_error({value, error}));
    double const z = value / error;
    plot.rows.push_back(
        {.label = label, .estimate = z, .lower = z - 1.96, .upper = z + 1.96, .region_lower = {}, .region_upper = {}});
    widest = std::max(widest, std::abs(z) + 2.2);
    alternative += label + ". ";
  }
  plot.axis_from = -widest;
  plot.axis_to = widest;
  if (plot.rows.empty()) return std::nullopt;
  auto caption = fmt::format(
      "Each coefficient with its standard error in brackets, drawn in standard errors with 1.96 to either side: an "
      "interval that holds 0 may as well be nothing. The standard errors are the sandwich's, the root of the summed "
      "squares of what each row does to the coefficient{}.",
      run.settings.l2 > 0 ? "; a penalty pulls the coefficients towards 0" : "");
  if (names.size() > most) caption += fmt::format(" Shown are the first {} of {}.", most, names.size());
  return reports::with_points({interval_script(plot), "Coefficients and standard errors", caption, alternative, {}},
                              points_of(plot));
}

}  // namespace

std::vector<reports::PagePart> influence_parts(runs::InfluenceRun const& run, std::string const& text) {
  reports::PagePart part{"Rows that stand out", {}, text};
  auto const& analysis = run.analysis;
  if (analysis.leverage)
    part.figures.push_back(rows_figure(
        run, analysis.leverage->leverage, analysis.leverage->cook,
        {.x_axis = "leverage", .y_axis = "Cook's distance", .points = {}}, "Leverage and Cook's distance",
        "Each point is a training row; the six with the largest distance have their numbers. To the right: inputs that "
        "few other rows share. Above: rows without which the fit is another."));
  if (analysis.losses.size() > 0 && analysis.self_influence.size() == analysis.losses.size())
    part.figures.push_back(rows_figure(
        run, analysis.losses, analysis.self_influence,
        {.x_axis = "loss of the row", .y_axis = "self-influence", .points = {}}, "Suspects: loss and self-influence",
        "Each point is a training row; the six with the largest self-influence have their numbers. A row that is "
        "fitted "
        "badly and yet pulls the fit towards itself is the first to be checked for a wrong label or a slip."));
  bool const is_network = run.settings.model == "mlp";  // its weights have no meaning one by one
  auto coefficients = is_network ? std::nullopt : coefficients_figure(run);
  if (coefficients) part.figures.insert(part.figures.begin(), std::move(*coefficients));
  if (coefficients) part.heading = "Coefficients, and rows that stand out";
  return {std::move(part)};
}

}  // namespace fisherlab::cli
