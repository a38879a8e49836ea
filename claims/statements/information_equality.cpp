#include <Eigen/Core>

#include "claims/asking.hpp"
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

/// Adds the finding that the mean of a whitened matrix is `target`. A probe of its own: what is decided is not folded
/// any longer.
void add_matrix(Sampled& question, MatrixProbe const& folded, std::string const& statistic, Region const& region,
                Eigen::MatrixXd const& target, ByLaw const& by_law) {
  question.probes.push_back(folded.probe);
  add_finding(question, question.probes.size() - 1, statistic, region,
              [kept = folded.kept, by_law, target](auto const& tally, double alpha) {
                auto const p = static_cast<int>(target.rows());
                return largest_direction(minus(matrix_of(tally, kept, p, by_law), target), alpha);
              });
}

/// Adds the finding that the covariance of the whitened, scaled score is the identity.
void add_covariance(Sampled& question, std::size_t scenario, Law const& law, Region const& region,
                    ByLaw const& by_law) {
  auto const p = static_cast<int>(law.theta.size());
  question.probes.push_back(score_probe(law, scenario));
  add_finding(question, question.probes.size() - 1, "relative error of Cov(s) against I", region,
              [p, by_law](auto const& tally, double alpha) {
                return largest_direction(
                    minus(covariance_estimate(tally, 0, p, by_law), Eigen::MatrixXd::Identity(p, p)), alpha);
              });
}

void ask(Case const& the_case, Sampled& question) {
  expects_score_moment(the_case.setting, moments_of_score_products);
  add_scenarios(the_case, question);
  auto const& law = the_case.setting.model;
  auto const p = static_cast<int>(law.theta.size());
  Region const region = exactly(RegionKind::equal, 0.0, number_option(the_case, "margin"));
  Eigen::MatrixXd const one = Eigen::MatrixXd::Identity(p, p);
  auto const wanted = text_option(the_case, "identity");
  auto const asked = [&wanted](char const* identity) { return wanted == "all" || wanted == identity; };
  KnownDerivatives const known(the_case.setting);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const n = question.scenarios[k].n;
    auto const folded = [&](OfScore which) { return mean_matrix_probe(law, k, which); };
    if (asked("outer"))
      add_matrix(question, folded(OfScore::outer), "relative error of E[s s'] against I", region, one, known.outer(n));
    if (asked("hessian"))
      add_matrix(question, folded(OfScore::minus_hessian), "relative error of -E[H] against I", region, one,
                 known.hessian(n));
    if (asked("covariance")) add_covariance(question, k, law, region, known.squares(n));
    if (wanted == "difference")
      add_matrix(question, folded(OfScore::difference), "E[s s'] less -E[H], relative to I", region,
                 Eigen::MatrixXd::Zero(p, p), known.difference(n));
  }
}

}  // namespace

Claim information_equality() {
  return {{.id = "information-equality",
           .statement = "6.2",
           .title = "Information is the covariance of the score and minus the mean Hessian",
           .formula = "I = E[s s'] = Cov(s) = -E[H]",
           .evidence =
               "each of the three against I in closed form, whitened by I^-1/2: the largest relative error over all "
               "directions (Scheffe); by name also the first against the third, which is the number of "
               "density-curvature by other derivatives",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "Laplace location, whose Hessian is 0 almost everywhere (identity hessian, or difference; its "
                      "score covariance is right); information planted 2 % off",
           .options = {margin_option("0.01"),
                       {"identity",
                        "which of the four; all: the first three",
                        "all",
                        {"all", "outer", "hessian", "covariance", "difference"}}},
           .source = "the notes, Definition 6.1, Theorem 6.2, (6.5), (6.6)",
           .hypotheses = "A log density that is twice differentiable in theta under the integral; a support that does "
                         "not depend on theta; finite information. Exact at every n."},
          &ask};
}

}  // namespace fisherlab::claims
