#include <Eigen/Core>

#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/tally_view.hpp"
#include "claims/instruments/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

/// Folds, all whitened: iso_vech of the mean of s s' (q), of minus the mean Hessian (q), then v (p) and
/// iso_vech(v v') (q) of the summed score.
Probe products_probe(Law const& law, std::size_t scenario) {
  auto const p = law.theta.size();
  auto const q = sim::packed_size(p);
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(3 * q + p);
  probe.needs_scores = true;
  probe.observe = [p, q, whitening = score_whitening(law)](Batch const& batch, sim::Observed& out) {
    auto const n = static_cast<double>(batch.scenario.n);
    sim::Lanes* const outer = out.values.data();
    sim::Lanes* const hessian = outer + q;
    sim::Lanes* const summed = hessian + q;
    whitening.congruent_iso_vech(batch.scores.outer.data(), outer);
    whitening.congruent_iso_vech(batch.scores.hessian.data(), hessian);
    for (std::size_t k = 0; k < q; ++k) {
      outer[k] = outer[k] / n;
      hessian[k] = -hessian[k] / n;
    }
    whitening.apply(batch.scores.score.data(), summed);
    for (std::size_t a = 0; a < p; ++a) summed[a] = summed[a] / sim::sqrt(n);
    iso_vech_of_square(summed, p, summed + p);
  };
  return probe;
}

/// E s s' + E H from the two means, with the covariance of their difference.
MatrixEstimate difference(sim::Tally const& tally, int p) {
  int const q = p * (p + 1) / 2;
  Eigen::MatrixXd const joint = covariance_of(tally, 0, 2 * q);
  Eigen::VectorXd const mean = mean_of(tally, 0, q) - mean_of(tally, q, q);
  Eigen::MatrixXd const cross = joint.block(0, q, q, q);
  return {from_iso_vech(mean), joint.block(0, 0, q, q) + joint.block(q, q, q, q) - cross - cross.transpose(),
          tally.count};
}

void ask(Case const& the_case, Sampled& question) {
  add_scenarios(the_case, question);
  auto const p = static_cast<int>(the_case.setting.model.theta.size());
  int const q = p * (p + 1) / 2;
  Region const region{RegionKind::equal, 0.0, number_option(the_case, "margin")};
  Eigen::MatrixXd const one = Eigen::MatrixXd::Identity(p, p);
  auto const wanted = text_option(the_case, "identity");
  auto const asked = [&wanted](char const* identity) { return wanted == "all" || wanted == identity; };
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(products_probe(the_case.setting.model, k));
    if (asked("outer"))
      add_finding(question, k, "relative error of E[s s'] against I", region,
                  [p, one](auto const& tally, double alpha) {
                    return largest_direction(minus(matrix_of(tally, 0, p), one), alpha);
                  });
    if (asked("hessian"))
      add_finding(question, k, "relative error of -E[H] against I", region,
                  [p, q, one](auto const& tally, double alpha) {
                    return largest_direction(minus(matrix_of(tally, q, p), one), alpha);
                  });
    if (asked("covariance"))
      add_finding(question, k, "relative error of Cov(s) against I", region,
                  [p, q, one](auto const& tally, double alpha) {
                    return largest_direction(minus(covariance_estimate(tally, 2 * q, p), one), alpha);
                  });
    if (asked("difference"))
      add_finding(question, k, "E[s s'] less -E[H], relative to I", region,
                  [p](auto const& tally, double alpha) { return largest_direction(difference(tally, p), alpha); });
  }
}

}  // namespace

Claim information_equality() {
  return {
      {.id = "information-equality",
       .statement = "6.2",
       .title = "Information is the covariance of the score and minus the mean Hessian",
       .formula = "I = E[s s'] = Cov(s) = -E[H]",
       .evidence = "each of the three against I in closed form, and the first against the third, whitened by "
                   "I^-1/2: the largest relative error over all directions (Scheffe)",
       .null_law = null_law::scheffe,
       .margin = "0.01: one per cent of information is half a per cent of a standard error",
       .control = "Laplace location, whose Hessian is 0 almost everywhere (identities hessian and difference; its "
                  "score covariance is right); information planted 2 % off",
       .options = {margin_option("0.01"),
                   {"identity", "which of the four", "all", {"all", "outer", "hessian", "covariance", "difference"}}},
       .source = "the notes, Definition 6.1, Theorem 6.2, (6.5), (6.6)"},
      &ask};
}

}  // namespace fisherlab::claims
