#include "reports/page/axes/ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text/number.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

constexpr std::size_t least_ticks = 3;

std::string tics_text(char axis, std::vector<double> const& places) {
  std::string text;
  for (double const x : places)
    text += fmt::format("{}'{}' {}", text.empty() ? "" : ", ", rounded_text(x, 4), plot_number(x));
  return fmt::format("set {}tics ({})\n", axis, text);
}

/// The places of the mantissas in every decade between two values, each `stride`-th decade.
std::vector<double> decade_places(double from, double to, std::vector<double> const& mantissas, int stride) {
  std::vector<double> places;
  for (int e = static_cast<int>(std::floor(std::log10(from))); e <= static_cast<int>(std::ceil(std::log10(to))); ++e)
    for (double const m : mantissas) {
      double const at = m * std::pow(10.0, e);
      if (at >= from * 0.999 && at <= to * 1.001 && e % stride == 0) places.push_back(at);
    }
  return places;
}

}  // namespace

std::string log_tics(char axis, double from, double to) {
  double const decades = std::log10(to / from);
  int const stride = std::max(1, static_cast<int>(decades / 6));
  std::vector<double> places;
  if (decades > 2.5) places = decade_places(from, to, {1}, stride);
  if (places.size() < least_ticks) places = decade_places(from, to, {1, 2, 5}, 1);
  if (places.size() < least_ticks) places = decade_places(from, to, {1, 1.5, 2, 3, 4, 5, 6, 8}, 1);
  if (places.size() < least_ticks) places = {from, std::sqrt(from * to), to};
  return tics_text(axis, places);
}

std::string even_tics(char axis, PlotRange const& range) {
  double const width = range.to - range.from;
  double const decade = std::pow(10.0, std::floor(std::log10(width / 3)));
  std::vector<double> places;
  for (double const share : {5.0, 2.0, 1.0, 0.5}) {  // the widest step that leaves enough
    double const step = share * decade;
    places.clear();
    for (double k = std::ceil(range.from / step - 1e-9); k * step <= range.to + 1e-9 * width; ++k)
      places.push_back(k == 0 ? 0 : k * step);
    if (places.size() >= least_ticks + 1) break;
  }
  return tics_text(axis, places);
}

std::string value_tics(std::set<double> const& values) {
  double const least = *values.begin(), largest = *values.rbegin();
  if (values.size() == 1) return tics_text('x', {least / 2, least, 2 * least});
  double const room = std::log(largest / least) / 9;
  auto const apart = [&](double a, double b) { return std::log(b / a) >= room; };
  std::vector<double> kept;
  for (double const x : values)
    if (kept.empty() || (apart(kept.back(), x) && apart(x, largest))) kept.push_back(x);
  if (kept.back() < largest) kept.push_back(largest);
  double const middle = std::sqrt(least * largest);
  if (kept.size() < least_ticks) kept.insert(kept.end() - 1, middle < 10 ? middle : std::round(middle));
  return tics_text('x', kept);
}

}  // namespace fisherlab::reports
