#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::estimators::influence {

/// How refits are made.
struct RefitSettings {
  int threads = 0;                  ///< 0: one a core; the result is the same for any number
  bool warm = true;                 ///< start at the full-data minimum, else at `problem.start(seed)`
  std::uint64_t seed = 0;           ///< of the start, for cold refits
  double gradient_norm = 1e-10;     ///< at which a search has ended
  int max_newton = 200;             ///< steps of a search that is not by chord Newton
  std::function<bool()> stop = {};  ///< asked before each refit; may be empty
  std::function<void(std::int64_t done)> advance = {};  ///< told after each; may be empty
};

/// theta_{-group} - theta for one group of rows.
struct Refit {
  std::vector<int> rows;  ///< that were removed
  Vector change;          ///< p; NaN when the search failed
  Trained trained;        ///< of chord Newton: gradient norm and Newton step as they were before the last step
};

/// `one` of 0, 1, ..., count - 1, in parallel and in order.
/// @throws sim::Interrupted when told to stop.
std::vector<Refit> refit_each(int count, std::function<Refit(int)> const& one, RefitSettings const& settings);

/// Minimises the risk without each group of rows (one row a group for leave-one-out), in parallel.
/// Warm refits of problems with one minimum (those that start at zero) use chord Newton: one Cholesky factor of the
/// full-data Hessian serves all steps of all refits, corrected by the group's own curvature (Woodbury), so that an
/// error shrinks by about the size of the change at each step; where the gradient norm does not fall to a fifth in a
/// step, `train` goes on from there. Other refits are `train` from their start.
/// Source of the chord method: Ortega and Rheinboldt (1970), section 7.1.
/// @throws InputError for rows outside the data or a group that leaves none; sim::Interrupted when told to stop.
std::vector<Refit> refit_without(Minimum const& minimum, std::vector<std::vector<int>> const& groups,
                                 Convention convention, RefitSettings const& settings = {});

/// One refit by `train` from a given start.
Refit refit_from(Vector const& start, Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                 RefitSettings const& settings = {});

/// {0}, {1}, ..., {n - 1}.
std::vector<std::vector<int>> each_row(int n);

/// The minimum along the path on which a share q of row k is removed (q in [0, 1]), by warm starts through the shares
/// q/256, q/64, q/16, q/4, q; NaN when a search failed.
Vector eps_path(Minimum const& minimum, int row, Convention convention, double q);

/// The same at several shares, each started from the one before: give them in rising order.
std::vector<Vector> eps_path(Minimum const& minimum, int row, Convention convention, std::vector<double> const& shares);

}  // namespace fisherlab::estimators::influence
