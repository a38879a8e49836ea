#include "sim/autodiff/differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace fisherlab::sim {
namespace {

constexpr double rounding = 0x1p-52;
constexpr double largest_change = 4;
constexpr double smallest_change = 0x1p-4;
constexpr int most_attempts = 60;
constexpr int least_levels = 3;
constexpr int most_levels = 40;

double power_of_two_below(double x) { return std::ldexp(1.0, std::ilogb(x)); }

Reach looked_at(LineFunction const& g, double step) { return {step, g(step), g(-step)}; }

/// How far g moves within a step; infinite where it is not finite.
double change_within(Reach const& reach, double at_zero) {
  double const up = std::fabs(reach.up - at_zero), down = std::fabs(reach.down - at_zero);
  return up + down < HUGE_VAL ? std::max(up, down) : HUGE_VAL;
}

/// Neville's scheme towards step 0 for values at steps that halve, whose errors are even powers of the step.
class Extrapolation {
 public:
  void add(double value, double noise) {
    std::array<double, most_order + 1> row{};
    row[0] = value;
    double power = 1;
    auto const width = std::min(count_, most_order);
    for (std::size_t j = 1; j <= width; ++j) {
      power *= 4;
      row[j] = row[j - 1] + (row[j - 1] - row_[j - 1]) / (power - 1);
      double const off = std::max(std::fabs(row[j] - row[j - 1]), std::fabs(row[j] - row_[j - 1])) + noise;
      if (off < error_) {
        error_ = off;
        best_ = row[j];
      }
    }
    row_ = row;
    ++count_;
  }

  double best() const { return best_; }
  /// Whether a shorter step, whose rounding alone is `noise`, has nothing to add; or nothing that counts.
  bool is_settled(double noise, double relative) const {
    return error_ <= noise || error_ <= relative * std::fabs(best_);
  }

 private:
  static constexpr std::size_t most_order = 8;
  std::array<double, most_order + 1> row_{};
  std::size_t count_ = 0;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  double error_ = HUGE_VAL;
};

}  // namespace

Reach reach(LineFunction const& g, double at_zero, FirstStep const& first) {
  Reach here = looked_at(g, first.size);
  double change = change_within(here, at_zero);
  int attempt = 0;
  for (; attempt < most_attempts && !(change <= largest_change); ++attempt) {
    double const factor = change < HUGE_VAL ? std::max(0x1p-20, power_of_two_below(std::sqrt(1 / change))) : 0.25;
    here = looked_at(g, here.size * factor);
    change = change_within(here, at_zero);
  }
  double most = 0x1p10;
  while (first.may_grow && attempt++ < most_attempts && change < smallest_change && most >= 2) {
    double const factor = change > 0 ? std::clamp(power_of_two_below(std::sqrt(1 / change)), 2.0, most) : most;
    auto const wider = looked_at(g, here.size * factor);
    double const further = change_within(wider, at_zero);
    if (!(further <= largest_change)) {
      most = factor / 4;
      continue;
    }
    if (change > 0 && further < 2 * change) break;  // it levels off
    here = wider;
    change = further;
  }
  return here;
}

LineDerivatives derivatives_by_differences(LineFunction const& g, double at_zero, Reach const& reach, int order) {
  Extrapolation first, second, third;
  Reach here = reach;
  double wider = 0;
  double size = std::fabs(at_zero);
  for (int level = 0; level < most_levels; ++level) {
    if (level > 0) here = looked_at(g, here.size / 2);
    double const h = here.size, odd = here.up - here.down;
    if (level < least_levels) size = std::max({size, std::fabs(here.up), std::fabs(here.down)});
    double const noise = rounding * size;
    first.add(odd / (2 * h), noise / h);
    second.add(((here.up - at_zero) - (at_zero - here.down)) / (h * h), 4 * noise / (h * h));
    if (order > 2 && level > 0) third.add((wider - 2 * odd) / (2 * h * h * h), 4 * noise / (h * h * h));
    wider = odd;
    double const next = h / 2;
    bool const is_settled = first.is_settled(noise / next, 1e-11) &&
                            second.is_settled(4 * noise / (next * next), 1e-10) &&
                            (order < 3 || third.is_settled(4 * noise / (next * next * next), 1e-8));
    if (level + 1 >= least_levels && is_settled) break;
  }
  return {first.best(), second.best(), third.best()};
}

}  // namespace fisherlab::sim
