#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/api.hpp"
#include "sim/expressions/sums.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// sum_i f(x_i; theta), its gradient and its Hessian in theta, by what can be computed of a sample once for all theta.
///
/// Let t(x) be the largest parts of f that depend on x alone, as log x is one of (a - 1) log x - b x. Terms of f that
/// are polynomials of degree 2 in t, with coefficients that may depend on theta, sum to their Taylor series about the
/// means m of t:
///   sum_i P(t_i; theta) = n [P(m; theta) + sum_jk s_jk P_jk(m; theta)/2],  s_jk = sum_i (t_ij - m_j)(t_ik - m_k)/n,
/// which needs neither the observations nor differences of large sums. The terms that are left are summed over the
/// observations, with t(x_i) computed once a sample.
class FISHERLAB_API ExpressionStatistics {
 public:
  /// What stands for what in the graph.
  struct Variables {
    int parameters;        ///< variables 0 ... parameters - 1
    int observation;       ///< x
    VariableSet positive;  ///< those that are above 0
    int first_free;        ///< from here on none is in use
  };

  /// Nothing where f has more parts than there are variables for.
  static std::optional<ExpressionStatistics> of(ExpressionGraph& graph, NodeId f, Variables const& variables);

  class OfSample;

 private:
  struct Part {
    std::size_t atom;
    int variable;
  };
  struct Moment {
    std::size_t first, second;  ///< their parts, by their number among the means
    int variable;
  };
  struct Plan {
    std::vector<int> column_variables() const {
      std::vector<int> result;
      for (auto const& column : columns) result.push_back(column.variable);
      return result;
    }

    std::vector<NodeId> atoms;         ///< the t
    std::vector<bool> is_observation;  ///< of each: whether it is x itself
    std::vector<Part> columns;         ///< those that are needed at each observation
    std::vector<Part> means;
    std::vector<Moment> moments;
    NodeId sum = no_node;  ///< what is to be summed, of all these variables
    int parameters = 0;
    int end = 0;  ///< above the variables in use
  };
  class Planner;

  ExpressionStatistics(ExpressionGraph& graph, Plan plan, Variables const& variables);

  Plan plan_;
  Program atoms_;
  ExpressionSums value_;        ///< f
  ExpressionSums derivatives_;  ///< the same, gradient (p), Hessian (q)
};

/// What is known of one sample, which must outlive it. Its sums use its own room: one thread at a time.
class FISHERLAB_API ExpressionStatistics::OfSample {
 public:
  OfSample(ExpressionStatistics const& statistics, Sample const& sample);

  /// Whether the means and moments are numbers that lost nothing to overflow or underflow; where not, they must not be
  /// used.
  bool is_sound() const { return is_sound_; }
  /// Whether its sums cost the same at any n.
  bool is_free_of_size() const { return columns_.empty(); }

  /// Of a t(x) in which f is of second order; nothing where there is none.
  struct Spread {
    Lanes mean, sd;
  };
  std::optional<Spread> spread() const;

  /// theta: p Lanes.
  Lanes value(Lanes const* theta);
  /// `sums`: value, gradient (p), Hessian (q).
  void derivatives(Lanes const* theta, Lanes* sums);

 private:
  void find_atoms(Sample const& sample);
  void find_means();
  void set(Lanes const* theta);

  ExpressionStatistics const& statistics_;
  std::int64_t n_;
  bool is_sound_ = true;
  std::vector<Lanes> fixed_;                  ///< the values of the variables
  std::vector<std::vector<Lanes>> computed_;  ///< atoms at all observations
  std::vector<Lanes const*> atoms_;           ///< where those of each begin
  std::vector<Lanes const*> columns_;         ///< those that are summed over
  ExpressionSums::Room value_, derivatives_;
};

}  // namespace fisherlab::sim
