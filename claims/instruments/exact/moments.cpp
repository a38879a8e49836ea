#include "claims/instruments/exact/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"

namespace fisherlab::claims {
namespace {

/// What the guard knows of the law of the data.
struct Tails {
  double upper = 0;  ///< the order below which moments of observations exist
  double lower = 1;  ///< at which the law falls towards an end of its range
};

Tails tails_of(Law const& data) {
  auto const& lower = data.model->offers().lower_order;
  return {moment_order_of_data(data), lower ? lower(data.theta) : 1.0};
}

/// Of one component of the estimates.
bool exists(Setting const& setting, estimators::Estimator const& estimator, Tails const& tails, std::int64_t n, int k,
            int component) {
  auto const& card = setting.model.model->card();
  if (estimator.components() == card.parameters) {
    auto const& rule = card.moments;
    bool const divides = rule.divides_from >= 0 && component >= rule.divides_from;
    if (!rule.exists(k, n) || (divides && k >= static_cast<double>(n) * tails.lower)) return false;
    auto const& order = setting.model.model->offers().moment_order_of_estimate;
    bool const same = setting.data.model->card().name == card.name;
    if (order && k >= order(same ? setting.data.theta : setting.model.theta, n)) return false;
    double const breakdown = setting.model.model->offers().breakdown;
    if (breakdown > 0 && k >= breakdown * static_cast<double>(n) * tails.upper) return false;
    if (!same && rule.grows && k >= tails.upper) return false;
  }
  return k < estimator.moment_order(tails.upper, n);
}

/// Of all of them: the last one is under every rule that any is.
bool exists(Setting const& setting, estimators::Estimator const& estimator, Tails const& tails, std::int64_t n, int k) {
  return exists(setting, estimator, tails, n, k, static_cast<int>(estimator.components().size()) - 1);
}

/// The least n at which the moment exists, if it is below a million.
std::optional<std::int64_t> least_size(Setting const& setting, estimators::Estimator const& estimator,
                                       Tails const& tails, int k) {
  for (std::int64_t n = 1; n < 1'000'000; ++n)
    if (exists(setting, estimator, tails, n, k)) return n;
  return std::nullopt;
}

/// Values beyond so many standard normal deviations are not drawn.
constexpr double reach = 6;
constexpr int steps = 480;
constexpr double least_share = 0.5;

/// Mean and second moment about the median of the values within reach, by the trapezoidal rule over normal deviations.
struct WithinReach {
  double mean = 0, square = 0;
};
std::optional<WithinReach> within_reach(Law const& law, double median) {
  WithinReach sums;
  double const step = 2 * reach / steps;
  for (int k = 0; k <= steps; ++k) {
    double const z = -reach + k * step;
    auto const x = law.model->offers().properties.value({sim::Quantity::Kind::quantile, normal_cdf(z)}, law.theta);
    if (!x || !std::isfinite(x->value)) return std::nullopt;
    double const weight = step * std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi) * (x->value - median);
    sums.mean += weight;
    sums.square += weight * (x->value - median);
  }
  sums.mean += median;
  return sums;
}

/// The order below which the first two moments can be shown.
double order_shown(Law const& law) {
  constexpr double all = std::numeric_limits<double>::infinity();
  auto const& properties = law.model->offers().properties;
  using Kind = sim::Quantity::Kind;
  for (auto const kind : {Kind::quantile, Kind::mean, Kind::variance})
    if (!properties.state(kind)) return all;
  auto const mean = properties.value({Kind::mean, 0}, law.theta),
             median = properties.value({Kind::quantile, 0.5}, law.theta);
  if (!mean || !median) return all;
  auto const shown = within_reach(law, median->value);
  if (!shown) return all;
  double const skew = mean->value - median->value;
  if (!(std::fabs(shown->mean - median->value) >= least_share * std::fabs(skew))) return 1;
  auto const variance = properties.value({Kind::variance, 0}, law.theta);
  if (!variance) return all;
  return shown->square >= least_share * (variance->value + skew * skew) ? all : 2.0;
}

}  // namespace

double moment_order_of_data(Law const& law) {
  auto const& order = law.model->offers().moment_order;
  double const stated = order ? order(law.theta) : std::numeric_limits<double>::infinity();
  return std::min(stated, order_shown(law));
}

bool moment_exists(Setting const& setting, estimators::Estimator const& estimator, std::int64_t n, int k) {
  return exists(setting, estimator, tails_of(setting.data), n, k);
}

bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  return moment_exists({law, law, {}}, estimator, n, k);
}

bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k, int component) {
  return exists({law, law, {}}, estimator, tails_of(law), n, k, component);
}

void expects_moment(Setting const& setting, estimators::Estimator const& estimator, std::int64_t n, int k) {
  auto const tails = tails_of(setting.data);
  if (exists(setting, estimator, tails, n, k)) return;
  auto const least = least_size(setting, estimator, tails, k);
  throw InputError("moment " + std::to_string(k) + " of estimator " + estimator.name() + " of " + model_text(setting) +
                   " does not exist at n = " + std::to_string(n) +
                   (order_shown(setting.data) <= 2 ? ", or lies in values that no run draws" : "") +
                   ", so its simulated variance would mean nothing; choose " +
                   (least ? "n of " + std::to_string(*least) + " or more" : "another estimator"));
}

void expects_moment(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  expects_moment({law, law, {}}, estimator, n, k);
}

}  // namespace fisherlab::claims
