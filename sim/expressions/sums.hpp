#pragma once

#include <cstddef>
#include <cstdint>
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
  /// `observed`: the variables that differ by observation, x first.
  ExpressionSums(ExpressionGraph& graph, std::vector<NodeId> const& expressions, std::vector<int> observed);

  /// Whether expression k does not depend on what is observed.
  bool is_free(std::size_t k) const { return sums_[k].terms.empty(); }

  /// Room for summing, again and again; of one thread.
  class Room {
   public:
    explicit Room(ExpressionSums const& sums) : run_(sums.program_), totals_(sums.summed_) {}

   private:
    friend class ExpressionSums;
    ProgramRun run_;
    std::vector<Lanes> totals_;
  };

  /// Over n observations; `columns`: their values, in the order of the observed variables; `fixed`: the values of
  /// variables 0, 1, ...; `sums`: one for each expression.
  void operator()(Room& room, std::span<Lanes const* const> columns, std::int64_t n, std::span<Lanes const> fixed,
                  Lanes* sums) const;
  /// The same in a room of its own.
  void operator()(std::span<Lanes const* const> columns, std::int64_t n, std::span<Lanes const> fixed,
                  Lanes* sums) const {
    Room room(*this);
    (*this)(room, columns, n, fixed, sums);
  }
  /// The same where x alone is observed.
  void operator()(Sample const& sample, std::span<Lanes const> fixed, Lanes* sums) const {
    Lanes const* const column = sample.data();
    (*this)({&column, 1}, sample.n(), fixed, sums);
  }

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

  Program compiled(ExpressionGraph& graph, std::vector<NodeId> const& expressions);

  std::vector<int> observed_;
  std::size_t summed_ = 0;  ///< the first so many roots are summed
  std::vector<Sum> sums_;
  Program program_;
};

}  // namespace fisherlab::sim
