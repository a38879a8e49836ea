#include "claims/instruments/probes/common_probes.hpp"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "estimators/catalogue.hpp"
#include "estimators/error.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {

Probe score_probe(Law const& law, std::size_t scenario, int degree) {
  auto const p = law.theta.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(p + sim::packed_size(p));
  probe.shape.powers = {sim::power_block(0, static_cast<int>(p), degree)};
  probe.needs_scores = true;
  probe.observe = [p, whitening = score_whitening(law)](Batch const& batch, sim::Observed& out) {
    double const scale = 1.0 / std::sqrt(static_cast<double>(batch.scenario.n));
    whitening.apply(batch.scores.score.data(), out.values.data());
    for (std::size_t a = 0; a < p; ++a) out.values[a] = scale * out.values[a];
    iso_vech_of_square(out.values.data(), p, out.values.data() + p);
  };
  return probe;
}

MatrixProbe mean_matrix_probe(Law const& law, std::size_t scenario, OfScore which) {
  auto const p = static_cast<int>(law.theta.size());
  auto const q = sim::packed_size(law.theta.size());
  MatrixProbe result;
  result.probe.scenario = scenario;
  result.probe.shape.values = static_cast<int>(q);
  auto const centre = which == OfScore::difference ? std::vector<double>{} : centre_of_identity(p);
  result.kept = keep_moments(result.probe.shape, 0, static_cast<int>(q), centre);
  result.probe.needs_scores = true;
  result.probe.observe = [which, q, kept = result.kept, whitening = score_whitening(law)](Batch const& batch,
                                                                                          sim::Observed& out) {
    auto const& [score, outer, hessian] = batch.scores;
    std::vector<sim::Lanes> sum(q);
    for (std::size_t j = 0; j < q; ++j) {
      if (which == OfScore::outer) sum[j] = outer[j];
      if (which == OfScore::minus_hessian) sum[j] = -hessian[j];
      if (which == OfScore::difference) sum[j] = outer[j] + hessian[j];
    }
    whitening.congruent_iso_vech(sum.data(), out.values.data());
    for (std::size_t j = 0; j < q; ++j) out.values[j] = out.values[j] / static_cast<double>(batch.scenario.n);
    kept.fold(out);
  };
  return result;
}

Probe error_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator estimator) {
  auto const target = estimator->target(law.theta);
  return error_probe(law, scenario, std::move(estimator), target);
}

Probe error_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator estimator,
                  estimators::Target const& target) {
  return whitened_error_probe(scenario, std::move(estimator), target.value, error_whitening(law, target));
}

Probe whitened_error_probe(std::size_t scenario, estimators::AnyEstimator estimator, std::vector<double> const& centre,
                           LaneMatrix const& whitening) {
  auto const r = centre.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(r + sim::packed_size(r));
  probe.shape.powers = {sim::power_block(0, static_cast<int>(r), 8)};
  probe.observe = [r, error_of = estimators::EstimationError(*estimator, centre), whitening](Batch const& batch,
                                                                                             sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<sim::Lanes>& y = out.values;
    std::array<sim::Lanes, 8> fixed;
    std::vector<sim::Lanes> spilled(r > fixed.size() ? r : 0);
    sim::Lanes* const error = r > fixed.size() ? spilled.data() : fixed.data();
    for (std::size_t a = 0; a < r; ++a) error[a] = scale * error_of(*batch.estimates, a);
    whitening.apply(error, y.data());
    iso_vech_of_square(y.data(), r, y.data() + r);
  };
  probe.needs_sample = false;
  probe.estimator = std::move(estimator);
  return probe;
}

estimators::AnyEstimator estimator_of(Case const& the_case) {
  if (auto const* const own = std::get_if<estimators::AnyEstimator>(&the_case.estimator)) return *own;
  auto const& name = std::get<std::string>(the_case.estimator);
  return estimators::make_estimator(name.empty() ? "mle" : name, the_case.setting.model.model);
}

}  // namespace fisherlab::claims
