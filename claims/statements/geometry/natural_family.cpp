#include <algorithm>
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

/// A natural exponential family p = exp(eta x - A(eta)) b(x) inside a model, in closed form: the parameter that moves
/// along it, the others known. Of other models, one's own among them, the parameter is found by natural_component().
struct Family {
  bool (*is_inside)(Law const&) = nullptr;  ///< whether a law's model has it
  std::string parameter;
  std::string variance_function;  ///< V(m), m the mean of an observation, in words
  double (*variance)(double m, Vector const& theta, Vector const& constants) = nullptr;
  double (*canonical_slope)(Vector const& theta, Vector const& constants) = nullptr;  ///< d parameter/d eta
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
  auto const place = std::ranges::find_if(known, [&law](Family const& each) { return each.is_inside(law); });
  bool const is_known = place != known.end();
  Family const family = is_known ? *place : Family{};
  auto const found = is_known ? std::optional(static_cast<std::size_t>(
                                    std::ranges::find(card.parameters, family.parameter) - card.parameters.begin()))
                              : natural_component(law);
  bool const is_family = found.has_value();
  expects(is_family || the_case.expected != Expectation::verified,
          "there is no natural exponential family inside " + card.name +
              " at this theta (no score is a linear function of the observation); declare it as a control with expect "
              "= \"refuted\" or choose another model");
  // Without an independent derivative of the density the canonical parameter has no source of its own.
  bool const has_canonical = is_family && law.model->offers().directional_scores != nullptr;
  auto const a = found.value_or(0);
  auto const one = exactly(RegionKind::equal, 1.0, number_option(the_case, "margin"));
  add_calculated(calculation, "information in the mean of " + card.parameters[a] + " times the variance", one);
  if (is_known) add_calculated(calculation, "variance over " + family.variance_function + ", m the mean", one);
  if (has_canonical) add_calculated(calculation, "information in the canonical parameter over the variance", one);
  calculation.carry_out = [law, a, is_known, has_canonical, family] {
    auto const m = scored_moments(law, a);
    constexpr double bound = 10 * quadrature_error;
    std::vector<Calculated> numbers = {calculated(m.information * m.variance / (m.with_score * m.with_score), bound)};
    auto const constants = law.model->constants();
    if (is_known) numbers.push_back(calculated(m.variance / family.variance(m.mean, law.theta, constants), bound));
    if (has_canonical) {
      // eta is where the score is x - m: d theta/d eta = Var X/Cov(X, s) where it is not known in closed form.
      double const slope = is_known ? family.canonical_slope(law.theta, constants) : m.variance / m.with_score;
      numbers.push_back(calculated(canonical_information(law, a, slope) / m.variance, bound));
    }
    return numbers;
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
                   "the squared score in eta by automatic differentiation; of models without a variance function in "
                   "closed form the parameter is that whose score is linear in x; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "a logistic location, whose information in the mean is pi^2/9 = 1.0966 over its variance",
       .options = {margin_option("1e-6")},
       .source = "Morris (1982), Ann. Statist. 10, 65-80, section 2"},
      &ask};
}

}  // namespace fisherlab::claims
