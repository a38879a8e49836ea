#include "claims/evidence/correlation.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {

Interval correlation_interval(double correlation, std::int64_t count, double alpha) {
  expects_alpha(alpha);
  expects(count >= 4, "fewer than four pairs (Fisher's z has variance 1/(R - 3)), draw more");
  expects(!(std::abs(correlation) > 1), "the correlation is outside [-1, 1] (no such data), check the tally");
  double const scale = 1 / std::sqrt(static_cast<double>(count) - 3);
  double const reach = normal_critical(alpha) * scale;
  double const z = std::atanh(correlation);
  return {correlation, (1 - correlation * correlation) * scale, std::tanh(z - reach), std::tanh(z + reach)};
}

}  // namespace fisherlab::claims
