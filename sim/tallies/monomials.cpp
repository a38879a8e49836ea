#include "sim/tallies/monomials.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace fisherlab::sim {

double Monomials::count_of(int variables, int degree) {
  double count = 1;
  for (int k = 1; k <= degree; ++k) count *= static_cast<double>(variables + k) / k;
  return std::round(count);
}

Monomials::Monomials(int variables, int degree) : variables_(static_cast<std::size_t>(variables)), degree_(degree) {
  expects(variables >= 1 && degree >= 1 && degree <= 100,
          "moments need a component and a degree of at least 1, give both");
  expects(count_of(variables, degree) <= 1e5,
          "there are too many joint moments (one a product), fold fewer components");
  add(none, 0);
  std::size_t first = 0;
  for (int d = 1; d <= degree; ++d) {
    std::size_t const end = count();
    for (std::size_t k = first; k < end; ++k)
      for (std::size_t j = d == 1 ? 0 : last_[k]; j < variables_; ++j) add(k, j);
    first = end;
  }
}

void Monomials::add(std::size_t parent, std::size_t variable) {
  std::size_t const k = count();
  parent_.push_back(parent == none ? 0 : parent);
  last_.push_back(variable);
  exponents_.resize(exponents_.size() + variables_, 0);
  below_.resize(below_.size() + variables_, none);
  above_.resize(above_.size() + variables_, none);
  degrees_.push_back(parent == none ? 0 : degrees_[parent] + 1);
  multinomial_.push_back(1);
  if (parent == none) return;
  for (std::size_t j = 0; j < variables_; ++j)
    exponents_[k * variables_ + j] =
        static_cast<std::uint8_t>(exponents_[parent * variables_ + j] + (j == variable ? 1 : 0));
  multinomial_[k] = multinomial_[parent] * degrees_[k] / exponents_[k * variables_ + variable];
  // y^a / y_j is the parent for the last variable, and (parent / y_j) y_last for an earlier one.
  for (std::size_t j = 0; j < variables_; ++j) {
    if (exponents_[k * variables_ + j] == 0) continue;
    below(k, j) = j == variable ? parent : above_[below(parent, j) * variables_ + variable];
    above_[below(k, j) * variables_ + j] = k;
  }
}

std::size_t Monomials::count_below(int degree) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(degrees_, degree) - degrees_.begin());
}

std::size_t Monomials::place_of(std::span<int const> exponents) const {
  std::size_t k = 0;
  for (std::size_t j = 0; j < variables_; ++j)
    for (int power = 0; power < exponents[j]; ++power) k = above_[k * variables_ + j];
  return k;
}

void Monomials::shift(std::span<double const> delta, std::span<double> sums) const {
  for (std::size_t j = 0; j < variables_; ++j) {
    if (delta[j] == 0) continue;
    // Products of higher degree first: each takes those below it as they were.
    for (std::size_t k = count(); k-- > 1;) {
      int const power = exponents_[k * variables_ + j];
      double term = 1;  // C(power, i) delta^i
      std::size_t lower = k;
      for (int i = 1; i <= power; ++i) {
        term *= delta[j] * (power - i + 1) / i;
        lower = below(lower, j);
        sums[k] += term * sums[lower];
      }
    }
  }
}

std::vector<double> Monomials::along(std::span<double const> u, std::span<double const> sums) const {
  std::vector<double> result(static_cast<std::size_t>(degree_) + 1);
  std::vector<double> powers(count());
  powers[0] = 1;
  result[0] = sums[0];
  std::size_t parent = 0, child = 1;
  for (std::size_t degree = 1; degree < result.size(); ++degree) {
    double total = 0;
    for (std::size_t const end = child; parent < end; ++parent)
      for (std::size_t j = degree == 1 ? 0 : last_[parent]; j < variables_; ++j, ++child) {
        powers[child] = powers[parent] * u[j];
        total += multinomial_[child] * powers[child] * sums[child];
      }
    result[degree] = total;
  }
  return result;
}

}  // namespace fisherlab::sim
