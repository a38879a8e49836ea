#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "claims/setting.hpp"
#include "sim/lanes.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::claims {

/// Error of an expectation by quadrature, relative to E|f|: what sim::expectation() is asked for.
inline constexpr double quadrature_error = 1e-8;

/// E f_j(X), j < size, for X one observation of the law: by quadrature (sim/quadrature/expectation.hpp), and for more
/// than two counts that are 0 or 1 by a sum over the corners.
/// @throws InputError where it does not settle within so many calls of f; 0: 50,000 for one coordinate, a million for
/// two.
std::vector<double> expectation_of(Law const& law, std::size_t size, sim::ObservationFunctions const& f,
                                   std::int64_t most_batches = 0);

/// The score of one observation, a lane each, at the theta of a law: for integrands, one thread at a time.
class ScoreOfOne {
 public:
  explicit ScoreOfOne(Law const& law);
  /// Writes p Lanes.
  void operator()(sim::Sample const& one, sim::Lanes* score);

 private:
  Law law_;
  std::vector<sim::Lanes> theta_, hessian_;
};

}  // namespace fisherlab::claims
