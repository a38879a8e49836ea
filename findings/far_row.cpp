#include "findings/far_row.hpp"

#include <algorithm>
#include <cmath>

namespace fisherlab {

FarSum far_sum(std::span<FarRow const> rows) {
  FarSum sum;
  double below = 0, above = 0;
  for (auto const& row : rows) {
    if (!row.is_known()) {
      ++sum.unknown;
      continue;
    }
    ++sum.rows;
    sum.mean += *row.factor;
    below += std::pow(*row.factor - row.lower.value_or(0), 2);
    above += std::pow(row.upper.value_or(*row.factor) - *row.factor, 2);
  }
  if (sum.rows == 0) return sum;
  auto const count = static_cast<double>(sum.rows);
  sum.mean /= count;
  sum.lower = std::max(0.0, sum.mean - std::sqrt(below) / count);
  sum.upper = sum.mean + std::sqrt(above) / count;
  return sum;
}

}  // namespace fisherlab
