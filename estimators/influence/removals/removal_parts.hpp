#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::estimators::influence {

/// @throws InputError for weights that are not 1/n, for which removals are derived.
void expect_plain_mean(Risk const& risk);

/// The diagonal of what the penalty gives to C_k = grad c_k: l2 m for the mean convention, else 0.
Vector penalty_curvature(Risk const& risk, Convention convention);

/// x of a solution. @throws InputError, with what went wrong, when it was not solved.
Vector solved(Solution const& solution);

/// The sum of c_k over `rows`. @throws InputError for a row outside the data or one named twice.
Vector removed_gradient(Minimum const& minimum, std::vector<int> const& rows, Convention convention);

/// One-step removals, a few rows at a time.
class OneStep {
 public:
  /// @throws InputError for weights that are not 1/n.
  OneStep(Minimum const& minimum, Convention convention);

  /// Of rows of the data, as one_step_removals(), from their removed gradients (removed_gradients).
  Matrix removals(Data const& rows, Matrix const& removed, int threads) const;

 private:
  Minimum minimum_;
  Matrix base_;  ///< what all reduced Hessians H - C_k/n have in common; the row's own part is still in it
  bool is_factored_ = false;
  std::optional<Matrix> factor_;
};

}  // namespace fisherlab::estimators::influence
