#include "estimators/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"
#include "estimators/mle.hpp"
#include "estimators/profile.hpp"
#include "estimators/std_errors.hpp"
#include "sim/engine/engine.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

/// The statistics of one component of one sample. Where no maximum under a hypothesis is found from the estimate, the
/// search starts again from the last one that was found, as a walk away from the estimate goes on.
class Profile {
 public:
  Profile(sim::BatchModel const& model, sim::Sample const& sample, std::vector<Lanes> const& estimate,
          Lanes const& log_likelihood, std::size_t component)
      : model_(model),
        sample_(sample),
        estimate_(estimate),
        log_likelihood_(log_likelihood),
        component_(component),
        last_(estimate) {}

  ProfileStatistics at(Lanes const& value) {
    auto result = from(value, estimate_.data());
    if (result.found != sim::all_lanes) {
      auto const again = from(value, last_.data());
      auto const better = sim::to_mask(static_cast<sim::LaneSet>(again.found & ~result.found));
      result.score = select(better, again.score, result.score);
      result.likelihood_ratio = select(better, again.likelihood_ratio, result.likelihood_ratio);
      for (std::size_t k = 0; k < last_.size(); ++k)
        result.restricted[k] = select(better, again.restricted[k], result.restricted[k]);
      result.found = static_cast<sim::LaneSet>(result.found | again.found);
    }
    for (int lane = 0; lane < sim::lane_count; ++lane)
      if ((result.found >> lane & 1) != 0)
        for (std::size_t k = 0; k < last_.size(); ++k) last_[k] = Lanes(result.restricted[k][lane]);
    return result;
  }

 private:
  ProfileStatistics from(Lanes const& value, Lanes const* start) const {
    return profile_statistics(model_, sample_, estimate_.data(), log_likelihood_, static_cast<int>(component_), value,
                              start);
  }

  sim::BatchModel const& model_;
  sim::Sample const& sample_;
  std::vector<Lanes> const& estimate_;
  Lanes log_likelihood_;
  std::size_t component_;
  std::vector<Lanes> last_;
};

/// An estimate on the edge of the space (a probability of 0 or 1, a Poisson mean of 0) has a one-sided interval; the
/// search starts just inside the edge.
Bounds invert_at_edge(Statistic const& statistic, sim::Domain domain, double estimate, double z) {
  bool const at_zero = estimate == 0;
  double const start = to_working(domain, Lanes(at_zero ? 1e-12 : 1.0 - 1e-12))[0];
  double const far = interval_end(statistic, {domain, start, at_zero ? z : -z, z * z});
  return at_zero ? Bounds{0.0, far} : Bounds{far, 1.0};
}

/// The values on both sides of the estimate that the test does not reject.
Bounds invert(Statistic const& statistic, sim::Domain domain, FittedParameter const& fitted, double z) {
  double const centre = to_working(domain, Lanes(fitted.estimate))[0];
  if (!std::isfinite(centre)) return invert_at_edge(statistic, domain, fitted.estimate, z);
  if (!(statistic(Lanes(fitted.estimate))[0] <= z * z)) {
    double const none = std::numeric_limits<double>::quiet_NaN();
    return {none, none};
  }
  double width = z * fitted.std_error / slope(domain, Lanes(fitted.estimate)).first[0];
  if (!(width > 0) || !std::isfinite(width))  // no information to tell a scale from
    width = sim::has_ends(domain) || fitted.estimate == 0 ? z : std::fabs(fitted.estimate);
  return {interval_end(statistic, {domain, centre, -width, z * z}),
          interval_end(statistic, {domain, centre, width, z * z})};
}

/// Estimate -+ z standard errors; for an angle the whole circle at most.
Bounds wald_bounds(sim::Domain domain, FittedParameter const& fitted, double z) {
  double reach = z * fitted.std_error;
  if (domain == sim::Domain::angle) reach = std::fmin(reach, sim::pi);
  return {fitted.estimate - reach, fitted.estimate + reach};
}

/// The intervals by Rao's test and by the likelihood ratio of each parameter, two a parameter, in parallel: of millions
/// of observations each takes a while.
void add_test_intervals(sim::BatchModel const& model, sim::Sample const& sample, std::vector<Lanes> const& theta,
                        double z, FitWork const& how, FittedModel& result) {
  Lanes const log_likelihood = model.log_likelihood(sample, theta.data());
  sim::BlockWork work;
  work.last = 2 * static_cast<std::int64_t>(theta.size());
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto const a = static_cast<std::size_t>(block / 2);
    bool const is_score = block % 2 == 0;
    Profile profile(model, sample, theta, log_likelihood, a);
    Statistic const statistic = [&](Lanes const& v) {
      auto const found = profile.at(v);
      return is_score ? found.score : found.likelihood_ratio;
    };
    return std::make_shared<Bounds>(invert(statistic, model.card().domains[a], result.parameters[a], z));
  };
  std::int64_t done = 0;
  work.fold = [&](sim::BlockResult const& bounds) {
    auto& fitted = result.parameters[static_cast<std::size_t>(done / 2)];
    (done % 2 == 0 ? fitted.score : fitted.likelihood_ratio) = *static_cast<Bounds const*>(bounds.get());
    ++done;
    if (how.advance) how.advance(done);
  };
  if (how.threads != 1) return sim::run_blocks(work, how.threads);
  for (std::int64_t block = 0; block < work.last; ++block) work.fold(work.work(block));
}

sim::Sample broadcast(std::vector<double> const& observations) {
  sim::Sample sample(static_cast<std::int64_t>(observations.size()), 1);
  for (std::size_t i = 0; i < observations.size(); ++i) sample(static_cast<std::int64_t>(i)) = observations[i];
  return sample;
}

}  // namespace

FittedModel fit_data(sim::BatchModel const& model, std::vector<double> const& observations, double level,
                     FitWork const& work) {
  expects(level > 0 && level < 1, "the level of an interval lies between 0 and 1, as in --level 0.95");
  expects(!observations.empty(), "there are no observations to fit");
  auto const& card = model.card();
  expects(model.dimension() == 1, "model " + card.name + " has several coordinates an observation, choose another");
  bool const supported = std::all_of(observations.begin(), observations.end(), [&](double const& x) {
    return model.in_support({&x, 1});
  });
  expects(supported, "an observation is outside the support of " + card.name + " (" + card.support +
                         "), choose another model or correct the data");
  auto const p = static_cast<std::size_t>(model.parameter_count());
  double const z = normal_quantile(0.5 + 0.5 * level);
  sim::Sample const sample = broadcast(observations);

  FittedModel result;
  std::vector<Lanes> theta(p), expected(p), observed(p);
  result.found = (fit(model, sample, theta.data()).found & 1u) != 0;
  if (!result.found) return result;
  result.log_likelihood = model.log_likelihood(sample, theta.data())[0];
  expected_std_errors(model, sample.n(), theta.data(), expected.data());
  observed_std_errors(model, sample, theta.data(), observed.data());
  for (std::size_t a = 0; a < p; ++a) {
    FittedParameter fitted;
    fitted.name = model.card().parameters[a];
    fitted.estimate = theta[a][0];
    fitted.std_error = expected[a][0];
    fitted.observed_std_error = observed[a][0];
    sim::Domain const domain = model.card().domains[a];
    fitted.wald = wald_bounds(domain, fitted, z);
    result.parameters.push_back(fitted);
  }
  add_test_intervals(model, sample, theta, z, work, result);
  std::vector<double> estimate;
  for (auto const& fitted : result.parameters) estimate.push_back(fitted.estimate);
  for (std::size_t a = 0; a < p; ++a) {
    auto& fitted = result.parameters[a];
    for (auto const& interval : closed_intervals(model, estimate, a, sample.n(), level))
      fitted.further.push_back({interval.name, interval.ends(fitted.estimate, fitted.std_error)});
  }
  return result;
}

Bounds likelihood_ratio_bounds(sim::BatchModel const& model, std::vector<double> const& observations,
                               FittedModel const& fitted, std::size_t a, double cut_off) {
  sim::Sample const sample = broadcast(observations);
  std::vector<Lanes> theta;
  for (auto const& parameter : fitted.parameters) theta.emplace_back(parameter.estimate);
  Profile profile(model, sample, theta, Lanes(fitted.log_likelihood), a);
  return invert([&](Lanes const& v) { return profile.at(v).likelihood_ratio; }, model.card().domains[a],
                fitted.parameters[a], std::sqrt(cut_off));
}

}  // namespace fisherlab::estimators
