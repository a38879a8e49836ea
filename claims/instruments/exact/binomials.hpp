#pragma once

namespace fisherlab::claims {

/// n choose k.
constexpr double binomial_coefficient(int n, int k) {
  double result = 1;
  for (int j = 1; j <= k; ++j) result = result * (n - k + j) / j;
  return result;
}

}  // namespace fisherlab::claims
