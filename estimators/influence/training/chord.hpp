#pragma once

#include <memory>
#include <optional>

#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::estimators::influence {

/// The Hessian of a risk at its minimum, factored once for refits without any of its rows. With G the curvature that
/// the removed rows had in the risk and s the growth of the other rows' weights, the Hessian of the risk that is left
/// is s (H - G) + (1 - s) l2 M, M the diagonal of the penalised parameters. Safe to use from several threads.
class Chord {
 public:
  /// Reads the Hessian at `minimum`, which must outlive it.
  /// @throws InputError when the Hessian is not positive definite.
  explicit Chord(Minimum const& minimum);

  /// Minimises `reduced`, the risk without `rows`, from the full minimum with one factor for all steps; nothing where a
  /// step leaves more than a fifth of the gradient norm, with the best point so far in `last`.
  std::optional<Trained> minimise(Risk const& reduced, std::vector<int> const& rows, double gradient_norm,
                                  Vector& last) const;

 private:
  class Factor;
  struct Full;
  Factor factor_without(Risk const& reduced, std::vector<int> const& rows) const;

  std::shared_ptr<Full const> full_;
};

}  // namespace fisherlab::estimators::influence
