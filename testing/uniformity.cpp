#include "testing/uniformity.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace fisherlab::laws {

Check distance_to_uniform(std::vector<double> u) {
  std::sort(u.begin(), u.end());
  auto const n = static_cast<double>(u.size());
  double distance = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    double const before = static_cast<double>(i) / n;
    distance = std::max({distance, u[i] - before, before + 1 / n - u[i]});
  }
  return {distance, std::sqrt(std::log(2 / alpha) / (2 * n))};
}

Check equal_counts(std::vector<double> const& counts) {
  double total = 0;
  for (double const c : counts) total += c;
  double const expected = total / static_cast<double>(counts.size());
  double statistic = 0;
  for (double const c : counts) statistic += (c - expected) * (c - expected) / expected;
  boost::math::chi_squared_distribution<> const law(static_cast<double>(counts.size() - 1));
  return {statistic, quantile(complement(law, alpha))};
}

std::size_t cell_of_uniform(double u, std::size_t cells) {
  return std::min(static_cast<std::size_t>(u * static_cast<double>(cells)), cells - 1);
}

Check cells_of_uniform(std::vector<double> const& u) {
  std::vector<double> counts(64);
  for (double const x : u) ++counts[cell_of_uniform(x, counts.size())];
  return equal_counts(counts);
}

Check cells_of_square(std::vector<double> const& u, std::vector<double> const& v) {
  std::vector<double> counts(64);
  for (std::size_t i = 0; i < u.size(); ++i) ++counts[8 * cell_of_uniform(u[i], 8) + cell_of_uniform(v[i], 8)];
  return equal_counts(counts);
}

}  // namespace fisherlab::laws
