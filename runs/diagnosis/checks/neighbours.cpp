#include "runs/diagnosis/checks/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/special/distributions.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::ptrdiff_t most_ranked = 1'000'000;  ///< ranks take memory and time

std::vector<double> mid_ranks(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    for (std::size_t k = i; k < j; ++k) ranks[order[k]] = 0.5 * static_cast<double>(i + j - 1);
    i = j;
  }
  return ranks;
}

}  // namespace

std::optional<GoodnessTest> dependence_of_neighbours(std::vector<double> const& rows) {
  if (std::ssize(rows) > most_ranked) return dependence_of_neighbours({rows.begin(), rows.begin() + most_ranked});
  auto const& x = rows;
  bool const is_sorted = std::is_sorted(x.begin(), x.end()) || std::is_sorted(x.rbegin(), x.rend());
  if (x.size() < 10 || is_sorted) return {};
  auto const ranks = mid_ranks(x);
  auto const n = static_cast<double>(x.size());
  double const mean = 0.5 * (n - 1);
  double squares = 0, products = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    squares += (ranks[i] - mean) * (ranks[i] - mean);
    if (i > 0) products += (ranks[i] - mean) * (ranks[i - 1] - mean);
  }
  if (!(squares > 0)) return {};
  double const r = products / squares, z = (r + 1 / n) * std::sqrt(n);
  return GoodnessTest{"dependence of neighbouring rows", r, 2 * normal_cdf(-std::fabs(z))};
}

}  // namespace fisherlab::runs
