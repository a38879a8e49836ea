#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/tallies/monomials.hpp"

namespace fisherlab::sim {

/// Components [first, first + q) of what a probe folds, whose joint moments are kept up to a degree. Degree 4 gives the
/// skewness and kurtosis of every linear form u'y; degree 8 those of every square (u'y)^2.
struct PowerBlock {
  int first = 0;                               ///< of the components
  std::shared_ptr<Monomials const> monomials;  ///< the products whose sums are kept

  /// Number of components.
  int size() const { return monomials->variables(); }
  /// Of the highest moments.
  int degree() const { return monomials->degree(); }
};

/// Components [first, first + size), to that degree.
/// @throws InputError as `Monomials`.
FISHERLAB_API PowerBlock power_block(int first, int size, int degree = 4);

/// Mean and sums of products of deviations, M_a = sum (y - mean)^a, of one block: a monoid under `merge`.
struct FISHERLAB_API Powers {
  PowerBlock block;          ///< what is kept
  std::int64_t count = 0;    ///< replicates
  std::vector<double> mean;  ///< q
  std::vector<double> sums;  ///< M_a in the order of the monomials; sums[0] is the count, those of degree 1 are 0

  /// Nothing folded yet.
  explicit Powers(PowerBlock const& block);

  /// Joins two disjoint groups: both are moved to the common mean by the binomial theorem, variable after variable, and
  /// added. Associative in value; the engine folds in block order, so the bits are fixed too.
  /// Source: Pebay (2008), Sandia report SAND2008-6212, for the pairwise update of any order.
  void merge(Powers const& other);

  /// Central moments E(u'(y - mean))^k for k = 0 .. degree, over all replicates; u has q entries.
  std::vector<double> along(std::span<double const> u) const;

 private:
  void move_to(std::span<double const> centre);
};

/// The sums of one block of replicates, about a value that was seen there. With it no digits are lost: the distance of
/// that value from the mean enters the sums itself, so cancellation costs at most a factor of the number of replicates.
class BlockPowers {
 public:
  /// Nothing folded yet.
  explicit BlockPowers(PowerBlock const& block);
  /// Adds one batch; `deviations`: all components less their centres, 0 in lanes that do not count.
  void fold(Lanes const* deviations, Lanes const& used);
  /// How many batches fold_together() takes: a sum is then read and written once for all of them.
  static constexpr std::size_t together = 4;
  /// The same of four batches, the deviations of each component side by side (components x 4): the same sums to
  /// rounding, in half the time. `used` may be any weights.
  void fold_together(Lanes const* deviations, Lanes const* used);
  /// Adds `factor` times the sums of a block about the same value.
  void add(double factor, BlockPowers const& other);
  /// The sums about the mean; `centre`: what was subtracted, of all components.
  Powers finish(std::int64_t count, double const* centre) const;

 private:
  PowerBlock block_;
  std::vector<Lanes> products_;  ///< of degrees below the highest
  std::vector<Lanes> four_;      ///< the same of each of four batches; empty until they are folded together
  std::vector<Lanes> sums_;
};

}  // namespace fisherlab::sim
