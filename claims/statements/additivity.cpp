#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/known_derivatives.hpp"
#include "claims/instruments/exact/score_moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/joint_moments.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// The information of single observations, on replicates of its own: the mean of s s' over samples of this size, which
/// no other scenario of the case has.
std::int64_t size_of_single_observations(Case const& the_case) {
  std::int64_t size = 8;
  while (std::ranges::count(the_case.sizes, size) > 0) ++size;
  return size;
}

void ask_sample(Case const& the_case, Sampled& question) {
  auto const& setting = the_case.setting;
  auto const p = static_cast<int>(setting.model.theta.size());
  expects_score_moment(the_case.setting, moments_of_score_products);
  add_scenarios(the_case, question);
  auto const singles = question.scenarios.size();
  question.scenarios.push_back({setting, size_of_single_observations(the_case)});
  for (std::size_t k = 0; k < singles; ++k) question.probes.push_back(score_probe(setting.model, k));
  auto const of_singles = mean_matrix_probe(setting.model, singles, OfScore::outer);
  question.probes.push_back(of_singles.probe);
  KnownDerivatives const known(setting);
  auto const law_of_single = known.outer(question.scenarios[singles].n);
  for (std::size_t k = 0; k < singles; ++k) {
    Asked asked;
    asked.statistic = "largest relative error in Cov(sum of scores)/n = E[s s'] = I";
    asked.n = std::to_string(question.scenarios[k].n);
    asked.region = exactly(RegionKind::equal, 0.0, number_option(the_case, "margin"));
    asked.reads = {k, singles};
    asked.measure = [k, singles, p, kept = of_singles.kept, law_of_single,
                     by_law = known.squares(question.scenarios[k].n)](std::span<sim::Tally const> tallies,
                                                                      double alpha) {
      auto const sum = covariance_estimate(tallies[k], 0, p, by_law);
      auto const single = matrix_of(tallies[singles], kept, p, law_of_single);
      auto const additivity = largest_direction(minus(sum, single), 0.5 * alpha);
      auto const stated = largest_direction(minus(single, Eigen::MatrixXd::Identity(p, p)), 0.5 * alpha);
      return measured({}, larger_of(additivity, stated), tallies[k].count, tallies[k].dropped);
    };
    question.findings.push_back(std::move(asked));
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
  expects_score_moment(the_case.setting, moments_of_score_products);
  add_scenarios(the_case, question);
  KnownDerivatives const known(the_case.setting);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(score_probe(law, k));
    add_finding(question, k, "Var of the joint score over I_x + I_y",
                exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")),
                [scale, by_law = known.squares(question.scenarios[k].n)](auto const& tally, double alpha) {
                  auto const variance = covariance_estimate(tally, 0, 1, by_law);
                  return scaled(quadratic_form(Eigen::VectorXd::Ones(1), variance, alpha), scale);
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
       .source = "the notes, Identity 6.3",
       .hypotheses = "Independent observations of families that share theta, each regular. Exact at every n."},
      &ask_pair};
}

Claim sample_additivity() {
  return {{.id = "sample-additivity",
           .statement = "6.4",
           .title = "A sample of n carries n times the information of one observation",
           .formula = "I_{X_1 ... X_n}(theta) = n I(theta)",
           .evidence = "the covariance of the summed score over n against the mean of s s' over single observations of "
                       "other replicates, and that mean against I: the larger of the two largest relative errors over "
                       "directions (Scheffe), each at half the error",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "a stationary AR(1) read as independent",
           .options = {margin_option("0.01")},
           .source = "the notes, Corollary 6.4",
           .hypotheses = "Independent observations of a regular model. Exact at every n."},
          &ask_sample};
}

}  // namespace fisherlab::claims
