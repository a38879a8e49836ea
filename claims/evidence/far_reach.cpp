#include "claims/evidence/far_reach.hpp"

#include <algorithm>
#include <cmath>

#include "base/special/quantiles.hpp"
#include "base/text/number.hpp"

namespace fisherlab::claims {
namespace {

constexpr double largest_x = 1.0;
constexpr double largest_h = 0.1;
constexpr double tail_allowance = 2.5;
constexpr double far_alpha = 1e-9;
constexpr std::int64_t replicates_when_far = 65'536;
constexpr std::int64_t fewest_when_far = 60'000;  ///< of which failed fits may take some

bool has_too_few(std::int64_t count, double alpha) { return alpha < far_alpha && count < fewest_when_far; }

/// 1234567 as "1,234,567".
std::string grouped(std::int64_t count) {
  std::string text = exact_text(count);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3)
    text.insert(static_cast<std::size_t>(place), ",");
  return text;
}

}  // namespace

SampleMoments sample_moments_of(double mean, double const* central, std::int64_t count) {
  auto const replicates = static_cast<double>(count);
  double const variance = std::max(central[2], 0.0);
  return {mean, variance * replicates / (replicates - 1), count, central[3] / std::pow(variance, 1.5),
          central[4] / (variance * variance)};
}

std::array<double, 5> moments_of_square(std::span<double const> m) {
  double const mean = m[2];
  return {1, 0, m[4] - mean * mean, m[6] - 3 * mean * m[4] + 2 * mean * mean * mean,
          m[8] - 4 * mean * m[6] + 6 * mean * mean * m[4] - 3 * mean * mean * mean * mean};
}

SampleMoments difference_of(SampleMoments const& y, SampleMoments const& z) {
  SampleMoments result{y.mean - z.mean, y.variance + z.variance, y.count};
  if (!(y.variance > 0) || !(z.variance > 0)) return result;
  double const a = y.variance / result.variance, b = z.variance / result.variance;
  result.are_bounds = y.are_bounds || z.are_bounds;
  double const third = y.skewness * std::pow(a, 1.5), of_z = z.skewness * std::pow(b, 1.5);
  result.skewness = result.are_bounds ? std::fabs(third) + std::fabs(of_z) : third - of_z;
  result.kurtosis = 3 + (y.kurtosis - 3) * a * a + (z.kurtosis - 3) * b * b;
  return result;
}

FarLevel far_level(double alpha) { return {alpha, normal_critical(alpha)}; }

FarLevel far_level(double alpha, std::int64_t dimension) {
  return {alpha, dimension == 1 ? normal_critical(alpha) : chi_critical(dimension, alpha)};
}

std::int64_t fewest_replicates(double alpha) { return alpha < far_alpha ? replicates_when_far : 2; }

FarReach far_reach(SampleMoments const& sample, FarLevel const& level) {
  auto const replicates = static_cast<double>(sample.count);
  double const s = std::sqrt(sample.variance);
  double const g = sample.skewness, k = sample.kurtosis, z = level.critical;
  double const e = z / std::sqrt(replicates);
  FarReach reach;
  if (!(s > 0) || !std::isfinite(g) || !std::isfinite(k)) {
    reach.needed = std::numeric_limits<double>::infinity();
    reach.needed_at_least = replicates * z * z / 7;
    return reach;
  }
  reach.x = std::fabs(g) * e;
  reach.h = std::max(k - (sample.are_bounds ? 0 : g * g) - 3, 0.0) * e * e;
  double const shift = g / 3 * (e * e + 0.5 / replicates);
  double const next = (sample.are_bounds ? k / 4 : k / 4 - 0.5 - 2 * g * g / 9) * e * e * e;
  double const tail = tail_allowance * e * reach.h;
  reach.up = s * (e + std::max(0.0, next + shift + tail));
  reach.down = s * (e + std::max(0.0, next + (sample.are_bounds ? shift : -shift) + tail));
  reach.needed = std::ceil(replicates * std::max(reach.x * reach.x, reach.h / largest_h));
  if (has_too_few(sample.count, level.alpha))
    reach.needed = std::max(reach.needed, static_cast<double>(replicates_when_far));
  reach.valid = reach.x <= largest_x && reach.h <= largest_h && !has_too_few(sample.count, level.alpha);
  if (reach.x > largest_x && k <= 2 * g * g)
    reach.needed_at_least = replicates * reach.x * reach.x / (1 + 6 * std::sqrt(k / replicates) + 10 * k / replicates);
  if (has_too_few(sample.count, level.alpha))
    reach.needed_at_least = std::max(reach.needed_at_least, static_cast<double>(fewest_when_far));
  reach.plain_factor =
      std::exp(std::fabs(g) * z * z * z / (3 * std::sqrt(replicates)) + (6 - k) * std::pow(z, 4) / (12 * replicates));
  return reach;
}

FarReach held_to(FarReach reach, FarReach const& by_law) {
  if (by_law.valid) return reach;
  reach.valid = false;
  reach.x = by_law.x;
  reach.h = by_law.h;
  reach.needed = reach.needed_at_least = by_law.needed;
  return reach;
}

std::string replicates_text(double count) {
  double const unit = std::pow(10, std::floor(std::log10(count)) - 1);
  double const rounded = std::ceil(count / unit - 1e-9) * unit;
  if (rounded >= 1e9) return rounded_text(rounded / 1e9, 2) + " billion";
  if (rounded >= 1e6) return rounded_text(rounded / 1e6, 2) + " million";
  return grouped(static_cast<std::int64_t>(rounded));
}

std::string beyond_reach(double needed, std::int64_t most) {
  auto const at_least =
      std::isinf(needed) ? "more than a million times as many" : "at least " + replicates_text(needed);
  return "a verdict takes " + at_least + ", and the study has at most " + grouped(most) + " replicates";
}

std::string reason_for(FarReach const& reach, std::int64_t count, FarLevel const& level) {
  if (reach.valid) return {};
  if (std::isinf(reach.needed)) return "no variation seen in " + grouped(count) + " replicates";
  if (reach.x <= largest_x && reach.h <= largest_h)
    return "an error of " + rounded_text(level.alpha, 2) + " takes at least " + grouped(replicates_when_far) +
           " replicates, and there are " + grouped(count);
  bool const skewed = reach.x * reach.x >= reach.h / largest_h;
  return "too " + std::string(skewed ? "skewed" : "heavy-tailed") + " for " + grouped(count) +
         " replicates: " + (skewed ? "about " : "at least about ") + replicates_text(reach.needed);
}

}  // namespace fisherlab::claims
