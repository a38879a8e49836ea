#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::runs {

/// Statistics of the distance between a sample and a law, and their names in the same order.
class DistanceStatistics {
 public:
  /// For the law of `model` fitted to `values` at `theta`; the cells of chi-square are chosen there, once for all
  /// samples.
  DistanceStatistics(sim::BatchModel const& model, std::vector<double> const& values, std::span<double const> theta);

  std::vector<std::string> const& names() const { return names_; }
  /// Of a sample of the same size, at its own estimate. Orders the values.
  std::vector<double> of(std::vector<double>& values, std::span<double const> theta) const;

 private:
  std::vector<double> of_counts(std::vector<double> const& values, std::span<double const> theta) const;

  sim::BatchModel const& model_;
  std::vector<std::string> names_;
  std::vector<double> edges_;  ///< cells of counts: below edges_[0], from there below edges_[1], ...
  double last_ = 0;            ///< a count beyond which the law has no mass to speak of
};

/// Variance of the values over that of the law; 0 where the law states none.
double dispersion(sim::BatchModel const& model, std::span<double const> values, std::span<double const> theta);

/// The step of the grid that all values lie on, where ties show that there is one; else 0.
double grid_of(std::vector<double> values);

/// The nearest multiple of the grid that the model can give, so that a life that rounds to 0 is one step; x itself
/// where the grid is 0.
double on_grid(double x, double grid, sim::BatchModel const& model);

}  // namespace fisherlab::runs
