#include "claims/moments.hpp"

#include <cmath>
#include <string>

#include "sim/expects.hpp"

namespace fisherlab::claims {

bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  auto const& card = law.model->card();
  return estimator.components() != card.parameters || card.moments.exists(k, n);
}

void expects_moment(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k) {
  if (moment_exists(law, estimator, n, k)) return;
  auto const& card = law.model->card();
  auto const least = static_cast<std::int64_t>(std::floor(card.moments.slope * k + card.moments.offset)) + 1;
  throw InputError("moment " + std::to_string(k) + " of estimator " + estimator.name() + " of " + card.name +
                   " does not exist at n = " + std::to_string(n) +
                   ", so its simulated variance would mean nothing; choose n of " + std::to_string(least) + " or more");
}

}  // namespace fisherlab::claims
