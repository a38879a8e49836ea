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

namespace fisherlab::claims {
namespace {

/// For an exponential rate everything is a function of w = rate/estimate, and n w ~ Gamma(n, 1).
///   likelihood ratio 2 n (w - 1 - log w), directed r = sign(1 - w) of its root, q = sqrt(n) (1 - w) of the canonical
///   parameter, r* = r + log(q/r)/r.
struct Exponential {
  double n = 1;

  double directed(double w) const {
    double const u = w - 1;
    return std::copysign(std::sqrt(2 * n * std::max(0.0, u - std::log1p(u))), -u);
  }
  double modified(double w) const {
    double const r = directed(w);
    double const q = std::sqrt(n) * (1 - w);
    // At w = 1 the limit: q/r = 1 - (w - 1)/3 + ..., r = -sqrt(n) (w - 1) + ..., so log(q/r)/r -> 1/(3 sqrt n).
    return std::fabs(w - 1) < 1e-5 ? r + 1 / (3 * std::sqrt(n)) : r + std::log(q / r) / r;
  }
  double cdf(double w) const { return gamma_cdf(n * w, {n}); }
  /// w with f(w) = value, for a decreasing f.
  double place(std::function<double(double)> const& f, double value) const {
    double low = 1e-12, high = 1;
    while (f(high) > value) high *= 2;
    for (int k = 0; k < 200; ++k) {
      double const middle = 0.5 * (low + high);
      (f(middle) > value ? low : high) = middle;
    }
    return 0.5 * (low + high);
  }
  /// P(f(W) <= value) for a decreasing f.
  double at_most(std::function<double(double)> const& f, double value) const { return 1 - cdf(place(f, value)); }
};

constexpr double critical = 1.959963984540054;

/// |P(ratio/(1 + b/n) <= z^2) - 0.95|, b = 1/6 or 0.
double error_of_ratio(double n, bool is_corrected) {
  Exponential const law{n};
  double const root = critical * std::sqrt(is_corrected ? 1 + 1 / (6 * n) : 1);
  auto const r = [&](double w) { return law.directed(w); };
  double const inside = law.at_most(r, root) - law.at_most(r, -root);
  return std::fabs(inside - (2 * normal_cdf(critical) - 1));
}

/// The larger |P(r <= z) - Phi(z)| of both tails, r directed or modified.
double error_of_directed(double n, bool is_modified) {
  Exponential const law{n};
  double largest = 0;
  for (double const z : {-critical, critical}) {
    auto const r = [&](double w) { return is_modified ? law.modified(w) : law.directed(w); };
    largest = std::max(largest, std::fabs(law.at_most(r, z) - normal_cdf(z)));
  }
  return largest;
}

double error_at(std::string const& statistic, double n) {
  if (statistic == "ratio" || statistic == "bartlett") return error_of_ratio(n, statistic == "bartlett");
  return error_of_directed(n, statistic == "r-star");
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  expects(is_law_of<sim::Exponential>(law),
          "corrected-likelihood knows the exact laws of an exponential rate, choose the model exponential");
  expects(the_case.sizes.size() >= 3, "a rate of decay needs at least three sample sizes, give a longer grid n");
  auto const statistic = text_option(the_case, "statistic");
  StatedFinding finding;
  finding.statistic = "rate in n of the error of the law of " + statistic + " at the 95 % points";
  for (auto const n : the_case.sizes) finding.n += (finding.n.empty() ? "" : ";") + std::to_string(n);
  finding.region = {RegionKind::at_least, number_option(the_case, "rate"), 0.25, {}};
  calculation.findings.push_back(finding);
  calculation.carry_out = [statistic, sizes = the_case.sizes] {
    constexpr double bound = 1e-13;
    std::vector<RatePoint> points;
    // In units of 1e-6, so that what rate_of_decay() takes for rounding lies at 1e-15.
    for (auto const n : sizes) {
      double const error = error_at(statistic, static_cast<double>(n));
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
                  "O(n^-3/2), r alone O(n^-1/2)",
       .evidence = "the exact law of an exponential rate's statistics, by the gamma law of the total: errors at the "
                   "95 % points over a grid of n, and their rate; deterministic",
       .null_law = null_law::calculated,
       .margin = "the rate is at least the stated one less 0.25",
       .control = "the rate of the corrected statistic claimed for the plain one (statistic = ratio, rate = 2)",
       .options = {{"statistic", "whose law is compared", "bartlett", {"ratio", "bartlett", "r", "r-star"}},
                   {"rate", "least exponent of 1/n", "2", {}}},
       .source = "Bartlett (1937), Proc. R. Soc. Lond. A 160, 268-282; Barndorff-Nielsen (1986), Biometrika 73, "
                 "307-322; b and r* for the exponential law derived in claims/statements/expansions/"
                 "corrected_likelihood.cpp"},
      &ask,
      false,
      true};
}

}  // namespace fisherlab::claims
