#include "reports/page/sections/chances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include "base/text/number.hpp"

namespace fisherlab::reports {

std::string chance_text(double probability) {
  if (!(probability >= 0 && probability <= 1)) return "not known";
  if (probability == 0) return "none";
  static constexpr auto scales = std::to_array<std::pair<double, std::string_view>>(
      {{1e15, "quadrillion"}, {1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}});
  double const trials = 1 / probability;
  for (auto const& [size, word] : scales) {
    if (trials < 0.995 * size) continue;
    auto const count = rounded_text(trials / size, 2);
    return count == "1" ? fmt::format("1 in a {}", word) : fmt::format("1 in {} {}", count, word);
  }
  return "1 in " + rounded_text(trials, 2);
}

double used_error(std::span<Finding const> findings, double family_error) {
  auto const shares = [](Finding const& f) { return !f.family_error; };
  auto const count = std::ranges::count_if(findings, shares);
  if (count == 0) return 0;
  double const whole = family_error / static_cast<double>(count);
  constexpr double ratio = std::numbers::sqrt2 / 2, first = 1 - ratio;
  double used = 0;
  for (auto const& f : findings) {
    if (!shares(f)) continue;
    double const last = 1 - f.level;
    // Above the error of the first look it is that of a finding which is measured once.
    used += last > 1.01 * first * whole ? last : std::max(last, whole - last * ratio / first);
  }
  return std::min(used, family_error);
}

}  // namespace fisherlab::reports
