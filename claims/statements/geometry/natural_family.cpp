#include <algorithm>
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
#include "sim/models/bernoulli.hpp"
#include "sim/models/binomial.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/geometric.hpp"
#include "sim/models/inverse_gaussian.hpp"
#include "sim/models/negative_binomial.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/poisson.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using Vector = std::vector<double>;

/// A natural exponential family p = exp(eta x - A(eta)) b(x) inside a model: the parameter that moves along it, the
/// others known.
struct Family {
  bool (*is_inside)(Law const&) = nullptr;  ///< whether a law's model has it
  std::string parameter;
  std::string variance_function;  ///< V(m), m the mean of an observation, in words
  double (*variance)(double m, Vector const& theta, Vector const& constants);
  double (*canonical_slope)(Vector const& theta, Vector const& constants);  ///< d parameter/d eta
};

/// Source: Morris (1982), Ann. Statist. 10, 65-80, table 1, for the six quadratic families; the others by A''.
std::vector<Family> families() {
  return {
      {&is_law_of<sim::NormalMean>, "mean", "sd^2", [](double, Vector const&, Vector const& c) { return c[0] * c[0]; },
       [](Vector const&, Vector const& c) { return c[0] * c[0]; }},
      {&is_law_of<sim::Normal>, "mean", "sd^2", [](double, Vector const& t, Vector const&) { return t[1] * t[1]; },
       [](Vector const& t, Vector const&) { return t[1] * t[1]; }},
      {&is_law_of<sim::Poisson>, "mean", "m", [](double m, Vector const&, Vector const&) { return m; },
       [](Vector const& t, Vector const&) { return t[0]; }},
      {&is_law_of<sim::Exponential>, "rate", "m^2", [](double m, Vector const&, Vector const&) { return m * m; },
       [](Vector const&, Vector const&) { return -1.0; }},
      {&is_law_of<sim::Gamma>, "rate", "m^2/shape",
       [](double m, Vector const& t, Vector const&) { return m * m / t[0]; },
       [](Vector const&, Vector const&) { return -1.0; }},
      {&is_law_of<sim::Bernoulli>, "p", "m (1 - m)", [](double m, Vector const&, Vector const&) { return m * (1 - m); },
       [](Vector const& t, Vector const&) { return t[0] * (1 - t[0]); }},
      {&is_law_of<sim::Binomial>, "p", "m - m^2/trials",
       [](double m, Vector const&, Vector const& c) { return m - m * m / c[0]; },
       [](Vector const& t, Vector const&) { return t[0] * (1 - t[0]); }},
      {&is_law_of<sim::Geometric>, "p", "m + m^2", [](double m, Vector const&, Vector const&) { return m + m * m; },
       [](Vector const& t, Vector const&) { return t[0] - 1; }},
      {&is_law_of<sim::NegativeBinomial>, "mean", "m + m^2/size",
       [](double m, Vector const& t, Vector const&) { return m + m * m / t[1]; },
       [](Vector const& t, Vector const&) { return t[0] + t[0] * t[0] / t[1]; }},
      {&is_law_of<sim::InverseGaussian>, "mean", "m^3/shape",
       [](double m, Vector const& t, Vector const&) { return m * m * m / t[1]; },
       [](Vector const& t, Vector const&) { return t[0] * t[0] * t[0] / t[1]; }}};
}

/// Moments of one observation with the score of component a, by quadrature.
struct Moments {
  double mean = 0, variance = 0;  ///< of X
  double with_score = 0;          ///< Cov(X, s_a), the derivative of the mean
  double information = 0;         ///< E s_a^2
};

Moments moments_of(Law const& law, std::size_t a) {
  Moments result;
  result.mean = expectation_of(law, 1, [](sim::Sample const& one, Lanes* out) { out[0] = one(0, 0); })[0];
  ScoreOfOne score_of(law);
  std::vector<Lanes> score(law.theta.size());
  auto const values = expectation_of(law, 3, [&](sim::Sample const& one, Lanes* out) {
    score_of(one, score.data());
    Lanes const x = one(0, 0) - result.mean;
    out[0] = x * x;
    out[1] = x * score[a];
    out[2] = score[a] * score[a];
  });
  result.variance = values[0];
  result.with_score = values[1];
  result.information = values[2];
  return result;
}

/// E (dl/d eta)^2, by automatic differentiation of the log density along d parameter/d eta.
double canonical_information(Law const& law, std::size_t a, double slope) {
  Vector tangent(law.theta.size());
  tangent[a] = slope;
  return expectation_of(law, 1, [&](sim::Sample const& one, Lanes* out) {
    Lanes sum;
    law.model->offers().directional_scores(one, law.theta, tangent, sum, out[0]);
  })[0];
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  expects(law.model->dimension() == 1, "natural-family is about observations of one number, and one of " + card.name +
                                           " has several; choose another model");
  auto const known = families();
  auto const family = std::ranges::find_if(known, [&law](Family const& each) { return each.is_inside(law); });
  bool const is_family = family != known.end();
  expects(is_family || the_case.expected != Expectation::verified,
          "no natural exponential family is known inside " + card.name +
              "; declare it as a control with expect = \"refuted\" or choose another model");
  if (is_family)
    expects_offer(static_cast<bool>(law.model->offers().directional_scores), law,
                  directional_scores_for("natural-family"));
  auto const a =
      is_family
          ? static_cast<std::size_t>(std::ranges::find(card.parameters, family->parameter) - card.parameters.begin())
          : std::size_t{0};
  auto const one = exactly(RegionKind::equal, 1.0, number_option(the_case, "margin"));
  add_calculated(calculation, "information in the mean of " + card.parameters[a] + " times the variance", one);
  if (is_family) {
    add_calculated(calculation, "variance over " + family->variance_function + ", m the mean", one);
    add_calculated(calculation, "information in the canonical parameter over the variance", one);
  }
  calculation.carry_out = [law, a, is_family, family = is_family ? *family : Family{}] {
    auto const m = moments_of(law, a);
    constexpr double bound = 10 * quadrature_error;
    std::vector<Calculated> found = {calculated(m.information * m.variance / (m.with_score * m.with_score), bound)};
    if (is_family) {
      auto const constants = law.model->constants();
      found.push_back(calculated(m.variance / family.variance(m.mean, law.theta, constants), bound));
      found.push_back(
          calculated(canonical_information(law, a, family.canonical_slope(law.theta, constants)) / m.variance, bound));
    }
    return found;
  };
}

}  // namespace

Claim natural_family() {
  return {
      {.id = "natural-family",
       .statement = "beyond, geometry",
       .title = "In a natural exponential family I is the variance, or one over it",
       .formula = "I_eta = V(m), I_m = 1/V(m), V(m) = Var X, for p = exp(eta x - A(eta)) b(x)",
       .evidence = "quadrature of the variance, of E s^2 divided by the squared slope Cov(X, s) of the mean, and of "
                   "the squared score in eta by automatic differentiation; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "a logistic location, whose information in the mean is pi^2/9 = 1.0966 over its variance",
       .options = {margin_option("1e-6")},
       .source = "Morris (1982), Ann. Statist. 10, 65-80, section 2"},
      &ask};
}

}  // namespace fisherlab::claims
