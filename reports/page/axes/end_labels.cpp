#include "reports/page/axes/end_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text/display_text.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {

EndLabels::EndLabels(std::vector<Curve> const& curves, PlotRange const& y, bool log_y) {
  auto const share = [&](double value) {
    return log_y ? std::log(value / y.from) / std::log(y.to / y.from) : (value - y.from) / (y.to - y.from);
  };
  for (std::size_t i = 0; i < curves.size(); ++i) {
    auto const& points = curves[i].points;
    auto const last = std::find_if(points.rbegin(), points.rend(),
                                   [&](CurvePoint const& p) { return std::isfinite(p.y) && (!log_y || p.y > 0); });
    if (curves[i].label.empty() || last == points.rend()) continue;
    letters_ = std::max(letters_, display_width(printable(curves[i].label)));
    ends_.push_back({i, std::clamp(share(last->y), 0.0, 1.0)});
  }
  std::ranges::sort(ends_, {}, &End::place);
  push_apart();
}

/// Upwards from the lowest, then down again from the top.
void EndLabels::push_apart() {
  constexpr double gap = 0.075;
  for (std::size_t k = 1; k < ends_.size(); ++k) ends_[k].place = std::max(ends_[k].place, ends_[k - 1].place + gap);
  double highest = 1;
  for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
    end->place = std::min(end->place, highest);
    highest = end->place - gap;
  }
}

std::string EndLabels::script(std::vector<Curve> const& curves) const {
  auto text = fmt::format("set rmargin {}\nunset key\n", letters_ + 3);
  for (auto const& end : ends_)
    text += fmt::format("set label {} at graph 1.02, graph {} left textcolor {} front\n",
                        gnuplot_quoted(printable(curves[end.curve].label)), plot_number(end.place),
                        colour(ink_of(curves[end.curve], end.curve)));
  return text;
}

}  // namespace fisherlab::reports
