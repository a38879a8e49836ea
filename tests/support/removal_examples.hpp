#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "tests/support/problem_data.hpp"

namespace fisherlab::test {

inline constexpr estimators::influence::Convention conventions[] = {estimators::influence::Convention::mean,
                                                                    estimators::influence::Convention::total};

inline double relative(estimators::influence::Vector const& found, estimators::influence::Vector const& expected) {
  return (found - expected).norm() / expected.norm();
}

/// What an InputError says; empty where `action` passes.
template <class Action>
std::string refusal_of(Action const& action) {
  try {
    action();
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

/// Data and a problem for them.
struct Example {
  estimators::influence::Data data;
  estimators::influence::AnyProblem problem;
};

template <class Make>
Example example_of(Make const& make, estimators::influence::Data const& data) {
  return {data, make(data)};
}

/// Each problem with one minimum, 30 rows of two inputs.
inline std::vector<Example> examples() {
  namespace influence = estimators::influence;
  return {example_of(influence::linear_problem, measured(30, 2)),
          example_of(influence::logistic_problem, classified(30, 2, 2)),
          example_of(influence::poisson_problem, counted(30, 2)),
          example_of(influence::softmax_problem, classified(30, 2, 3))};
}

}  // namespace fisherlab::test
