#include <cmath>

#include "claims/asking.hpp"
#include "claims/evidence/norm.hpp"
#include "claims/instruments/exact/known_derivatives.hpp"
#include "claims/instruments/exact/score_moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

void ask(Case const& the_case, Sampled& question) {
  expects_score_moment(the_case.setting, moments_of_score_mean);
  add_scenarios(the_case, question);
  auto const p = static_cast<int>(the_case.setting.model.theta.size());
  KnownDerivatives const known(the_case.setting);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(score_probe(the_case.setting.model, k, 4));
    double const per_observation = 1.0 / std::sqrt(static_cast<double>(question.scenarios[k].n));
    add_finding(
        question, k, "norm of the whitened mean score",
        exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
        [p, per_observation, by_law = known.score(question.scenarios[k].n)](sim::Tally const& tally, double alpha) {
          return scaled(mean_norm(mean_estimate(tally, 0, p, by_law), alpha), per_observation);
        });
  }
}

}  // namespace

Claim score_mean() {
  return {
      {.id = "score-mean",
       .statement = "(6.3)",
       .title = "The score has mean zero",
       .formula = "E grad l(theta) = 0",
       .evidence = "the norm of I^-1/2 E s of one observation, from the sum of scores of each replicate; simultaneous "
                   "interval over directions (Hotelling)",
       .null_law = null_law::hotelling,
       .margin = "0.01: a mean score of 0.01 in whitened units shifts the estimate by a tenth of its standard error "
                 "at n = 100",
       .control = "Uniform(0, theta), whose score is -1/theta; a constant added to the score",
       .options = {margin_option("0.01")},
       .source = "the notes, (6.3)",
       .hypotheses = "A density that is differentiable in theta under the integral; a support that does not depend on "
                     "theta. Exact at every n."},
      &ask};
}

}  // namespace fisherlab::claims
