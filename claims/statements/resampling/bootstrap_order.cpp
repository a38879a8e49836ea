#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "claims/claim.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/instruments/exact/exact_resampled_coverage.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// The parametric bootstrap with infinitely many resamples, of a scale-like parameter: log(t*/t) and log(t/theta) have
/// one law H.
struct ScaleFamily {
  std::function<double(double)> cdf;  ///< H
  double acceleration = 0;            ///< a sixth of the skewness of the score of the sample

  double quantile(double p) const {
    double low = -1, high = 1;
    while (cdf(low) > p) low *= 2;
    while (cdf(high) < p) high *= 2;
    for (int k = 0; k < 200; ++k) {
      double const middle = 0.5 * (low + high);
      (cdf(middle) < p ? low : high) = middle;
    }
    return 0.5 * (low + high);
  }
};

/// The integral of y^(k-1) P(Y > y) over y > 0 times k, the share of E |Y|^k on one side; by Simpson's rule up to where
/// 1e-17 is left.
double side_of_moment(int k, std::function<double(double)> const& tail) {
  constexpr int steps = 4000;
  double last = 1e-3;
  while (tail(last) > 1e-17) last *= 1.25;
  double sum = 0;
  for (int i = 1; i <= steps; ++i) {
    double const y = i * last / steps;
    sum += (i == steps ? 1 : i % 2 == 1 ? 4 : 2) * std::pow(y, k - 1) * tail(y);  // 0 at y = 0
  }
  return k * sum * last / (3 * steps);
}

/// A sixth of the skewness of the score, which is that of G: it rises with theta where the power is below 0, and falls
/// where it is above.
ScaleFamily family_of(sim::ScaledEstimate const& law) {
  auto const above = [&](double y) { return 1 - law.cdf(law.mean * (1 + y)); };
  auto const below = [&](double y) { return y < 1 ? law.cdf(law.mean * (1 - y)) : 0.0; };
  double const variance = side_of_moment(2, above) + side_of_moment(2, below);
  double const third = side_of_moment(3, above) - side_of_moment(3, below);
  double const skewness = third / (variance * std::sqrt(variance));
  return {log_ratio_cdf(law), (law.power > 0 ? -1 : 1) * skewness / 6};
}

constexpr double z95 = 1.6448536269514722;

/// The level at which BCa reads the resamples for a normal point z; without acceleration, or plain.
double corrected_level(ScaleFamily const& family, std::string const& interval, double z) {
  if (interval == "percentile") return normal_cdf(z);
  double const z0 = normal_quantile(family.cdf(0));
  double const a = interval == "bca" ? family.acceleration : 0;
  return normal_cdf(z0 + (z0 + z) / (1 - a * (z0 + z)));
}

/// The larger error of the two one-sided 95 % limits: P(theta <= t e^q) = P(log(t/theta) >= -q) against the level.
double error_of(ScaleFamily const& family, std::string const& interval) {
  double largest = 0;
  for (double const z : {-z95, z95}) {
    double const q = family.quantile(corrected_level(family, interval, z));
    largest = std::max(largest, std::fabs(1 - family.cdf(-q) - normal_cdf(z)));
  }
  return largest;
}

sim::ScaledEstimate scaled_law(Law const& law, std::int64_t n) {
  auto const& offered = law.model->offers().law_of_estimate;
  auto const exact = offered ? offered(law.theta, 0, n) : std::nullopt;
  expects(exact && std::holds_alternative<sim::ScaledEstimate>(*exact),
          "bootstrap-order knows the exact law of estimates of scale-like parameters alone, choose exponential, "
          "rayleigh or pareto");
  return std::get<sim::ScaledEstimate>(*exact);
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  expects(the_case.sizes.size() >= 3, "a rate of decay needs at least three sample sizes, give a longer grid n");
  for (auto const n : the_case.sizes) scaled_law(law, n);  // refused when asked
  auto const interval = text_option(the_case, "interval");
  auto const statistic = "error of the one-sided 95 % limits, " + interval;
  StatedFinding finding;
  finding.statistic = "rate in n of the " + statistic;
  for (auto const n : the_case.sizes) finding.n += (finding.n.empty() ? "" : ";") + std::to_string(n);
  finding.region = {RegionKind::at_least, number_option(the_case, "rate"), 0.1, {}};
  calculation.findings.push_back(finding);
  calculation.carry_out = [law, interval, statistic, sizes = the_case.sizes] {
    constexpr double bound = 1e-10;
    std::vector<RatePoint> points;
    for (auto const n : sizes) {
      double const error = error_of(family_of(scaled_law(law, n)), interval);
      // In units of 1e-6, so that what rate_of_decay() takes for rounding lies at 1e-15.
      points.push_back(
          {static_cast<double>(n), {1e6 * error, 0, 1e6 * std::max(0.0, error - bound), 1e6 * (error + bound)}});
    }
    return std::vector{calculated_rate(points, statistic, 1e-6)};
  };
}

}  // namespace

Claim bootstrap_order() {
  return {
      {.id = "bootstrap-order",
       .statement = "beyond, resampling",
       .title = "Percentiles of resamples err by 1/sqrt(n) on one side, and by 1/n once bias and acceleration are "
                "corrected",
       .formula = "P(theta <= t*_p) = p + O(n^-1/2); at p' = Phi(z0 + (z0 + z)/(1 - a (z0 + z))) p + O(1/n)",
       .evidence =
           "the parametric bootstrap of a scale-like parameter with infinitely many resamples, by the exact law "
           "of its estimate: errors of both one-sided 95 % limits over a grid of n, and their rate; "
           "deterministic",
       .null_law = null_law::calculated,
       .margin = "the rate is at least the stated one less 0.1",
       .control = "the rate 1 claimed for plain percentiles, or for the bias correction without the acceleration "
                  "(interval = bias-corrected)",
       .options = {{"interval", "whose limits", "bca", {"percentile", "bias-corrected", "bca"}},
                   {"rate", "least exponent of 1/n", "1", {}}},
       .source = "Efron (1987), J. Amer. Statist. Assoc. 82, 171-185; Hall (1988), Ann. Statist. 16, 927-953",
       .hypotheses = "A scale-like parameter whose estimate has an exact law; the bootstrap from the fitted model."},
      &ask,
      false,
      true};
}

}  // namespace fisherlab::claims
