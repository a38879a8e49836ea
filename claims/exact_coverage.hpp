#pragma once

#include <cstdint>
#include <optional>

#include "claims/intervals.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// The exact coverage of an interval at sample size n, by summing the law of the sufficient statistic over the
/// outcomes whose interval holds the truth: binomial for `bernoulli`, Poisson for `poisson` totals, gamma for
/// `exponential` totals (Wald). Nothing where no exact law is known.
/// Derivation: Wald holds theta when |theta_hat - theta| <= z s(theta_hat), score when |theta_hat - theta| <=
/// z s(theta), with s^2 = p (1 - p)/n or mean/n; for the rate, with theta_hat = n rate/G and G ~ Gamma(n, 1), both
/// read n - z sqrt(n) <= G <= n + z sqrt(n).
std::optional<double> exact_coverage(Law const& law, std::int64_t n, IntervalMethod method, double z);

}  // namespace fisherlab::claims
