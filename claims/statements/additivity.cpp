#include <Eigen/Core>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/constants.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

void ask_sample(Case const& the_case, Sampled& question) {
  add_scenarios(the_case, question);
  auto const p = static_cast<int>(the_case.setting.model.theta.size());
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(score_probe(the_case.setting.model, k));
    add_finding(
        question, k, "relative error of Cov(sum of scores) against n I",
        exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
        [p, constant = constants_of(the_case.setting, question.scenarios[k].n).score](auto const& tally, double alpha) {
          auto const estimate = covariance_estimate(tally, 0, p, constant);
          return largest_direction(minus(estimate, Eigen::MatrixXd::Identity(p, p)), alpha);
        });
  }
}

void ask_pair(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const& marginal_information = law.model->offers().marginal_information;
  auto const parts = marginal_information ? marginal_information(law.theta) : std::vector<double>{};
  expects(parts.size() == 2, "additivity needs a model of two observations that share theta, and " +
                                 law.model->card().name + " is none; choose one whose name ends in _pair");
  double joint = 0;
  law.model->information(std::span<double const>(law.theta), &joint);
  // The probe whitens by the joint information; the claim holds the result to the sum of the parts.
  double const scale = joint / (parts[0] + parts[1]);
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(score_probe(law, k));
    add_finding(
        question, k, "Var of the joint score over I_x + I_y",
        exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")), [scale](auto const& tally, double alpha) {
          return scaled(quadratic_form(Eigen::VectorXd::Ones(1), covariance_estimate(tally, 0, 1), alpha), scale);
        });
  }
}

}  // namespace

Claim additivity() {
  return {
      {.id = "additivity",
       .statement = "6.3",
       .title = "Information adds over independent observations of different families",
       .formula = "I_xy(theta) = I_x(theta) + I_y(theta)",
       .evidence = "the variance of the joint score over the sum of the closed-form parts; interval of a mean for a "
                   "variance, from fourth moments",
       .null_law = null_law::moments_of_squares,
       .margin = "0.01: one per cent of information is half a per cent of a standard error",
       .control = "two correlated normal observations: the joint information is 2/(sd^2 (1 + correlation))",
       .options = {margin_option("0.01")},
       .source = "the notes, Identity 6.3"},
      &ask_pair};
}

Claim sample_additivity() {
  return {{.id = "sample-additivity",
           .statement = "6.4",
           .title = "A sample of n carries n times the information of one observation",
           .formula = "I_{X_1 ... X_n}(theta) = n I(theta)",
           .evidence = "the covariance of the summed score against n I: the largest relative error over directions "
                       "(Scheffe)",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "a stationary AR(1) read as independent",
           .options = {margin_option("0.01")},
           .source = "the notes, Corollary 6.4"},
          &ask_sample};
}

}  // namespace fisherlab::claims
