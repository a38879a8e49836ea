#include "runs/diagnosis/intervals/ratio_targets.hpp"

#include <limits>

#include "base/special/distributions.hpp"
#include "estimators/mle.hpp"
#include "estimators/profile.hpp"
#include "runs/diagnosis/intervals/lattice_worth.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::runs {
namespace {

RatioDraw draw(claims::Law const& law, RatioTargets const& targets, sim::StreamKey const& key, std::int64_t n,
               unsigned wanted) {
  auto const& model = *law.model;
  sim::Sample sample(n, model.dimension());
  model.draw(law.theta, key, sample);
  RatioDraw result;
  result.estimate.resize(law.theta.size());
  result.ratio.assign(targets.count, sim::Lanes(std::numeric_limits<double>::quiet_NaN()));
  result.found = estimators::fit(model, sample, result.estimate.data()).found;
  auto const log_likelihood = model.log_likelihood(sample, result.estimate.data());
  for (std::size_t a = 0; a < targets.count; ++a)
    if ((wanted >> a & 1u) != 0)
      result.ratio[a] = targets.ratio(law, sample, result.estimate.data(), log_likelihood, a);
  return result;
}

}  // namespace

RatioTargets components(sim::BatchModel const& model) {
  RatioTargets targets;
  targets.count = static_cast<std::size_t>(model.parameter_count());
  targets.ratio = [](claims::Law const& truth, sim::Sample const& sample, sim::Lanes const* estimate,
                     sim::Lanes const& log_likelihood, std::size_t a) {
    return estimators::profile_ratio(*truth.model, sample, estimate, log_likelihood, static_cast<int>(a),
                                     sim::Lanes(truth.theta[a]))
        .likelihood_ratio;
  };
  targets.is_high = [](claims::Law const& truth, std::vector<double> const& estimate, std::size_t a) {
    auto const domain = truth.model->card().domains[a];
    return sim::unwrapped(domain, sim::Lanes(estimate[a]), sim::Lanes(truth.theta[a]))[0] > truth.theta[a];
  };
  return targets;
}

RatioSource source_of(claims::Law const& law, RatioTargets const& targets, std::int64_t n, double level) {
  double const z = normal_quantile(0.5 + 0.5 * level);
  return {.count = targets.count,
          .theta = law.theta,
          .draw =
              [model = law.model, targets, n](std::vector<double> const& theta, sim::StreamKey const& key,
                                              unsigned wanted) {
                return draw({model, theta}, targets, key, n, wanted);
              },
          .is_high = [law, targets](std::vector<double> const& estimate,
                                    std::size_t a) { return targets.is_high(law, estimate, a); },
          .is_inside = [model = law.model](
                           std::vector<double> const& estimate) { return theta_problem(*model, estimate).empty(); },
          .least_cut_off = LatticeWorth::of(law, n, level) ? 0 : z * z};
}

}  // namespace fisherlab::runs
