#include "claims/exact_coverage.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

namespace fisherlab::claims {
namespace {

double binomial_coverage(double p, std::int64_t n, IntervalMethod method, double z) {
  auto const size = static_cast<double>(n);
  boost::math::binomial const law(size, p);
  double coverage = 0;
  for (std::int64_t k = 0; k <= n; ++k) {
    double const estimate = static_cast<double>(k) / size;
    double const variance = method == IntervalMethod::wald ? estimate * (1 - estimate) / size : p * (1 - p) / size;
    if (std::fabs(estimate - p) <= z * std::sqrt(variance)) coverage += boost::math::pdf(law, static_cast<double>(k));
  }
  return coverage;
}

double poisson_coverage(double mean, std::int64_t n, IntervalMethod method, double z) {
  auto const size = static_cast<double>(n);
  double const total = size * mean;
  boost::math::poisson const law(total);
  // Beyond 40 standard deviations and 100 counts nothing is left.
  auto const last = static_cast<std::int64_t>(total + 40 * std::sqrt(total) + 100);
  double coverage = 0;
  for (std::int64_t k = 0; k <= last; ++k) {
    double const estimate = static_cast<double>(k) / size;
    double const variance = method == IntervalMethod::wald ? estimate / size : mean / size;
    if (std::fabs(estimate - mean) <= z * std::sqrt(variance))
      coverage += boost::math::pdf(law, static_cast<double>(k));
  }
  return coverage;
}

/// The estimate is n rate/G with G ~ Gamma(n, 1). Wald: |n/G - 1| <= z/sqrt(n) n/G. Score: |1 - G/n| <= z/sqrt(n).
/// Both read n - z sqrt(n) <= G <= n + z sqrt(n).
double exponential_coverage(std::int64_t n, double z) {
  auto const size = static_cast<double>(n);
  boost::math::gamma_distribution<> const law(size, 1.0);
  double const reach = z * std::sqrt(size);
  return boost::math::cdf(law, size + reach) - boost::math::cdf(law, std::max(size - reach, 0.0));
}

}  // namespace

std::optional<double> exact_coverage(Law const& law, std::int64_t n, IntervalMethod method, double z) {
  if (method == IntervalMethod::likelihood_ratio) return std::nullopt;
  auto const& name = law.model->card().name;
  if (name == "bernoulli") return binomial_coverage(law.theta[0], n, method, z);
  if (name == "poisson") return poisson_coverage(law.theta[0], n, method, z);
  if (name == "exponential") return exponential_coverage(n, z);
  return std::nullopt;
}

}  // namespace fisherlab::claims
