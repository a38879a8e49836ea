#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/expression/support.hpp"

namespace fisherlab::sim {

/// The log density of eight observations, a lane each, at one theta.
using LogDensity = std::function<Lanes(Lanes const& x)>;

/// The distribution function of a law, integrated from its density, and its inverse.
class FISHERLAB_API InverseLaw {
 public:
  InverseLaw() = default;
  InverseLaw(InverseLaw const&) = delete;
  InverseLaw& operator=(InverseLaw const&) = delete;
  virtual ~InverseLaw() = default;

  /// What the density integrates to; not finite where it takes no number at all. The law is scaled to mass 1.
  virtual double mass() const = 0;
  /// The quantiles at probabilities in (0, 1).
  virtual Lanes quantile(Lanes const& u) const = 0;
  /// The quantile at u with its probability: u itself but for counts.
  struct Mark {
    double x = 0;
    double probability = 0;  ///< P(X <= x)
  };
  virtual Mark mark(double u) const = 0;
};

/// Integrated and tabulated. Continuous laws: the distribution function at the quantile of u differs from u by less
/// than 1e-13. Counts: the sums of the probabilities, of at most 2^22 counts.
/// @throws InputError when the density is too rough for tables.
FISHERLAB_API std::unique_ptr<InverseLaw const> inverse_of(Support const& support, LogDensity const& log_density);

}  // namespace fisherlab::sim
