#include "claims/intervals.hpp"

#include <boost/math/distributions/normal.hpp>

#include "estimators/profile.hpp"
#include "sim/expects.hpp"

namespace fisherlab::claims {

IntervalMethod interval_method(std::string const& name) {
  if (name == "wald") return IntervalMethod::wald;
  if (name == "score") return IntervalMethod::score;
  expects(name == "likelihood-ratio",
          "there is no interval named '" + name + "', choose one of: wald, score, likelihood-ratio");
  return IntervalMethod::likelihood_ratio;
}

std::string interval_name(IntervalMethod method) {
  switch (method) {
    case IntervalMethod::wald:
      return "wald";
    case IntervalMethod::score:
      return "score";
    case IntervalMethod::likelihood_ratio:
      break;
  }
  return "likelihood-ratio";
}

double critical_value(double level) {
  expects(level > 0 && level < 1, "the level of an interval lies between 0 and 1, as in 0.95");
  return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
}

Held holds_truth(Batch const& batch, std::size_t a, double truth, double z, bool profile) {
  auto const& estimates = *batch.estimates;
  Held held;
  held.wald = to_set(abs(estimates.value[a] - truth) <= z * estimates.std_error[a]);
  if (!profile) return held;
  auto const& model = *batch.scenario.setting.model.model;
  sim::Lanes const log_likelihood = model.log_likelihood(batch.sample, estimates.value.data());
  auto const statistics = estimators::profile_statistics(model, batch.sample, estimates.value.data(), log_likelihood,
                                                         static_cast<int>(a), sim::Lanes(truth));
  sim::Lanes const critical = z * z;
  held.score = static_cast<sim::LaneSet>(statistics.found & to_set(statistics.score <= critical));
  held.likelihood_ratio = static_cast<sim::LaneSet>(statistics.found & to_set(statistics.likelihood_ratio <= critical));
  return held;
}

}  // namespace fisherlab::claims
