#include "estimators/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"
#include "estimators/mle.hpp"
#include "estimators/profile.hpp"
#include "estimators/rows/rows_model.hpp"
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

/// What the tests of one parameter are made of.
struct Tested {
  sim::BatchModel const& model;
  sim::Sample const& sample;
  std::vector<Lanes> const& theta;  ///< the estimate
  Lanes log_likelihood;             ///< there
  double z;
};

/// The interval by Rao's test, or by the likelihood ratio.
Bounds test_interval(Tested const& tested, std::size_t a, bool is_score, FittedParameter const& fitted) {
  Profile profile(tested.model, tested.sample, tested.theta, tested.log_likelihood, a);
  Statistic const statistic = [&](Lanes const& v) {
    auto const found = profile.at(v);
    return is_score ? found.score : found.likelihood_ratio;
  };
  return invert(statistic, tested.model.card().domains[a], fitted, tested.z);
}

/// u at r = z, by Lagrange's polynomial through eight (r, u); nothing unless r rises and passes z among them.
std::optional<double> interpolated(Lanes const& r, Lanes const& u, double z) {
  for (int k = 1; k < sim::lane_count; ++k)
    if (!(r[k] > r[k - 1])) return {};
  if (!(r[0] < z && z < r[sim::lane_count - 1])) return {};
  double sum = 0;
  for (int k = 0; k < sim::lane_count; ++k) {
    double weight = 1;
    for (int j = 0; j < sim::lane_count; ++j)
      if (j != k) weight *= (z - r[j]) / (r[k] - r[j]);
    sum += weight * u[k];
  }
  return sum;
}

/// Ends of both intervals towards one side.
struct Ends {
  std::optional<double> score, likelihood_ratio;
};

/// Of many rows the roots of both statistics are nearly straight around Wald's end, and one look at eight values beside
/// it tells where they pass z.
Ends ends_near_wald(Tested const& tested, std::size_t a, double side, FittedParameter const& fitted) {
  auto const domain = tested.model.card().domains[a];
  double const centre = to_working(domain, Lanes(fitted.estimate))[0];
  double const width = side * tested.z * fitted.std_error / slope(domain, Lanes(fitted.estimate)).first[0];
  Lanes place;
  for (int k = 0; k < sim::lane_count; ++k) place.set(k, centre + width * (0.96 + 0.08 * k / (sim::lane_count - 1)));
  Profile profile(tested.model, tested.sample, tested.theta, tested.log_likelihood, a);
  auto const found = profile.at(from_working(domain, place));
  auto const end = [&](Lanes const& statistic) -> std::optional<double> {
    auto const u = interpolated(sqrt(statistic), place, tested.z);
    return u ? std::optional(from_working(domain, Lanes(*u))[0]) : std::nullopt;
  };
  return {end(found.score), end(found.likelihood_ratio)};
}

/// Both intervals of one parameter.
struct TestIntervals {
  Bounds score, likelihood_ratio;
};
TestIntervals test_intervals(Tested const& tested, std::size_t a, FittedParameter const& fitted) {
  if (tested.sample.n() >= static_cast<std::int64_t>(many_rows)) {
    auto const lower = ends_near_wald(tested, a, -1, fitted), upper = ends_near_wald(tested, a, 1, fitted);
    if (lower.score && upper.score && lower.likelihood_ratio && upper.likelihood_ratio)
      return {{*lower.score, *upper.score}, {*lower.likelihood_ratio, *upper.likelihood_ratio}};
  }
  return {test_interval(tested, a, true, fitted), test_interval(tested, a, false, fitted)};
}

/// The intervals by Rao's test and by the likelihood ratio, parameters in parallel: of millions of observations each
/// takes a while.
void add_test_intervals(sim::BatchModel const& model, sim::Sample const& sample, std::vector<Lanes> const& theta,
                        double z, FitWork const& how, FittedModel& result) {
  Tested const tested{model, sample, theta, model.log_likelihood(sample, theta.data()), z};
  sim::BlockWork work;
  work.last = static_cast<std::int64_t>(theta.size());
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto const a = static_cast<std::size_t>(block);
    return std::make_shared<TestIntervals>(test_intervals(tested, a, result.parameters[a]));
  };
  std::int64_t done = 0;
  work.fold = [&](sim::BlockResult const& found) {
    auto& fitted = result.parameters[static_cast<std::size_t>(done)];
    auto const& both = *static_cast<TestIntervals const*>(found.get());
    fitted.score = both.score;
    fitted.likelihood_ratio = both.likelihood_ratio;
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

/// The fit with the intervals of tests.
FittedModel fit_sample(sim::BatchModel const& model, sim::Sample const& sample, double z, FitWork const& work) {
  auto const p = static_cast<std::size_t>(model.parameter_count());
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
  if (!work.without_intervals) add_test_intervals(model, sample, theta, z, work, result);
  return result;
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
  double const z = normal_quantile(0.5 + 0.5 * level);
  auto const add_closed = [&](FittedModel& result) {
    std::vector<double> estimate;
    for (auto const& fitted : result.parameters) estimate.push_back(fitted.estimate);
    for (std::size_t a = 0; a < result.parameters.size(); ++a) {
      auto& fitted = result.parameters[a];
      auto const n = static_cast<std::int64_t>(observations.size());
      for (auto const& interval : closed_intervals(model, estimate, a, n, level))
        fitted.further.push_back({interval.name, interval.ends(fitted.estimate, fitted.std_error)});
    }
  };
  FittedModel result;
  if (observations.size() >= many_rows) {
    RowsModel const rows(model, observations);
    result = fit_sample(rows, rows.stand_in(), z, work);
  }
  if (!result.found) result = fit_sample(model, broadcast(observations), z, work);
  if (!work.without_intervals) add_closed(result);
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
