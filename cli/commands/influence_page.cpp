#include "cli/commands/influence_page.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <utility>

#include "base/text/number.hpp"
#include "reports/page/pictures/marked_points.hpp"

namespace fisherlab::cli {
namespace {

using Vector = estimators::influence::Vector;

/// Two figures of each training row against each other; the words name the rows that stand highest.
reports::Figure rows_figure(runs::InfluenceRun const& run, Vector const& x, Vector const& y, reports::MarkedPlot plot,
                            std::string title, std::string caption) {
  std::size_t highest = 0;
  for (Eigen::Index k = 0; k < y.size() && k < x.size(); ++k) {
    auto const row = run.data->train_rows[static_cast<std::size_t>(k)];
    plot.points.push_back({x[k], y[k], std::to_string(row)});
    if (std::isfinite(y[k]) && !(plot.points[highest].y >= y[k])) highest = static_cast<std::size_t>(k);
  }
  auto alternative = fmt::format("{} training rows", plot.points.size());
  if (!plot.points.empty())
    alternative += fmt::format("; the highest is row {}, at {} and {}.", plot.points[highest].name,
                               rounded_text(plot.points[highest].x, 3), rounded_text(plot.points[highest].y, 3));
  return {marked_script(std::move(plot)), std::move(title), std::move(caption), std::move(alternative), {}};
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
  return {std::move(part)};
}

}  // namespace fisherlab::cli
