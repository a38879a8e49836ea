#include "sim/models/parts/draw_limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text/number.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim::draws {
namespace {

using Numbers = std::span<double const>;

constexpr double resolution = 1000 * 0x1p-53;  ///< least spread of draws over where they lie
constexpr double log_largest = 709;            ///< of a double
constexpr double log_least = -708;             ///< of a normal double
constexpr double log_chance = 30;              ///< 1e-13
constexpr double largest_exponential = 37.5;
constexpr double largest_normal = 8.6;

/// Draws that lie around `place` and spread by `spread`.
std::string rounding(double spread, double place) {
  if (spread >= resolution * std::fabs(place)) return {};
  return "its draws lie near " + rounded_text(std::fabs(place)) + " and spread by " + rounded_text(spread) +
         ", and doubles there would round many of them to the same number (the spread must be at least " +
         rounded_text(resolution * std::fabs(place), 2) + ")";
}

std::string overflow(double log_of_largest) {
  if (log_of_largest < log_largest) return {};
  return "its draws reach exp(" + rounded_text(log_of_largest) + "), and doubles end at exp(" +
         rounded_text(log_largest) + ")";
}

/// P(X < x) = (x/scale)^power near 0: the chance that X is below the smallest normal double.
std::string underflow(std::string const& name, double power, double log_scale) {
  double const depth = log_scale - log_least;
  if (depth > 0 && power * depth >= log_chance) return {};
  auto const what = name + " is " + rounded_text(power) + ", so small that draws would be rounded to 0";
  return depth > 0 ? what + " (at this scale it must be at least " + rounded_text(log_chance / depth) + ")" : what;
}

/// The first problem of several.
std::string first_of(std::initializer_list<std::string> problems) {
  for (auto const& problem : problems)
    if (!problem.empty()) return problem;
  return {};
}

}  // namespace

std::string of_location_scale(Numbers t, Numbers) { return rounding(t[1], t[0]); }

std::string of_location_rate(Numbers t, Numbers) { return rounding(1 / t[1], t[0]); }

std::string of_known_scale(Numbers t, Numbers c) { return rounding(c[0], t[0]); }

std::string of_means(Numbers t, Numbers c) {
  double farthest = 0;
  for (double const mean : t) farthest = std::max(farthest, std::fabs(mean));
  return rounding(c[0], farthest);
}

std::string of_cube(Numbers t, Numbers) { return rounding(1, t[0] * t[0] * t[0]); }

std::string of_line(Numbers t, Numbers) { return rounding(t[2], std::fabs(t[0]) + std::fabs(t[1])); }

std::string of_mixture(Numbers t, Numbers) { return first_of({rounding(t[2], t[1]), rounding(t[4], t[3])}); }

std::string of_pairs(Numbers t, Numbers c) { return rounding(std::sqrt(t[0]), c[0]); }

std::string of_lognormal(Numbers t, Numbers) {
  double const reach = largest_normal * t[1];
  if (t[0] - reach < log_least)
    return "its draws reach exp(" + rounded_text(t[0] - reach) + "), and doubles end at exp(" +
           rounded_text(log_least) + ")";
  return first_of({overflow(t[0] + reach), rounding(t[1], std::max(std::fabs(t[0]), 1.0))});
}

std::string of_weibull(Numbers t, Numbers) {
  double const log_scale = std::log(t[1]);
  return first_of({underflow("shape", t[0], log_scale), overflow(log_scale + std::log(largest_exponential) / t[0]),
                   rounding(1 / t[0], 1)});
}

std::string of_gamma(Numbers t, Numbers) {
  double const largest = t[0] + largest_exponential + largest_normal * std::sqrt(t[0]);
  return first_of({underflow("shape", t[0], -std::log(t[1])), overflow(std::log(largest) - std::log(t[1])),
                   rounding(1 / std::sqrt(t[0]), 1)});
}

std::string of_beta(Numbers t, Numbers) {
  double const sum = t[0] + t[1];
  double const sd = std::sqrt(t[0] / sum) * std::sqrt(t[1] / sum) / std::sqrt(sum);
  // Near 0 doubles are dense, near 1 they are 2^-53 apart.
  return first_of({underflow("alpha", t[0], -std::log1p(t[1])), rounding(sd, t[0] / sum)});
}

std::string of_pareto(Numbers t, Numbers c) {
  return first_of({overflow(std::log(c[0]) + largest_exponential / t[0]), rounding(1 / t[0], 1)});
}

std::string of_inverse_gaussian(Numbers t, Numbers) {
  double const log_mean = std::log(t[0]), log_ratio = log_mean - std::log(t[1]);
  // The largest draw is about mean^2 z^2/shape, the least mean over that.
  double const log_stretch = std::max(log_ratio + 2 * std::log(largest_normal), std::log(2.0));
  if (log_mean - log_stretch < log_least) return "its draws would be rounded to 0 (the shape is too small)";
  return first_of({overflow(log_mean + log_stretch), rounding(std::exp(0.5 * log_ratio), 1)});
}

std::string of_directions(Numbers t, Numbers) { return rounding(std::min(1 / std::sqrt(t[1]), pi), pi); }

}  // namespace fisherlab::sim::draws
