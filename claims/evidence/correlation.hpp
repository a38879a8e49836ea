#pragma once

#include <cstdint>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// Two-sided interval for a correlation by Fisher's z: tanh(atanh(r) -+ z(1 - alpha/2)/sqrt(R - 3)).
/// For normal pairs, and R of 20 or more. Under-covers for heavy tails, where the variance of atanh(r) exceeds
/// 1/(R - 3) (for independent pairs it does not), and does not improve with R.
/// The standard error is (1 - r^2)/sqrt(R - 3). For |r| = 1 the interval is that point.
/// @throws InputError when R < 4 or |r| > 1.
/// Source: Fisher (1921), On the probable error of a coefficient of correlation deduced from a small sample.
Interval correlation_interval(double correlation, std::int64_t count, double alpha);

}  // namespace fisherlab::claims
