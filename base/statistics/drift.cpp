#include "base/statistics/drift.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

/// Weighted sums of a stretch of nights, of what is left after a common centre is taken off.
struct Sums {
  double weight = 0;
  double first = 0;
  double second = 0;

  double mean() const { return first / weight; }
  double residual() const { return std::max(0.0, second - first * first / weight); }
};

Sums plus(Sums const& a, Sums const& b) { return {a.weight + b.weight, a.first + b.first, a.second + b.second}; }
Sums minus(Sums const& a, Sums const& b) { return {a.weight - b.weight, a.first - b.first, a.second - b.second}; }

Sums sums_of(NightlyEstimate const& night, double centre) {
  double const weight = 1 / (night.std_error * night.std_error);
  double const x = night.estimate - centre;
  return {weight, weight * x, weight * x * x};
}

bool is_usable(NightlyEstimate const& night) {
  return std::isfinite(night.estimate) && std::isfinite(night.std_error) && night.std_error > 0 &&
         std::isfinite(1 / (night.std_error * night.std_error));
}

}  // namespace

std::optional<Drift> largest_drift(std::span<NightlyEstimate const> nights) {
  if (nights.size() < 4 || !std::ranges::all_of(nights, is_usable)) return std::nullopt;
  double const centre = nights.front().estimate;
  Sums total;
  for (auto const& night : nights) total = plus(total, sums_of(night, centre));
  double const freedom = static_cast<double>(nights.size() - 2);
  Drift largest;
  Sums before = sums_of(nights[0], centre);
  for (std::size_t split = 2; split + 2 <= nights.size(); ++split) {
    before = plus(before, sums_of(nights[split - 1], centre));
    Sums const after = minus(total, before);
    double const birge = std::sqrt(std::max(1.0, (before.residual() + after.residual()) / freedom));
    double const z = (after.mean() - before.mean()) / (birge * std::sqrt(1 / before.weight + 1 / after.weight));
    if (largest.first_after == 0 || std::fabs(z) > std::fabs(largest.z))
      largest = {split, centre + before.mean(), centre + after.mean(), z};
  }
  return largest;
}

double drift_threshold(DriftFamily const& family) {
  expects(family.nights >= 4 && family.findings >= 1, "a drift needs a finding and four nights, gather more");
  expects(family.false_alarm > 0 && family.false_alarm < 1,
          "the false-alarm rate is not a probability, give one between 0 and 1");
  double const nights = static_cast<double>(family.nights);
  double const tests = static_cast<double>(family.findings) * nights * (nights - 1) * (nights - 3);
  return std::sqrt(2 * std::log(2 * tests / family.false_alarm));
}

}  // namespace fisherlab
