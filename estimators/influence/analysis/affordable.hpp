#pragma once

#include <vector>

#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::estimators::influence {

/// What decides which rows matter most.
struct Weight {
  Vector effect;          ///< n: predicted, on the loss that is looked at
  Vector self_influence;  ///< n
  Eigen::Index outputs;   ///< of the model, for one row
};

/// The rows that matter most: the 250 with the largest effects and the 50 with the largest self-influence, fewer of
/// each (10 at least) where a second-order removal of that many, O(n p) each, takes long. May name a row twice.
std::vector<int> rows_that_matter(Weight const& weight, Eigen::Index p);

/// Second-order removals of all rows where that takes seconds (O(n^2 p)); else of those that matter, with NaN in the
/// other rows.
Matrix affordable_second_order(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                               Weight const& weight, int threads);

}  // namespace fisherlab::estimators::influence
