#include "estimators/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/mle.hpp"
#include "estimators/profile.hpp"
#include "estimators/std_errors.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

double edge_of(sim::Domain domain, bool upper) {
  if (upper) return domain == sim::Domain::unit ? 1.0 : std::numeric_limits<double>::infinity();
  return domain == sim::Domain::real ? -std::numeric_limits<double>::infinity() : 0.0;
}

/// Whether a working coordinate is beyond what the parameter's floating-point numbers resolve: below exp(-300) or above
/// exp(300), where squares of the parameter under- and overflow, or a probability that rounds to 1.
bool is_at_edge(sim::Domain domain, double place) {
  bool const rounds_to_one = domain == sim::Domain::unit && from_working(domain, Lanes(place))[0] == 1.0;
  return rounds_to_one || (domain != sim::Domain::real && std::fabs(place) > 300);
}

/// A test statistic as a function of the tested value, eight values at a time; where it cannot be had, infinity.
using Statistic = std::function<Lanes(Lanes const&)>;

/// The value beyond the estimate where the statistic first passes `critical`, on the working scale: a bracket by
/// doubling, then repeated division into nine parts, eight inner points at a time.
double crossing(Statistic const& statistic, sim::Domain domain, double centre, double width, double critical) {
  double inside = centre;
  double outside = std::numeric_limits<double>::quiet_NaN();
  for (double reach = width; std::fabs(reach) < 1e4 * std::fabs(width); reach *= 2) {
    double const place = centre + reach;
    if (is_at_edge(domain, place)) break;
    if (!(statistic(from_working(domain, Lanes(place)))[0] <= critical)) {
      outside = place;
      break;
    }
    inside = place;
  }
  if (std::isnan(outside)) return edge_of(domain, width > 0);
  for (int round = 0; round < 17; ++round) {
    Lanes points;
    for (int k = 0; k < sim::lane_count; ++k) points.set(k, inside + (outside - inside) * (k + 1) / 9.0);
    Lanes const values = statistic(from_working(domain, points));
    int passed = 0;
    while (passed < sim::lane_count && values[passed] <= critical) ++passed;
    double const new_inside = passed > 0 ? points[passed - 1] : inside;
    outside = passed < sim::lane_count ? points[passed] : outside;
    inside = new_inside;
  }
  return from_working(domain, Lanes(0.5 * (inside + outside)))[0];
}

/// An estimate on the edge of the space (a probability of 0 or 1, a Poisson mean of 0) has a one-sided interval; the
/// search starts just inside the edge.
Bounds invert_at_edge(Statistic const& statistic, sim::Domain domain, double estimate, double z) {
  bool const at_zero = estimate == 0;
  double const start = to_working(domain, Lanes(at_zero ? 1e-12 : 1.0 - 1e-12))[0];
  double const far = crossing(statistic, domain, start, at_zero ? z : -z, z * z);
  return at_zero ? Bounds{0.0, far} : Bounds{far, edge_of(domain, true)};
}

Bounds invert(Statistic const& statistic, sim::Domain domain, FittedParameter const& fitted, double z) {
  double const centre = to_working(domain, Lanes(fitted.estimate))[0];
  if (!std::isfinite(centre)) return invert_at_edge(statistic, domain, fitted.estimate, z);
  if (!(statistic(Lanes(fitted.estimate))[0] <= z * z)) {
    double const none = std::numeric_limits<double>::quiet_NaN();
    return {none, none};
  }
  double const width = z * fitted.std_error / slope(domain, Lanes(fitted.estimate)).first[0];
  return {crossing(statistic, domain, centre, -width, z * z), crossing(statistic, domain, centre, width, z * z)};
}

sim::Sample broadcast(std::vector<double> const& observations) {
  sim::Sample sample(static_cast<std::int64_t>(observations.size()), 1);
  for (std::size_t i = 0; i < observations.size(); ++i) sample(static_cast<std::int64_t>(i)) = observations[i];
  return sample;
}

}  // namespace

FittedModel fit_data(sim::BatchModel const& model, std::vector<double> const& observations, double level) {
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
  Lanes const log_likelihood = model.log_likelihood(sample, theta.data());
  result.log_likelihood = log_likelihood[0];
  expected_std_errors(model, sample.n(), theta.data(), expected.data());
  observed_std_errors(model, sample, theta.data(), observed.data());
  for (std::size_t a = 0; a < p; ++a) {
    FittedParameter fitted;
    fitted.name = model.card().parameters[a];
    fitted.estimate = theta[a][0];
    fitted.std_error = expected[a][0];
    fitted.observed_std_error = observed[a][0];
    fitted.wald = {fitted.estimate - z * fitted.std_error, fitted.estimate + z * fitted.std_error};
    auto const statistics = [&](Lanes const& value) {
      return profile_statistics(model, sample, theta.data(), log_likelihood, static_cast<int>(a), value);
    };
    auto const or_infinity = [](ProfileStatistics const& s, Lanes const& value) {
      return select(sim::to_mask(s.found), value, Lanes(HUGE_VAL));
    };
    sim::Domain const domain = model.card().domains[a];
    fitted.score = invert(
        [&](Lanes const& v) {
          auto const s = statistics(v);
          return or_infinity(s, s.score);
        },
        domain, fitted, z);
    fitted.likelihood_ratio = invert(
        [&](Lanes const& v) {
          auto const s = statistics(v);
          return or_infinity(s, s.likelihood_ratio);
        },
        domain, fitted, z);
    result.parameters.push_back(fitted);
  }
  return result;
}

}  // namespace fisherlab::estimators
