#include <cmath>
#include <cstddef>
#include <string>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/ratio.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// Whether two estimators aim at the same numbers.
bool have_one_target(estimators::Target const& a, estimators::Target const& b) {
  if (a.value.size() != b.value.size()) return false;
  for (std::size_t k = 0; k < a.value.size(); ++k)
    if (std::fabs(a.value[k] - b.value[k]) > 1e-9 * (1 + std::fabs(a.value[k]))) return false;
  return true;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const best = estimator_of(the_case);
  auto const name = text_option(the_case, "against");
  expects(!name.empty(), "rao-blackwell compares two estimators, name the other in option against");
  auto const other = estimators::make_estimator(name, law.model);
  auto const target = best->target(law.theta);
  expects(have_one_target(target, other->target(law.theta)),
          best->name() + " and " + other->name() + " estimate different things, choose two of one target");
  for (auto const& each : {best, other})
    expects(each->unbiased() || the_case.expected != Expectation::verified,
            "estimator " + each->name() + " is biased, and the theorem is about unbiased ones; choose another");
  double const ratio = number_option(the_case, "ratio"), margin = number_option(the_case, "margin");
  expects(ratio >= 0 && ratio <= 1, "the known ratio of two mean square errors lies between 0 (not known) and 1");
  add_scenarios(the_case, question);
  estimators::EstimationError const error_of(*best, target.value);
  auto const whitening = error_whitening(law, target);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    for (auto const& each : {best, other})
      expects_moment(the_case.setting, *each, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(number_probe(
        k, 2, best, [other, error_of, whitening](Batch const& batch, sim::Lanes* out, sim::Observed& observed) {
          estimators::Estimates rival;
          other->estimate(batch.sample, rival);
          drop_unknown(rival.found, observed);
          auto const squared = [&](estimators::Estimates const& estimates) {
            std::vector<sim::Lanes> error(error_of.size()), whitened(error_of.size());
            for (std::size_t a = 0; a < error.size(); ++a) error[a] = error_of(estimates, a);
            whitening.apply(error.data(), whitened.data());
            sim::Lanes sum(0.0);
            for (auto const& each : whitened) sum += each * each;
            return static_cast<double>(batch.scenario.n) * sum;
          };
          out[0] = squared(*batch.estimates);
          out[1] = squared(rival);
        }));
    auto const region =
        ratio > 0 ? exactly(RegionKind::equal, ratio, margin * ratio) : exactly(RegionKind::at_most, 1.0, margin);
    add_finding(question, k, "mean square error of " + best->name() + " over that of " + other->name(), region,
                [](sim::Tally const& tally, double alpha) { return ratio_of_means(pair_moments(tally), alpha); });
  }
}

}  // namespace

Claim rao_blackwell() {
  return {{.id = "rao-blackwell",
           .statement = "section 6.4",
           .title = "The best unbiased estimator has the least mean square error: conditioning only helps",
           .formula = "E|E[t | T] - g|^2 <= E|t - g|^2, T sufficient",
           .evidence = "both estimators on the same replicates: the ratio of their mean square errors in units of the "
                       "bound, by Fieller's argument; at most 1, or what quadrature says it is (ratio)",
           .null_law = null_law::student,
           .margin = "0.01: one per cent of mean square error",
           .control = "the two the other way round; data drawn at another theta, by the known ratio",
           .options = {margin_option("0.01"),
                       {"against", "the other unbiased estimator of the same", "", {}},
                       {"ratio", "of their mean square errors where it is known; 0: at most 1", "0", {}}},
           .estimator = "best_unbiased",
           .source = "Rao (1945), Bull. Calcutta Math. Soc. 37, 81-91; Blackwell (1947), Ann. Math. Statist. 18, "
                     "105-110; the notes, end of section 6.4"},
          &ask};
}

}  // namespace fisherlab::claims
