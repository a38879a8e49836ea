#include <Eigen/Core>
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
#include "estimators/expansions/second_order.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd full(LaneMatrix const& matrix) {
  auto const order = static_cast<Index>(matrix.order);
  MatrixXd result(order, order);
  for (Index a = 0; a < order; ++a)
    for (Index b = 0; b < order; ++b) result(a, b) = matrix.entries[static_cast<std::size_t>(a * order + b)];
  return result;
}

/// The grid of a moment that is known to first order.
ControlledGrid grid_of(Case const& the_case, Sampled& question, ErrorMoment moment, int moments_needed) {
  expects(the_case.sizes.size() >= 5,
          "a second-order term is extrapolated from five sample sizes or more (four coefficients are fitted), give a "
          "longer grid n");
  auto const estimator = estimator_of(the_case);
  for (auto const n : the_case.sizes) expects_moment(the_case.setting.model, *estimator, n, moments_needed);
  add_scenarios(the_case, question);
  return error_grid(the_case, question, whitened_errors(the_case.setting.model, estimator, moment));
}

Region region_of(Case const& the_case) { return {RegionKind::equal, 0.0, number_option(the_case, "margin"), {}}; }

void ask_variance(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const formula = text_option(the_case, "formula");
  auto const grid = grid_of(the_case, question, ErrorMoment::covariance, moments_of_variance_interval);
  auto const parts = estimators::second_order_covariance(*law.model, law.theta);
  auto const p = static_cast<Index>(law.theta.size());
  auto const root = full(error_whitening(law, estimators::identity_target(law.theta)));
  MatrixXd claimed = MatrixXd::Zero(p, p);
  if (formula != "zero")
    claimed = root * (formula == "bias-corrected" ? parts.bias_corrected() : parts.total()) * root.transpose();
  add_series_limit(question, grid,
                   {"limit of n (n Cov - I^-1) less its " + (formula == "second-order" ? "value" : formula + " value") +
                        ", largest over directions, in units of I^-1",
                    region_of(the_case),
                    [claimed](EstimatedMoment const& moment, double alpha) {
                      return largest_difference(claimed, moment, alpha);
                    },
                    1,
                    iso_vech(MatrixXd::Identity(p, p))});
}

void ask_bias(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const formula = text_option(the_case, "formula");
  auto const grid = grid_of(the_case, question, ErrorMoment::bias, moments_of_variance);
  auto const first = estimators::cox_snell_bias(*law.model, law.theta);
  auto const second = estimators::second_order_bias(*estimator_of(the_case), law.theta, first);
  expects(second.has_value(), "the exact mean of the estimate is not known for " + law.model->card().name +
                                  " (its second-order bias follows from it), choose another model");
  auto const p = static_cast<Index>(law.theta.size());
  auto const root = full(error_whitening(law, estimators::identity_target(law.theta)));
  VectorXd claimed = VectorXd::Zero(p);
  if (formula != "zero") claimed = root * VectorXd::Map(second->data(), p);
  add_series_limit(question, grid,
                   {std::string("limit of n (n bias - b) less its ") + (formula == "zero" ? "zero value" : "value") +
                        ", in units of I^-1/2",
                    region_of(the_case),
                    [of = std::vector<double>(claimed.begin(), claimed.end())](
                        EstimatedMoment const& moment, double alpha) { return distance_of_bias(of, moment, alpha); },
                    1,
                    root * VectorXd::Map(first.data(), p)});
}

}  // namespace

Claim second_order_variance() {
  return {{.id = "second-order-variance",
           .statement = "beyond 6.2",
           .title = "The covariance of the MLE is I^-1/n + V/n^2 to second order",
           .formula = "n (n Cov(theta_hat) - I^-1) -> V = D I^-1 + I^-1 D' + G G I^-1 I^-1/2 + H, D the slope of b",
           .evidence = "V from cumulants by quadrature: the slope of Cox and Snell's bias, the connection G, the "
                       "curvature H of the law; the coefficient of 1/n in n Cov, I^-1 given, extrapolated with control "
                       "variates; its largest difference from V over directions (Scheffe)",
           .null_law = null_law::scheffe,
           .margin = "1, in units of I^-1: at n = 100 the variance is predicted to a hundredth of I^-1/n, the standard "
                     "error to half of that",
           .control = "the covariance of the bias-corrected estimate in its place; V claimed zero",
           .options = {margin_option("1"),
                       {"formula",
                        "the claimed coefficient: V, that of the bias-corrected estimate, or zero",
                        "second-order",
                        {"second-order", "bias-corrected", "zero"}}},
           .source = "Efron (1975), Annals of Statistics 3, 1189-1242, for one parameter; derived in "
                     "estimators/expansions/second_order.hpp"},
          &ask_variance};
}

Claim second_order_bias() {
  return {{.id = "second-order-bias",
           .statement = "beyond 6.2",
           .title = "The bias of the MLE is b/n + b'/n^2 to second order",
           .formula = "n (n (E theta_hat - theta) - b) -> b'",
           .evidence = "b by Cox and Snell, b' from the exact mean where it is known; the coefficient of 1/n in n bias, "
                       "b given, extrapolated with control variates; its distance from b' in units of I^-1/2 (Hotelling)",
           .null_law = null_law::hotelling,
           .margin = "0.25, in units of I^-1/2: at n = 100 the bias is predicted to 1/40,000 of what one observation "
                     "leaves",
           .control = "b' claimed zero",
           .options = {margin_option("0.25"), {"formula", "the claimed coefficient", "exact", {"exact", "zero"}}},
           .source = "Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275, for b; exact means of the laws, for b'"},
          &ask_bias};
}

}  // namespace fisherlab::claims
