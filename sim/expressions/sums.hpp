#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/api.hpp"
#include "sim/expressions/program.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// Sums of expressions over the observations of a sample. What is a sum of products of a factor that is free of x and
/// one that is not, sum_k c_k(theta) b_k(x, theta), is summed as sum_k c_k (sum_i b_k): so only the b_k, often a few
/// functions of x alone, are computed for each observation.
class FISHERLAB_API ExpressionSums {
 public:
  /// `observation`: the variable that is x.
  ExpressionSums(ExpressionGraph& graph, std::vector<NodeId> const& expressions, int observation);

  /// `fixed`: the values of variables 0, 1, ...; `sums`: one for each expression.
  void operator()(Sample const& sample, std::span<Lanes const> fixed, Lanes* sums) const;

 private:
  /// One of the c_k b_k, both by their number among the roots.
  struct Term {
    std::size_t factor;
    std::size_t sum;
  };
  struct Sum {
    std::size_t constant;  ///< what is free of x, by its number among the roots
    std::vector<Term> terms;
  };

  int observation_;
  std::size_t summed_ = 0;  ///< the first so many roots are summed
  std::vector<Sum> sums_;
  Program program_;
};

}  // namespace fisherlab::sim
