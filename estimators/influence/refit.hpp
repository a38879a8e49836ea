#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "estimators/influence/removal.hpp"

namespace fisherlab::estimators::influence {

/// How refits are made.
struct RefitSettings {
  int threads = 0;   ///< 0: one a core; the result is the same for any number
  bool warm = true;  ///< start at the full-data minimum, else at `start`
  double gradient_norm = 1e-10;
  std::function<bool()> stop;                      ///< asked before each refit; may be empty
  std::function<void(std::int64_t done)> advance;  ///< told after each; may be empty
};

/// theta_{-group} - theta for one group of rows.
struct Refit {
  std::vector<int> rows;
  Vector change;  ///< p; NaN when the search failed
  Trained trained;
};

/// Minimises the risk without each group of rows (one row a group for leave-one-out), in parallel.
/// Warm refits of problems with one minimum use chord Newton: the Cholesky factor of the full-data Hessian serves all
/// steps of all refits, corrected by its own row (Woodbury), with a full Newton step where the chord stalls.
/// Source of the chord method: Ortega and Rheinboldt (1970), section 7.1.
/// @throws sim::Interrupted when told to stop.
std::vector<Refit> refit_without(Minimum const& minimum, std::vector<std::vector<int>> const& groups,
                                 Convention convention, RefitSettings const& settings = {});

/// {0}, {1}, ..., {n - 1}.
std::vector<std::vector<int>> each_row(int n);

/// The minimum along the path on which a share q of row k is removed (q in [0, 1]), by warm starts from q to q.
Vector eps_path(Minimum const& minimum, int row, Convention convention, double q);

}  // namespace fisherlab::estimators::influence
