#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "reports/page/figure_parts.hpp"
#include "reports/page/pictures/inks.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/page/plots.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

/// What a row of a profile says: "n I E(t - theta)^2 at h = -2, hodges".
struct Profiled {
  std::string quantity;
  double h = 0;
  std::string estimator;
};

std::optional<Profiled> profiled(std::string const& statistic) {
  static constexpr std::string_view sign = " at h = ";
  auto const at = statistic.find(sign);
  if (at == std::string::npos) return std::nullopt;
  auto const comma = std::min(statistic.find(", ", at), statistic.size());
  auto const first = statistic.data() + at + sign.size(), last = statistic.data() + comma;
  Profiled result{statistic.substr(0, at), 0, comma < statistic.size() ? statistic.substr(comma + 2) : std::string()};
  auto const [end, error] = std::from_chars(first, last, result.h);
  if (error != std::errc() || end != last) return std::nullopt;
  return result;
}

}  // namespace

bool is_of_profile(ConvergenceRow const& row) { return profiled(row.statistic).has_value(); }

std::vector<Figure> profile_figures(std::span<ConvergenceRow const* const> rows) {
  std::vector<ConvergenceRow const*> own;
  std::ranges::copy_if(rows, std::back_inserter(own), [](auto const* row) { return is_of_profile(*row); });
  std::vector<Figure> figures;
  if (own.empty()) return figures;
  for (auto const& [key, points] : grouped(std::span<ConvergenceRow const* const>(own), [](auto const& r) {
         return std::tuple(r.model, r.parameters, r.n, profiled(r.statistic)->quantity);
       })) {
    auto const& first = *points.front();
    auto const& quantity = std::get<3>(key);
    CurvePlot plot{.x_axis = "h",
                   .y_axis = "risk / bound",
                   .log_y = false,
                   .reference = 1,
                   .y_from = {},
                   .y_to = {},
                   .curves = {},
                   .log_x = false};
    std::string alternative = quantity + ". ";
    InkChoice inks;
    for (auto const& [estimator, of_one] : grouped(std::span<ConvergenceRow const* const>(points),
                                                   [](auto const& r) { return profiled(r.statistic)->estimator; })) {
      if (plot.curves.size() == most_curves) break;
      std::map<double, CurvePoint> by_h;
      for (auto const* r : of_one) {
        double const h = profiled(r->statistic)->h;
        by_h.try_emplace(h, CurvePoint{h, r->discrepancy, r->lower, r->upper});
      }
      Curve curve{.label = estimator,
                  .points = {},
                  .slope = {},
                  .ink = inks.of(estimator),
                  .symbol = symbol_of_curve(plot.curves.size())};
      alternative += estimator + ": ";
      for (auto const& [h, point] : by_h) {
        curve.points.push_back(point);
        alternative +=
            fmt::format("h = {}: {} {}; ", short_text(h), short_text(point.y), range_text(point.lower, point.upper));
      }
      plot.curves.push_back(std::move(curve));
    }
    figures.push_back(
        {curve_script(plot),
         fmt::format("Scaled risk near theta: {}, n = {}", place_text(first.model, first.parameters), first.n),
         fmt::format("{} at theta + h/√(n I), each h simulated at its own truth. The line at 1 is the "
                     "risk of an efficient estimator. One that dips below it at a point pays "
                     "for that beside it.",
                     quantity),
         alternative,
         first.model,
         {points.begin(), points.end()}});
  }
  return figures;
}

}  // namespace fisherlab::reports
