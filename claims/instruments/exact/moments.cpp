#include "claims/instruments/exact/moments.hpp"

#include <limits>
#include <optional>
#include <string>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

/// The least n at which the moment exists, if it is below a million.
std::optional<std::int64_t> least_size(Law const& law, estimators::Estimator const& estimator, int k) {
  for (std::int64_t n = 1; n < 1'000'000; ++n)
    if (moment_exists(law, estimator, n, k)) return n;
  return std::nullopt;
}

}  // namespace

double moment_order_of_data(Law const& law) {
  auto const& order = law.model->offers().moment_order;
  return order ? order(law.theta) : std::numeric_limits<double>::infinity();
}

bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  auto const& card = law.model->card();
  bool const is_of_theta = estimator.components() == card.parameters;
  return (!is_of_theta || card.moments.exists(k, n)) && k < estimator.moment_order(moment_order_of_data(law), n);
}

void expects_moment(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  if (moment_exists(law, estimator, n, k)) return;
  auto const least = least_size(law, estimator, k);
  throw InputError("moment " + std::to_string(k) + " of estimator " + estimator.name() + " of " +
                   law.model->card().name + " does not exist at n = " + std::to_string(n) +
                   ", so its simulated variance would mean nothing; choose " +
                   (least ? "n of " + std::to_string(*least) + " or more" : "another estimator"));
}

}  // namespace fisherlab::claims
