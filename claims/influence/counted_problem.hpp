#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::claims {

/// Multiplications that passes over data cost, counted while a computation runs, on any threads.
struct Work {
  std::atomic<std::int64_t> multiplications{0};  ///< of all passes
};

/// A problem with one linear predictor that counts what is asked of it. With n rows of p numbers a loss, a gradient or
/// a product with H takes n p multiplications for each of its one or two matrix-vector products, and H itself n p^2.
estimators::influence::AnyProblem counted(estimators::influence::AnyProblem const& problem,
                                          std::shared_ptr<Work> const& work);

}  // namespace fisherlab::claims
