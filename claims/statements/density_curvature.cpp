#include <utility>
#include <vector>

#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/known_derivatives.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/exact/score_moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/joint_moments.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

/// Folds iso_vech of the sample mean of I^-1/2 (grad^2 p/p) I^-1/2.
struct Curvature {
  Probe probe;
  JointMoments kept;
};

Curvature curvature_of(Law const& law, std::size_t scenario) {
  auto const q = sim::packed_size(law.theta.size());
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(q);
  auto const kept = keep_moments(probe.shape, 0, static_cast<int>(q));
  probe.observe = [law, q, kept, whitening = score_whitening(law)](Batch const& batch, sim::Observed& out) {
    std::vector<sim::Lanes> curvature(q);
    law.model->offers().density_curvature(batch.sample, law.theta, curvature.data());
    double const share = 1.0 / static_cast<double>(batch.scenario.n);
    for (auto& entry : curvature) entry = share * entry;
    whitening.congruent_iso_vech(curvature.data(), out.values.data());
    kept.fold(out);
  };
  return {std::move(probe), kept};
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects_offer(static_cast<bool>(law.model->offers().density_curvature), law,
                {"density-curvature", "derivatives of its density", "write log_density for numbers with derivatives"});
  expects_score_moment(the_case.setting, moments_of_score_products);
  add_scenarios(the_case, question);
  auto const p = static_cast<int>(the_case.setting.model.theta.size());
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto curvature = curvature_of(the_case.setting.model, k);
    question.probes.push_back(std::move(curvature.probe));
    add_finding(
        question, k, "E[grad^2 p/p], relative to I", exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
        [p, kept = curvature.kept, by_law = known_curvature(the_case.setting, question.scenarios[k].n)](
            auto const& tally, double alpha) { return largest_direction(matrix_of(tally, kept, p, by_law), alpha); });
  }
}

}  // namespace

Claim density_curvature() {
  return {{.id = "density-curvature",
           .statement = "(6.4)",
           .title = "The curvature of the density integrates to zero",
           .formula = "E[grad^2 p/p] = 0",
           .evidence = "grad^2 p/p by automatic differentiation of the density itself (of exp(l), scaled by its value, "
                       "to second order), whitened by I^-1/2: the largest eigenvalue of its mean (Scheffe). Where the "
                       "derivatives are right it equals E[s s'] + E[H]: one check with that identity, which "
                       "information-equality leaves out",
           .null_law = null_law::scheffe,
           .margin = "0.01: what is left here is what E[s s'] and -E[H] differ by, one per cent of information",
           .control = "Laplace location, whose density has a kink: the curvature misses the mass at the kink",
           .options = {margin_option("0.01")},
           .source = "the notes, (6.4)",
           .hypotheses = "A density that is twice differentiable in theta under the integral; a support that does not "
                         "depend on theta. Exact at every n."},
          &ask};
}

}  // namespace fisherlab::claims
