#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/exact/natural_component.hpp"
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

/// A parameter whose mean m has the variance V(m) = v0 + v1 m + v2 m^2, so that (X^2 - v1 X - v0)/(1 + v2) has the mean
/// m^2.
struct Quadratic {
  QuadraticVariance v;
  std::size_t component = 0;
};

/// Source of those in closed form: Morris (1982), Ann. Statist. 10, 65-80, table 1; those of other models by
/// quadrature.
std::optional<Quadratic> variance_function(Law const& law) {
  auto const constants = law.model->constants();
  if (is_law_of<sim::NormalMean>(law)) return Quadratic{{constants[0] * constants[0], 0, 0}};
  if (is_law_of<sim::Poisson>(law)) return Quadratic{{0, 1, 0}};
  if (is_law_of<sim::Exponential>(law)) return Quadratic{{0, 0, 1}};
  if (is_law_of<sim::Geometric>(law)) return Quadratic{{0, 1, 1}};
  if (is_law_of<sim::Binomial>(law)) return Quadratic{{0, 1, -1 / constants[0]}};
  auto const a = natural_component(law);
  auto const v = a ? quadratic_variance(law, *a) : std::nullopt;
  return v ? std::optional(Quadratic{*v, *a}) : std::nullopt;
}

/// Share of Var t that t's regression on the derivatives p'/p, and on p'/p and p''/p, explains.
struct Explained {
  double by_first = 0, by_both = 0;
};

Explained explained(Law const& law, Quadratic const& quadratic) {
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  std::vector<Lanes> score(theta.size()), hessian(sim::packed_size(theta.size()));
  auto const functions = [&, v = quadratic.v, a = quadratic.component](sim::Sample const& one, double centre, Lanes& t,
                                                                       Lanes& first, Lanes& second) {
    Lanes const x = one(0, 0);
    t = (x * x - v.v1 * x - v.v0) / (1 + v.v2) - centre;
    law.model->derivatives(one, theta.data(), score.data(), hessian.data());
    first = score[a];
    second = first * first + hessian[sim::packed_index(a, a)];  // p''/p
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
  auto const quadratic = variance_function(law);
  expects(
      quadratic && std::fabs(1 + quadratic->v.v2) > 1e-6,
      "bhattacharyya is about the squared mean of a natural exponential family whose variance is a quadratic of its "
      "mean (not that of single trials), and " +
          law.model->card().name + " is none at this theta; choose another model");
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
  calculation.carry_out = [law, quadratic = *quadratic, order, first_too] {
    auto const share = explained(law, quadratic);
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
