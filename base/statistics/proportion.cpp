#include "base/statistics/proportion.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "base/special/incomplete_beta.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab {

Interval proportion_interval(Counts const& counts, double alpha) {
  expects_alpha(alpha);
  expects(counts.successes >= 0 && counts.dropped >= 0 && counts.successes <= counts.trials,
          "counts are not 0 <= successes <= trials and dropped >= 0 (no such experiment), check the tally");
  if (counts.trials == 0) {
    Interval none = vacuous_interval();
    none.lower = 0;
    none.upper = 1;
    return none;
  }
  auto const successes = static_cast<double>(counts.successes);
  auto const trials = static_cast<double>(counts.trials);
  auto const all = static_cast<double>(counts.trials + counts.dropped);
  auto const most = static_cast<double>(counts.successes + counts.dropped);

  Interval result;
  result.estimate = successes / trials;
  result.std_error = std::sqrt(result.estimate * (1 - result.estimate) / trials);
  // P(X >= s; N, p) = I_p(s, N - s + 1), and P(X <= s; N, p) = 1 - I_p(s + 1, N - s).
  result.lower = successes > 0 ? incomplete_beta_inverse({successes, all - successes + 1}, alpha / 2) : 0.0;
  result.upper = most < all ? incomplete_beta_complement_inverse({most + 1, all - most}, alpha / 2) : 1.0;
  return result;
}

double binomial_at_least(Counts const& counts, double p) {
  if (counts.successes <= 0) return 1.0;
  // P(X >= k) = I_p(k, N - k + 1).
  auto const successes = static_cast<double>(counts.successes);
  return incomplete_beta({successes, static_cast<double>(counts.trials - counts.successes + 1)}, p);
}

}  // namespace fisherlab
