#include "claims/instruments/exact/exact_coverage.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include "base/special/distributions.hpp"

namespace fisherlab::claims {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The interval asked about: `trials` behind the sample, where the law counts successes.
struct AskedInterval {
  IntervalKind kind;
  double z, truth, n;
  std::optional<double> trials;
};

// ---- counts ---------------------------------------------------------------------------------------------------------

bool holds(AskedInterval const& asked, sim::CountedEstimate::Outcome const& outcome) {
  switch (asked.kind.method) {
    case IntervalMethod::agresti_coull:
      return asked.trials && agresti_coull_holds(outcome.estimate, *asked.trials, asked.truth, asked.z);
    case IntervalMethod::score:
    case IntervalMethod::wilson:
      return std::fabs(outcome.score) <= asked.z;
    default:
      return wald_holds(asked.kind.scale, outcome.estimate, outcome.std_error, asked.truth, asked.z);
  }
}

std::optional<double> coverage(AskedInterval const& asked, sim::CountedEstimate const& law) {
  double sum = 0;
  for (double k = 0; k <= law.last; ++k)
    if (holds(asked, law.outcome(k))) sum += law.probability(k);
  return sum;
}

// ---- scale parameters -----------------------------------------------------------------------------------------------

struct Ends {
  double lower, upper;
};

/// {w > 0: |w^a - 1| <= reach}.
Ends power_ends(double a, double reach) {
  double const near = reach < 1 ? std::pow(1 - reach, 1 / a) : (a > 0 ? 0 : infinity);
  double const far = std::pow(1 + reach, 1 / a);
  return {std::min(near, far), std::max(near, far)};
}

/// {w: Wald on the scale holds}; `reach` is z v/sqrt(n).
std::optional<Ends> wald_ends(Scale scale, double reach) {
  switch (scale) {
    case Scale::identity:
      return power_ends(1, reach);
    case Scale::sqrt:
      return power_ends(0.5, 0.5 * reach);
    case Scale::reciprocal:
      return power_ends(-1, reach);
    case Scale::cube_root:
      return power_ends(1.0 / 3, reach / 3);
    case Scale::square:
      return power_ends(2, 2 * reach);
    case Scale::log:
      return Ends{std::exp(-reach), std::exp(reach)};
    case Scale::logit:
      break;
  }
  return std::nullopt;
}

/// P(w in ends), w^power = G/mean.
double chance(sim::ScaledEstimate const& law, Ends const& ends) {
  double const one = std::pow(ends.lower, law.power), other = std::pow(ends.upper, law.power);
  auto const below = [&](double x) { return x < infinity ? law.cdf(law.mean * x) : 1.0; };
  return below(std::max(one, other)) - below(std::min(one, other));
}

std::optional<double> coverage(AskedInterval const& asked, sim::ScaledEstimate const& law) {
  double const reach = asked.z * law.v / std::sqrt(asked.n);
  auto const ends = asked.kind.method == IntervalMethod::score ? power_ends(law.power, std::fabs(law.power) * reach)
                                                               : wald_ends(asked.kind.scale, reach);
  if (!ends) return std::nullopt;
  return chance(law, *ends);
}

// ---- means ----------------------------------------------------------------------------------------------------------

/// With T Student's statistic on n - 1 degrees of freedom and q = T^2/(n - 1), Wald holds the mean where n q <= z^2,
/// and score, whose variance is estimated under the hypothesis by (1 + q) times sd^2, where n q/(1 + q) <= z^2.
double student_coverage(double degrees, AskedInterval const& asked) {
  double const share = asked.z * asked.z / asked.n;
  double const q = asked.kind.method != IntervalMethod::score ? share : share < 1 ? share / (1 - share) : infinity;
  if (q == infinity) return 1;
  return 1 - 2 * student_cdf(-std::sqrt(degrees * q), Degrees{degrees});
}

std::optional<double> coverage(AskedInterval const& asked, sim::LocatedEstimate const& law) {
  if (asked.kind.scale != Scale::identity) return std::nullopt;
  return law.degrees < infinity ? student_coverage(law.degrees, asked) : 1 - 2 * normal_cdf(-asked.z);
}

}  // namespace

std::optional<double> exact_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind,
                                     double z) {
  auto const& law_of_estimate = law.model->offers().law_of_estimate;
  if (kind.method == IntervalMethod::likelihood_ratio || !law_of_estimate) return std::nullopt;
  auto const exact = law_of_estimate(law.theta, a, n);
  if (!exact) return std::nullopt;
  AskedInterval const asked{kind, z, law.theta[a], static_cast<double>(n), trial_count(law, n)};
  return std::visit([&](auto const& form) { return coverage(asked, form); }, *exact);
}

}  // namespace fisherlab::claims
