#include "claims/instruments/probes/jackknife.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace fisherlab::claims {

double jackknife_variance_of_root(sim::Powers const& powers, std::vector<double> const& numerator,
                                  std::vector<double> const& denominator) {
  // Two values leave one out each, which has no spread: nothing to learn from.
  if (powers.count < 3) return std::numeric_limits<double>::quiet_NaN();
  /// Central moments of s p + t q.
  auto const along = [&](double s, double t) {
    std::vector<double> u(numerator.size());
    for (std::size_t k = 0; k < u.size(); ++k) u[k] = (s + t) * numerator[k] + (t - s) * denominator[k];
    return powers.along(u);
  };
  auto const p = along(1, 0), q = along(0, 1), sum = along(1, 1), difference = along(1, -1);
  auto const steep_sum = along(2, 1), steep_difference = along(2, -1);
  // By polarisation: (p + q)^3 + (p - q)^3 is even in q, and so on.
  double const p2q = (sum[3] - difference[3] - 2 * q[3]) / 6;
  double const p2q2 = (sum[4] + difference[4] - 2 * p[4] - 2 * q[4]) / 12;
  double const p3q = (steep_sum[4] - steep_difference[4] - 2 * (sum[4] - difference[4])) / 48;
  auto const replicates = static_cast<double>(powers.count);
  double const third = (p2q - 0.5 * p[3]) / (replicates * replicates);
  double const fourth = (0.75 * p2q2 - 0.75 * p3q + 0.3125 * p[4]) / (replicates * replicates * replicates);
  return 0.25 * std::max(p[2] / (replicates - 1) + third + fourth, 0.0);
}

}  // namespace fisherlab::claims
