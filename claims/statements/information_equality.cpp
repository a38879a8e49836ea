#include <Eigen/Core>
#include <array>

#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/constants.hpp"
#include "claims/instruments/joint_moments.hpp"
#include "claims/instruments/tally_view.hpp"
#include "claims/instruments/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

/// Folds, all whitened: iso_vech of the mean of s s' (q), of minus the mean Hessian (q), then v (p) and
/// iso_vech(v v') (q) of the summed score, and the difference of the first two (q).
struct Products {
  Probe probe;
  JointMoments outer, hessian, difference;
  int summed = 0;
};

Products products_of(Law const& law, std::size_t scenario) {
  auto const p = law.theta.size();
  auto const q = sim::packed_size(p);
  int const order = static_cast<int>(p), size = static_cast<int>(q);
  Products products;
  Probe& probe = products.probe;
  probe.scenario = scenario;
  probe.shape.values = 4 * size + order;
  products.summed = 2 * size;
  products.outer = keep_moments(probe.shape, 0, size, centre_of_identity(order));
  products.hessian = keep_moments(probe.shape, size, size, centre_of_identity(order));
  products.difference = keep_moments(probe.shape, 3 * size + order, size);
  probe.shape.powers.push_back(sim::power_block(products.summed, order, 8));
  probe.needs_scores = true;
  probe.observe = [p, q, whitening = score_whitening(law),
                   kept = std::array{products.outer, products.hessian, products.difference}](Batch const& batch,
                                                                                             sim::Observed& out) {
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
    for (std::size_t k = 0; k < q; ++k) summed[p + q + k] = outer[k] - hessian[k];
    for (auto const& moments : kept) moments.fold(out);
  };
  return products;
}

/// Adds the finding that a matrix whose moments were kept is `target`.
void add_matrix_finding(Sampled& question, std::size_t probe, std::string const& statistic, Region const& region,
                        JointMoments const& kept, ConstantAlong const& constant, Eigen::MatrixXd const& target) {
  add_finding(question, probe, statistic, region, [kept, constant, target](auto const& tally, double alpha) {
    auto const p = static_cast<int>(target.rows());
    return largest_direction(minus(matrix_of(tally, kept, p, constant), target), alpha);
  });
}

void ask(Case const& the_case, Sampled& question) {
  add_scenarios(the_case, question);
  auto const p = static_cast<int>(the_case.setting.model.theta.size());
  Region const region = exactly(RegionKind::equal, 0.0, number_option(the_case, "margin"));
  Eigen::MatrixXd const one = Eigen::MatrixXd::Identity(p, p);
  auto const wanted = text_option(the_case, "identity");
  auto const asked = [&wanted](char const* identity) { return wanted == "all" || wanted == identity; };
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const products = products_of(the_case.setting.model, k);
    auto const constants = constants_of(the_case.setting, question.scenarios[k].n);
    question.probes.push_back(products.probe);
    if (asked("outer"))
      add_matrix_finding(question, k, "relative error of E[s s'] against I", region, products.outer, constants.outer,
                         one);
    if (asked("hessian"))
      add_matrix_finding(question, k, "relative error of -E[H] against I", region, products.hessian, constants.hessian,
                         one);
    if (asked("covariance"))
      add_finding(question, k, "relative error of Cov(s) against I", region,
                  [p, first = products.summed, one, constant = constants.score](auto const& tally, double alpha) {
                    return largest_direction(minus(covariance_estimate(tally, first, p, constant), one), alpha);
                  });
    if (asked("difference"))
      add_matrix_finding(question, k, "E[s s'] less -E[H], relative to I", region, products.difference,
                         constants.difference, Eigen::MatrixXd::Zero(p, p));
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
