#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/binomial.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/geometric.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/poisson.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// V(m) = v0 + v1 m + v2 m^2 for the mean m of an observation, so that (X^2 - v1 X - v0)/(1 + v2) has the mean m^2.
struct Quadratic {
  double v0, v1, v2;
};

/// Source: Morris (1982), Ann. Statist. 10, 65-80, table 1.
bool variance_function(Law const& law, Quadratic& v) {
  auto const constants = law.model->constants();
  if (is_law_of<sim::NormalMean>(law))
    v = {constants[0] * constants[0], 0, 0};
  else if (is_law_of<sim::Poisson>(law))
    v = {0, 1, 0};
  else if (is_law_of<sim::Exponential>(law))
    v = {0, 0, 1};
  else if (is_law_of<sim::Geometric>(law))
    v = {0, 1, 1};
  else if (is_law_of<sim::Binomial>(law) && constants[0] > 1)
    v = {0, 1, -1 / constants[0]};
  else
    return false;
  return true;
}

/// Share of Var t that t's regression on the derivatives p'/p, and on p'/p and p''/p, explains.
struct Explained {
  double by_first = 0, by_both = 0;
};

Explained explained(Law const& law, Quadratic const& v) {
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  auto const functions = [&](sim::Sample const& one, double centre, Lanes& t, Lanes& first, Lanes& second) {
    Lanes const x = one(0, 0);
    t = (x * x - v.v1 * x - v.v0) / (1 + v.v2) - centre;
    Lanes hessian;
    law.model->derivatives(one, theta.data(), &first, &hessian);
    second = first * first + hessian;  // p''/p
  };
  double const mean = expectation_of(law, 1, [&](sim::Sample const& one, Lanes* out) {
    Lanes first, second;
    functions(one, 0, out[0], first, second);
  })[0];
  auto const m = expectation_of(law, 6, [&](sim::Sample const& one, Lanes* out) {
    Lanes t, first, second;
    functions(one, mean, t, first, second);
    out[0] = t * t;
    out[1] = t * first;
    out[2] = t * second;
    out[3] = first * first;
    out[4] = first * second;
    out[5] = second * second;
  });
  double const determinant = m[3] * m[5] - m[4] * m[4];
  double const both = (m[1] * m[1] * m[5] - 2 * m[1] * m[2] * m[4] + m[2] * m[2] * m[3]) / determinant;
  return {m[1] * m[1] / (m[3] * m[0]), both / m[0]};
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  Quadratic v{};
  expects(variance_function(law, v),
          "bhattacharyya is about the squared mean of normal_mean, poisson, exponential, "
          "geometric and binomial (two trials or more), choose one of them");
  auto const order = text_option(the_case, "order");
  auto const efficiency = text_option(the_case, "efficiency");
  double const margin = number_option(the_case, "margin");
  bool const first_too = order == "both";
  if (order != "second")
    add_calculated(calculation, "first bound over the variance of the best unbiased estimate of the squared mean",
                   efficiency.empty() ? exactly(RegionKind::at_most, 1.0, margin)
                                      : exactly(RegionKind::equal, number_option(the_case, "efficiency"), margin,
                                                std::max(rounding_of_exact_values, rounding_as_written(efficiency))));
  if (order != "first") add_calculated(calculation, "second bound over it", exactly(RegionKind::equal, 1.0, margin));
  calculation.carry_out = [law, v, order, first_too] {
    auto const share = explained(law, v);
    constexpr double bound = 1e-7;
    std::vector<Calculated> found;
    if (first_too || order == "first") found.push_back(calculated(share.by_first, bound));
    if (first_too || order == "second") found.push_back(calculated(share.by_both, bound));
    return found;
  };
}

}  // namespace

Claim bhattacharyya() {
  return {
      {.id = "bhattacharyya",
       .statement = "beyond, biased bounds",
       .title = "Where the bound is not attained, the second derivative of the density raises it",
       .formula = "Var t >= (g', g'') V^-1 (g', g'')', V = Cov(p'/p, p''/p); attained by the best unbiased estimate of "
                  "a squared mean",
       .evidence = "quadrature of the covariances of (X^2 - v1 X - v0)/(1 + v2), p'/p and p''/p: the shares of its "
                   "variance that the first, and both, explain; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "the first bound claimed to be attained (order = first, efficiency = 1)",
       .options = {margin_option("1e-6"),
                   {"order", "of the bound that is stated", "both", {"both", "first", "second"}},
                   {"efficiency", "exact share of the first; empty: at most 1", "", {}}},
       .source = "Bhattacharyya (1946), Sankhya 8, 1-14"},
      &ask};
}

}  // namespace fisherlab::claims
