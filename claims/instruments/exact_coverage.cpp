#include "claims/instruments/exact_coverage.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <limits>

namespace fisherlab::claims {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// ---- counts ---------------------------------------------------------------------------------------------------------

/// What a total of `k` gives: the estimate, its standard error, and the score at the truth in units of its root
/// information. At the estimate the observed information of these families is the expected one.
struct Outcome {
  double estimate, std_error, score;
};

bool holds(IntervalKind const& kind, Outcome const& outcome, double truth, double z) {
  if (kind.method == IntervalMethod::score || kind.method == IntervalMethod::wilson)
    return std::fabs(outcome.score) <= z;
  return wald_holds(kind.scale, outcome.estimate, outcome.std_error, truth, z);
}

double binomial_coverage(double p, double trials, IntervalKind const& kind, double z) {
  boost::math::binomial const law(trials, p);
  double coverage = 0;
  for (double k = 0; k <= trials; ++k) {
    double const estimate = k / trials;
    Outcome const outcome{estimate, std::sqrt(estimate * (1 - estimate) / trials),
                          (estimate - p) / std::sqrt(p * (1 - p) / trials)};
    bool const held = kind.method == IntervalMethod::agresti_coull ? agresti_coull_holds(estimate, trials, p, z)
                                                                   : holds(kind, outcome, p, z);
    if (held) coverage += boost::math::pdf(law, k);
  }
  return coverage;
}

/// Beyond 40 standard deviations and 100 counts nothing is left.
double last_count(double mean, double sd) { return mean + 40 * sd + 100; }

double poisson_coverage(double mean, double n, IntervalKind const& kind, double z) {
  boost::math::poisson const law(n * mean);
  double coverage = 0;
  for (double k = 0; k <= last_count(n * mean, std::sqrt(n * mean)); ++k) {
    double const estimate = k / n;
    if (holds(kind, {estimate, std::sqrt(estimate / n), (estimate - mean) / std::sqrt(mean / n)}, mean, z))
      coverage += boost::math::pdf(law, k);
  }
  return coverage;
}

/// k failures before n successes: estimate n/(n + k), information 1/(p^2 (1 - p)), score n/p - k/(1 - p).
double geometric_coverage(double p, double n, IntervalKind const& kind, double z) {
  boost::math::negative_binomial const law(n, p);
  double coverage = 0;
  for (double k = 0; k <= last_count(n * (1 - p) / p, std::sqrt(n * (1 - p)) / p); ++k) {
    double const estimate = n / (n + k);
    Outcome const outcome{estimate, estimate * std::sqrt((1 - estimate) / n),
                          (n * (1 - p) - k * p) / std::sqrt(n * (1 - p))};
    if (holds(kind, outcome, p, z)) coverage += boost::math::pdf(law, k);
  }
  return coverage;
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

/// P(w in ends), where w^power = G/mean for a law of G.
template <class Law>
double chance(Law const& law, double mean, double power, Ends const& ends) {
  double const one = std::pow(ends.lower, power), other = std::pow(ends.upper, power);
  auto const below = [&](double x) { return x < infinity ? boost::math::cdf(law, mean * x) : 1.0; };
  return below(std::max(one, other)) - below(std::min(one, other));
}

/// w^power = G/mean with information v^-2 of one observation at theta = 1. The score in units of its root information
/// is sqrt(n) (1 - w^power)/(v |power|).
template <class Law>
std::optional<double> scale_coverage(Law const& law, double mean, double power, double v, double n,
                                     IntervalKind const& kind, double z) {
  double const reach = z * v / std::sqrt(n);
  auto const ends =
      kind.method == IntervalMethod::score ? power_ends(power, std::fabs(power) * reach) : wald_ends(kind.scale, reach);
  if (!ends) return std::nullopt;
  return chance(law, mean, power, *ends);
}

// ---- means ----------------------------------------------------------------------------------------------------------

/// With T Student's statistic on n - 1 degrees of freedom and q = T^2/(n - 1), Wald holds the mean where n q <= z^2,
/// and score, whose variance is estimated under the hypothesis by (1 + q) times sd^2, where n q/(1 + q) <= z^2.
double student_coverage(double n, IntervalMethod method, double z) {
  double const share = z * z / n;
  double const q = method != IntervalMethod::score ? share : share < 1 ? share / (1 - share) : infinity;
  if (q == infinity) return 1;
  return 1 - 2 * boost::math::cdf(boost::math::students_t(n - 1), -std::sqrt((n - 1) * q));
}

}  // namespace

std::optional<double> exact_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind,
                                     double z) {
  if (kind.method == IntervalMethod::likelihood_ratio) return std::nullopt;
  auto const size = static_cast<double>(n);
  double const truth = law.theta[a];
  if (auto const trials = trial_count(law, n)) return binomial_coverage(truth, *trials, kind, z);
  auto const& name = law.model->card().name;
  if (name == "poisson") return poisson_coverage(truth, size, kind, z);
  if (name == "geometric") return geometric_coverage(truth, size, kind, z);
  // w = G/n: n rate/sum x, and n/sum log(x/minimum), with G ~ Gamma(n, 1).
  if (name == "exponential" || name == "pareto")
    return scale_coverage(boost::math::gamma_distribution<>(size, 1.0), size, 1, 1, size, kind, z);
  // w^-2 = G/n with G = sum x^2/(2 scale^2) ~ Gamma(n, 1), information 4/scale^2.
  if (name == "rayleigh")
    return scale_coverage(boost::math::gamma_distribution<>(size, 1.0), size, -2, 0.5, size, kind, z);
  // w^-2 = G/n with G = sum (x - mean)^2/sd^2 ~ chi^2_{n - 1}, information 2/sd^2.
  if (name == "normal" && a == 1 && n > 1)
    return scale_coverage(boost::math::chi_squared(size - 1), size, -2, std::sqrt(0.5), size, kind, z);
  if (kind.scale != Scale::identity) return std::nullopt;
  if (name == "normal" && n > 1) return student_coverage(size, kind.method, z);
  if (name == "normal_mean") return 1 - 2 * boost::math::cdf(boost::math::normal(), -z);
  return std::nullopt;
}

}  // namespace fisherlab::claims
