#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// u' (packed) u.
Lanes quadratic(std::vector<double> const& u, std::vector<Lanes> const& packed) {
  Lanes sum(0.0);
  for (std::size_t a = 0; a < u.size(); ++a)
    for (std::size_t b = 0; b < u.size(); ++b)
      sum += u[a] * u[b] * packed[sim::packed_index(std::max(a, b), std::min(a, b))];
  return sum;
}

/// The axes of whitened theta, and between them: I^-1/2 e.
std::vector<std::vector<double>> directions_of(Law const& law) {
  auto const whitening = score_whitening(law);
  auto const p = law.theta.size();
  std::vector<std::vector<double>> result;
  std::vector<double> between(p);
  for (std::size_t b = 0; b < p; ++b) {
    std::vector<double> axis(p);
    for (std::size_t a = 0; a < p; ++a) {
      axis[a] = whitening.entries[a * p + b];
      between[a] += axis[a] / std::sqrt(static_cast<double>(p));
    }
    result.push_back(axis);
  }
  if (p > 1) result.push_back(between);
  return result;
}

/// Along each u: E l_uuu, E l_uu l_u and E l_u^3.
std::vector<double> moments_along(Law const& law, std::vector<std::vector<double>> const& directions) {
  auto const p = law.theta.size();
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  std::vector<Lanes> score(p), hessian(sim::packed_size(p)), slope(sim::packed_size(p));
  return expectation_of(law, 3 * directions.size(), [&](sim::Sample const& one, Lanes* out) {
    law.model->derivatives(one, theta.data(), score.data(), hessian.data());
    for (std::size_t k = 0; k < directions.size(); ++k) {
      auto const& u = directions[k];
      law.model->offers().hessian_slope(one, law.theta, u, slope.data());
      Lanes first(0.0);
      for (std::size_t a = 0; a < p; ++a) first += u[a] * score[a];
      out[3 * k] = quadratic(u, slope);
      out[3 * k + 1] = quadratic(u, hessian) * first;
      out[3 * k + 2] = first * first * first;
    }
  });
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  expects_offer(
      static_cast<bool>(law.model->offers().hessian_slope), law,
      {"third-bartlett", "third derivatives of its log density", "write its Hessian for numbers with derivatives"});
  double const factor = number_option(the_case, "factor");
  add_calculated(
      calculation,
      "largest |E l_uuu + " + text_option(the_case, "factor") + " E l_uu l_u + E l_u^3| over whitened directions u",
      exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")));
  calculation.carry_out = [law, factor] {
    auto const directions = directions_of(law);
    auto const m = moments_along(law, directions);
    Interval largest{0, 0, 0, 0};
    for (std::size_t k = 0; k < directions.size(); ++k) {
      double const sum = m[3 * k] + factor * m[3 * k + 1] + m[3 * k + 2];
      double const bound =
          4 * quadrature_error * (1 + std::fabs(m[3 * k]) + std::fabs(factor * m[3 * k + 1]) + std::fabs(m[3 * k + 2]));
      largest = larger_of(largest, distance_from({sum, 0, sum - bound, sum + bound}, 0));
    }
    return std::vector<Calculated>{{largest}};
  };
}

}  // namespace

Claim third_bartlett() {
  return {
      {.id = "third-bartlett",
       .statement = "beyond, second order",
       .title = "The third derivative of integral p = 1 gives a third identity",
       .formula = "E l_uuu + 3 E l_uu l_u + E l_u^3 = 0, derivatives of the log density along u",
       .evidence = "quadrature of the three terms along the axes of whitened theta and between them; third derivatives "
                   "by automatic differentiation; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "the factor 2 in the place of 3 (factor = 2)",
       .options = {margin_option("1e-6"), {"factor", "of the middle term", "3", {}}},
       .source = "Bartlett (1953), Biometrika 40, 12-19"},
      &ask};
}

}  // namespace fisherlab::claims
