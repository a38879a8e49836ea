#include "estimators/expansions/second_order.hpp"

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/expansions/cox_snell.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// What of d(n) = a + b/n + ... a case holds to theory.
struct Terms {
  bool first = false, second = false;
};

Terms terms_of(Case const& the_case) {
  auto const word = text_option(the_case, "terms");
  return {word != "second", word != "first"};
}

/// Before any quadrature. `moments`: of the estimate, that must exist.
void expects_grid(Case const& the_case, int moments) {
  expects(the_case.sizes.size() >= 5,
          "a second-order term is extrapolated from five sample sizes or more (four coefficients are fitted), give a "
          "longer grid n");
  for (auto const n : the_case.sizes) expects_moment(the_case.setting, *estimator_of(the_case), n, moments);
}

/// A moment of the MLE, each component in units of the root of its bound, and what theory says of its entries.
struct Expansion {
  ControlledStatistic statistic;
  std::vector<std::string> names;  ///< of the entries: "n Var(shape)"
  std::string unit;                ///< in words
  VectorXd first, second;          ///< in the coordinates of the moment; `second` is empty where it is not asked for
  MatrixXd weights;                ///< column k gives entry k from the moment
};

/// A target without what quadrature leaves of a zero.
double tidied(double target) { return std::fabs(target) < 1e-9 ? 0.0 : target; }

/// Findings about the entries, signed: a, the limit; b, the limit of n (d(n) - a) with a given.
void add_findings(Case const& the_case, Sampled& question, Expansion const& expansion) {
  auto const terms = terms_of(the_case);
  add_scenarios(the_case, question);
  ControlledGrid const grid(the_case, question, expansion.statistic);
  for (Index k = 0; k < expansion.weights.cols(); ++k) {
    VectorXd const weights = expansion.weights.col(k);
    auto const measure = [weights](EstimatedMoment const& moment, double alpha) {
      return linear_form(weights, moment, alpha);
    };
    auto const& name = expansion.names[static_cast<std::size_t>(k)];
    if (terms.first)
      add_series_limit(question, grid,
                       {name + ", limit, in units of " + expansion.unit,
                        {RegionKind::equal, tidied(weights.dot(expansion.first)), limit_margin(the_case), {}},
                        measure});
    if (terms.second)
      add_series_limit(
          question, grid,
          {name + ", coefficient of 1/n, in units of " + expansion.unit,
           {RegionKind::equal, tidied(weights.dot(expansion.second)), number_option(the_case, "margin"), {}},
           measure,
           1,
           expansion.first});
  }
}

/// Roots of the bounds of the components, n = 1.
VectorXd units_of(Law const& law) {
  auto const target = estimators::identity_target(law.theta);
  VectorXd units(static_cast<Index>(law.theta.size()));
  for (std::size_t a = 0; a < law.theta.size(); ++a)
    units(static_cast<Index>(a)) = std::sqrt(component_bound(law, target, a));
  return units;
}

ControlledStatistic statistic_of(Case const& the_case, ErrorMoment moment, VectorXd const& units) {
  auto const& law = the_case.setting.model;
  auto const p = law.theta.size();
  LaneMatrix scale{p, std::vector<double>(p * p)};
  for (std::size_t a = 0; a < p; ++a) scale.entries[a * p + a] = 1 / units(static_cast<Index>(a));
  return controlled({moment, estimator_of(the_case), law.theta, scale, {}});
}

MatrixXd claimed_covariance(Case const& the_case) {
  auto const& law = the_case.setting.model;
  auto const p = static_cast<Index>(law.theta.size());
  auto const formula = text_option(the_case, "formula");
  if (formula == "zero") return MatrixXd::Zero(p, p);
  auto const parts = estimators::second_order_covariance(*law.model, law.theta);
  return formula == "bias-corrected" ? parts.bias_corrected() : parts.total();
}

void ask_variance(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects_grid(the_case, moments_of_variance_interval);
  auto const p = static_cast<Index>(law.theta.size());
  auto const units = units_of(law);
  auto const bound = bound_matrix(law, estimators::identity_target(law.theta));
  auto const in_units = [&](MatrixXd const& matrix) {
    return iso_vech(units.cwiseInverse().asDiagonal() * matrix * units.cwiseInverse().asDiagonal());
  };
  Expansion expansion{statistic_of(the_case, ErrorMoment::covariance, units), {}, "I^-1", {}, {}, {}};
  expansion.first = in_units(MatrixXd::Map(bound.data(), p, p));
  if (terms_of(the_case).second) expansion.second = in_units(claimed_covariance(the_case));
  expansion.weights = MatrixXd::Identity(expansion.first.size(), expansion.first.size());
  auto const& parameters = law.model->card().parameters;
  for (Index a = 0, k = 0; a < p; ++a)
    for (Index b = 0; b <= a; ++b, ++k) {
      auto const &of_a = parameters[static_cast<std::size_t>(a)], &of_b = parameters[static_cast<std::size_t>(b)];
      expansion.names.push_back(a == b ? "n Var(" + of_a + ")" : "n Cov(" + of_b + ", " + of_a + ")");
      if (a != b) expansion.weights(k, k) = 1 / std::sqrt(2.0);
    }
  add_findings(the_case, question, expansion);
}

void ask_bias(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  expects_grid(the_case, moments_of_variance);
  auto const p = static_cast<Index>(law.theta.size());
  auto const units = units_of(law);
  auto const first = estimators::cox_snell_bias(*law.model, law.theta);
  auto const second = estimators::second_order_bias(*estimator, law.theta, first);
  bool const is_asked = terms_of(the_case).second;
  expects(second || !is_asked, "the exact mean of the estimate is not known for " + law.model->card().name +
                                   " (its second-order bias follows from it), set terms = \"first\"");
  Expansion expansion{statistic_of(the_case, ErrorMoment::bias, units), {}, "I^-1/2", {}, {}, {}};
  expansion.first = VectorXd::Map(first.data(), p).cwiseQuotient(units);
  expansion.second = VectorXd::Zero(p);
  if (is_asked && text_option(the_case, "formula") != "zero")
    expansion.second = VectorXd::Map(second->data(), p).cwiseQuotient(units);
  expansion.weights = MatrixXd::Identity(p, p);
  for (auto const& parameter : law.model->card().parameters) expansion.names.push_back("n bias(" + parameter + ")");
  add_findings(the_case, question, expansion);
}

ClaimOption terms_option() {
  return {"terms",
          "which are held to theory: the coefficient of 1/n, the limit, or both",
          "second",
          {"second", "first", "both"}};
}

}  // namespace

Claim second_order_variance() {
  return {
      {.id = "second-order-variance",
       .statement = "beyond 6.2",
       .title = "The covariance of the MLE is I^-1/n + V/n^2 to second order",
       .formula = "n (n Cov(theta_hat) - I^-1) -> V = D I^-1 + I^-1 D' + (1/2) G G I^-1 I^-1 + H, D the slope of b",
       .evidence = "V from cumulants by quadrature: the slope of Cox and Snell's bias, the connection G, the "
                   "curvature H of the law; entry by entry and signed, the coefficient of 1/n in n Cov, I^-1 given, "
                   "extrapolated with control variates; interval of a mean",
       .null_law = null_law::student,
       .margin = "1, in units of I^-1: at n = 100 the variance is predicted to a hundredth of I^-1/n, the standard "
                 "error to half of that; 0.005 for the limit",
       .control = "the covariance of the bias-corrected estimate in its place; V claimed zero",
       .options = {margin_option("1"),
                   limit_margin_option("0.005"),
                   terms_option(),
                   {"formula",
                    "the claimed coefficient: V, that of the bias-corrected estimate, or zero",
                    "second-order",
                    {"second-order", "bias-corrected", "zero"}}},
       .source = "Efron (1975), Annals of Statistics 3, 1189-1242, for one parameter; derived in "
                 "estimators/expansions/second_order.hpp",
       .hypotheses = "As for the bias, with one order more; an estimate with second moments; n large."},
      &ask_variance};
}

Claim second_order_bias() {
  return {
      {.id = "second-order-bias",
       .statement = "beyond 6.2",
       .title = "The bias of the MLE is b/n + b'/n^2 to second order",
       .formula = "n (n (E theta_hat - theta) - b) -> b'",
       .evidence = "b by Cox and Snell, b' from the exact mean where it is known; component by component and "
                   "signed, the coefficient of 1/n in n bias, b given, extrapolated with control variates; interval "
                   "of a mean",
       .null_law = null_law::student,
       .margin = "0.25, in units of I^-1/2: at n = 100 the bias is predicted to 1/40,000 of what one observation "
                 "leaves; 0.01 for the limit",
       .control = "b' claimed zero",
       .options = {margin_option("0.25"),
                   limit_margin_option("0.01"),
                   terms_option(),
                   {"formula", "the claimed coefficient", "exact", {"exact", "zero"}}},
       .source = "Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275, for b; exact means of the laws, for b'",
       .hypotheses = "As for the bias, with one order more; an estimate with a mean; n large."},
      &ask_bias};
}

}  // namespace fisherlab::claims
