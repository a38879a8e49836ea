#include "reports/page/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "findings/names.hpp"
#include "reports/page/figure_parts.hpp"
#include "reports/page/plots.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

std::string rate_sentence(ConvergenceRow const& row) {
  if (!row.rate) return "No rate could be fitted: too few of the intervals lie above 0.";
  auto text = fmt::format("Fitted rate n^-{}", short_text(*row.rate));
  if (row.rate_lower && row.rate_upper)
    text += fmt::format(", interval {}", range_text(*row.rate_lower, *row.rate_upper));
  return text + "; the dashed line has that slope.";
}

}  // namespace

std::string rows_text(std::vector<std::size_t> numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string text;
  for (std::size_t first = 0; first < numbers.size();) {
    auto last = first;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ";") + std::to_string(numbers[first]);
    if (last > first) text += "-" + std::to_string(numbers[last]);
    first = last + 1;
  }
  return text;
}

Figure with_points(Figure figure, std::vector<PicturePoint> points) {
  figure.points = std::move(points);
  return figure;
}

void keep_points(std::vector<Figure>& figures, std::vector<PicturePoint>& table) {
  constexpr std::size_t first_row = 2;  // below the header
  for (auto& figure : figures) {
    if (figure.points.empty()) continue;
    std::vector<std::size_t> numbers;
    for (auto& point : figure.points) {
      point.picture = figure.title;
      numbers.push_back(table.size() + first_row);
      table.push_back(std::move(point));
    }
    figure.points.clear();
    figure.file = "points.csv";
    figure.data = rows_text(std::move(numbers));
  }
}

std::vector<Figure> convergence_figures(std::span<ConvergenceRow const* const> rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  for (auto const& [key, points] :
       grouped(rows, [](auto const& r) { return std::tuple(r.model, r.parameters, r.statistic); })) {
    ConvergenceRow const& first = *points.front();
    Curve curve{.label = {}, .points = {}, .slope = {}};
    if (first.rate) curve.slope = -*first.rate;
    std::string alternative = first.statistic + ". ";
    for (auto const* p : points) {
      curve.points.push_back({static_cast<double>(p->n), p->discrepancy, p->lower, p->upper});
      alternative += fmt::format("n = {}: {} {}. ", p->n, short_text(p->discrepancy), range_text(p->lower, p->upper));
    }
    CurvePlot const plot{.x_axis = "n",
                         .y_axis = "discrepancy",
                         .log_y = true,
                         .reference = {},
                         .y_from = {},
                         .y_to = {},
                         .curves = {curve}};
    figures.push_back({curve_script(plot),
                       place_text(first.model, first.parameters),
                       fmt::format("{}. On log-log axes a power of n falls on a straight line. {}", first.statistic,
                                   rate_sentence(first)),
                       alternative + rate_sentence(first),
                       first.model,
                       {points.begin(), points.end()}});
  }
  return figures;
}

std::vector<Figure> power_figures(std::span<CalibrationRow const> rows) {
  std::vector<CalibrationRow const*> planted;
  for (auto const& row : rows)
    if (row.defect != DefectKind::none && row.size > 0) planted.push_back(&row);
  std::vector<Figure> figures;
  if (planted.empty()) return figures;
  for (auto const& [key, of_claim] : grouped(std::span<CalibrationRow const* const>(planted),
                                             [](auto const& r) { return std::pair(r.claim, r.defect); })) {
    auto const kind = std::string(to_string(key.second));
    auto const cases = grouped(std::span<CalibrationRow const* const>(of_claim), [](auto const& r) { return r.model; });
    for (std::size_t from = 0; from < cases.size(); from += most_curves) {
      CurvePlot plot{.x_axis = "size of the defect (" + kind + ")",
                     .y_axis = "share of runs that refute",
                     .log_y = false,
                     .reference = {},
                     .y_from = -0.04,
                     .y_to = 1.04,
                     .curves = {}};
      std::string alternative, names;
      std::vector<void const*> drawn;
      for (std::size_t i = from; i < std::min(cases.size(), from + most_curves); ++i) {
        bool const is_alone = cases.size() == 1;  // the names of cases are long: they stand below the picture
        Curve curve{.label = is_alone ? std::string() : fmt::format("case {}", i + 1), .points = {}, .slope = {}};
        names += is_alone ? cases[i].first + ". " : fmt::format("Case {}: {}. ", i + 1, cases[i].first);
        alternative += cases[i].first + ": ";
        for (auto const* r : cases[i].second) {
          drawn.push_back(r);
          double const share =
              static_cast<double>(r->refuted) / static_cast<double>(std::max<std::int64_t>(r->runs, 1));
          auto const rate = r->rate();
          curve.points.push_back({r->size, share, rate.lower, rate.upper});
          alternative += fmt::format("size {}: {}; ", short_text(r->size), short_text(share));
        }
        std::sort(curve.points.begin(), curve.points.end(), [](auto const& a, auto const& b) { return a.x < b.x; });
        plot.curves.push_back(std::move(curve));
      }
      figures.push_back(
          {curve_script(plot),
           fmt::format("{}: {}", key.first, kind),
           names + "Power: the share of runs that refute a planted defect of each size, with its 95 % interval. A "
                   "curve that rises early belongs to a claim that notices small defects.",
           alternative,
           {},
           std::move(drawn)});
    }
  }
  name_data(figures, rows, "calibration.csv");
  return figures;
}

}  // namespace fisherlab::reports
