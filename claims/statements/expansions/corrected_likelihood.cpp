#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/normal.hpp"

namespace fisherlab::claims {
namespace {

/// A family in which everything is a function of a pivot u whose law is known, and rises with it.
///   directed: r, the signed root of the likelihood ratio;   modified: r* = r + log(q/r)/r;
///   factor: b of Bartlett's 1 + b/n, to first order.
struct Exact {
  std::function<double(double)> directed, modified, cdf;
  double factor = 0;
};

/// r* of r and q; `limit` where r is 0.
double modified_root(double r, double q, double limit) {
  return std::fabs(r) < 1e-5 ? r + limit : r + std::log(q / r) / r;
}

/// An exponential rate: w = rate/estimate = exp(-u), n w ~ Gamma(n, 1).
///   likelihood ratio 2 n (w - 1 - log w), q = sqrt(n) (1 - w) of the canonical parameter, b = 1/6.
/// Near w = 1 q/r = 1 - (w - 1)/3 + ... and r = -sqrt(n) (w - 1) + ..., so log(q/r)/r -> 1/(3 sqrt n).
Exact exponential_rate(double n) {
  Exact law;
  law.directed = [n](double u) {
    double const excess = std::expm1(-u);
    return std::copysign(std::sqrt(2 * n * std::max(0.0, excess - std::log1p(excess))), u);
  };
  law.modified = [n, r = law.directed](double u) {
    return modified_root(r(u), -std::sqrt(n) * std::expm1(-u), 1 / (3 * std::sqrt(n)));
  };
  law.cdf = [n](double u) { return gamma_tail(n * std::exp(-u), {n}); };
  law.factor = 1.0 / 6;
  return law;
}

/// A normal mean whose standard deviation is not known: u = (mean - theta)/s, s^2 with divisor n, sqrt(n - 1) u
/// Student.
///   likelihood ratio n log(1 + u^2), q = sqrt(n) u/(1 + u^2).
/// q follows from Barndorff-Nielsen's formula with derivatives along the sample, V = (1, (y - mean)/s): with s~^2 =
/// s^2 (1 + u^2) the constrained variance, the determinant of those of l(theta_hat) - l(theta~) and of dl(theta~)/ds is
/// 2 n^2 u/s~^3, that of dl/d(mean, s) at the estimate 2 n^2/s^4, and the informations 2 n^2/s^4 over 2 n/s~^2 have the
/// root sqrt(n) s~/s^2. Then n E log(1 + u^2) = n (psi(n/2) - psi((n - 1)/2)) = 1 + 3/(2 n) + ..., so b = 3/2.
Exact normal_mean(double n) {
  Exact law;
  law.directed = [n](double u) { return std::copysign(std::sqrt(n * std::log1p(u * u)), u); };
  law.modified = [n, r = law.directed](double u) { return modified_root(r(u), std::sqrt(n) * u / (1 + u * u), 0); };
  law.cdf = [n](double u) { return student_cdf(std::sqrt(n - 1) * u, {n - 1}); };
  law.factor = 1.5;
  return law;
}

/// The u nearest to 0 with f(u) = value, for an f that rises from 0 on until there.
double place(std::function<double(double)> const& f, double value) {
  double near = 0, far = std::copysign(0.01, value);
  while (std::fabs(f(far)) < std::fabs(value) && std::fabs(far) < 100) {
    near = far;
    far *= 1.1;
  }
  for (int k = 0; k < 100; ++k) {
    double const middle = 0.5 * (near + far);
    (std::fabs(f(middle)) < std::fabs(value) ? near : far) = middle;
  }
  return 0.5 * (near + far);
}

constexpr double critical = 1.959963984540054;

/// |P(ratio/(1 + b/n) <= z^2) - 0.95|, b = 0 unless corrected.
double error_of_ratio(Exact const& law, double factor) {
  double const root = critical * std::sqrt(factor);
  double const inside = law.cdf(place(law.directed, root)) - law.cdf(place(law.directed, -root));
  return std::fabs(inside - (2 * normal_cdf(critical) - 1));
}

/// The larger |P(f <= z) - Phi(z)| of both tails.
double error_of_root(Exact const& law, std::function<double(double)> const& f) {
  double largest = 0;
  for (double const z : {-critical, critical})
    largest = std::max(largest, std::fabs(law.cdf(place(f, z)) - normal_cdf(z)));
  return largest;
}

double error_at(Exact const& law, std::string const& statistic, double n) {
  if (statistic == "ratio") return error_of_ratio(law, 1);
  if (statistic == "bartlett") return error_of_ratio(law, 1 + law.factor / n);
  return error_of_root(law, statistic == "r-star" ? law.modified : law.directed);
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  bool const is_normal = is_law_of<sim::Normal>(law);
  expects(is_normal || is_law_of<sim::Exponential>(law),
          "corrected-likelihood knows the exact laws of an exponential rate and of a normal mean, choose the model "
          "exponential or normal");
  expects(the_case.sizes.size() >= 3, "a rate of decay needs at least three sample sizes, give a longer grid n");
  auto const statistic = text_option(the_case, "statistic");
  StatedFinding finding;
  finding.statistic = "rate in n of the error of the law of " + statistic + " at the 95 % points";
  for (auto const n : the_case.sizes) finding.n += (finding.n.empty() ? "" : ";") + std::to_string(n);
  finding.region = {RegionKind::at_least, number_option(the_case, "rate"), 0.25, {}};
  calculation.findings.push_back(finding);
  expects(!is_normal || *std::ranges::min_element(the_case.sizes) > 1,
          "a standard deviation is not estimated from one observation, let n begin at 2");
  calculation.carry_out = [statistic, is_normal, sizes = the_case.sizes] {
    constexpr double bound = 1e-13;
    std::vector<RatePoint> points;
    // In units of 1e-6, so that what rate_of_decay() takes for rounding lies at 1e-15.
    for (auto const n : sizes) {
      auto const size = static_cast<double>(n);
      double const error = error_at(is_normal ? normal_mean(size) : exponential_rate(size), statistic, size);
      points.push_back(
          {static_cast<double>(n), {1e6 * error, 0, 1e6 * std::max(0.0, error - bound), 1e6 * (error + bound)}});
    }
    return std::vector{calculated_rate(points, "error of the law of " + statistic + " at the 95 % points", 1e-6)};
  };
}

}  // namespace

Claim corrected_likelihood() {
  return {
      {.id = "corrected-likelihood",
       .statement = "beyond, second order",
       .title = "Bartlett's factor and the modified directed likelihood speed up the law of a likelihood ratio",
       .formula = "P(2 log LR/(1 + b/n) <= c) = P(chi^2_1 <= c) + O(1/n^2), without b O(1/n); P(r* <= z) = Phi(z) + "
                  "O(n^-3/2), r alone O(n^-1/2); where the law is symmetric O(n^-2) and O(1/n)",
       .evidence = "the exact law of the statistics of an exponential rate, by the gamma law of the total, or of a "
                   "normal mean whose standard deviation is not known, by Student's: errors at the 95 % points over a "
                   "grid of n, and their rate; deterministic",
       .null_law = null_law::calculated,
       .margin = "the rate is at least the stated one less 0.25",
       .control = "the rate of the corrected statistic claimed for the plain one (statistic = ratio, rate = 2)",
       .options = {{"statistic", "whose law is compared", "bartlett", {"ratio", "bartlett", "r", "r-star"}},
                   {"rate", "least exponent of 1/n", "2", {}}},
       .source = "Bartlett (1937), Proc. R. Soc. Lond. A 160, 268-282; Barndorff-Nielsen (1986), Biometrika 73, "
                 "307-322; b and r* for both laws derived in claims/statements/expansions/"
                 "corrected_likelihood.cpp"},
      &ask,
      false,
      true};
}

}  // namespace fisherlab::claims
