#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::sim {

/// All products y^a = y_0^a_0 ... y_(q-1)^a_(q-1) of total degree 0 to D in q variables, C(q + D, D) of them: first the
/// constant, then by degree. Each is its parent, which comes before it, times one variable; the children of a parent
/// follow each other, those of the next parent follow them, and their variables go from that of the parent to the last.
class FISHERLAB_API Monomials {
 public:
  /// In q variables to degree D.
  /// @throws InputError when q < 1 or D < 1, or there would be more than 100,000 products.
  Monomials(int variables, int degree);

  /// C(q + D, D), not above the largest count that is exact.
  static double count_of(int variables, int degree);

  /// q.
  int variables() const { return static_cast<int>(variables_); }
  /// D.
  int degree() const { return degree_; }
  /// How many there are.
  std::size_t count() const { return parent_.size(); }

  /// How many have a degree below `degree`; they come first.
  std::size_t count_below(int degree) const;
  /// Place of the parent of product k.
  std::size_t parent(std::size_t k) const { return parent_[k]; }
  /// The variable that leads from the parent to product k.
  std::size_t last_variable(std::size_t k) const { return last_[k]; }
  /// Total degree of product k.
  int degree_of(std::size_t k) const { return degrees_[k]; }
  /// Place of the product of these exponents.
  std::size_t place_of(std::span<int const> exponents) const;

  /// From the sums M_a = sum (y - c)^a to those about c - delta e_j:
  ///   M_a <- sum_k C(a_j, k) delta^k M_(a - k e_j),   in place, variable after variable.
  void shift(std::span<double const> delta, std::span<double> sums) const;

  /// sum (u'y)^k for k = 0 .. D from the sums M_a: the multinomial theorem.
  std::vector<double> along(std::span<double const> u, std::span<double const> sums) const;

 private:
  void add(std::size_t parent, std::size_t variable);
  std::size_t& below(std::size_t k, std::size_t variable) { return below_[k * variables_ + variable]; }
  std::size_t below(std::size_t k, std::size_t variable) const { return below_[k * variables_ + variable]; }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t variables_;
  int degree_;
  std::vector<std::size_t> parent_, last_;
  std::vector<int> degrees_;
  std::vector<std::uint8_t> exponents_;  ///< count x q
  std::vector<std::size_t> below_;       ///< count x q: the product divided by one variable, or `none`
  std::vector<std::size_t> above_;       ///< count x q: the product times one variable, or `none`
  std::vector<double> multinomial_;      ///< degree! / (a_0! a_1! ...)
};

}  // namespace fisherlab::sim
