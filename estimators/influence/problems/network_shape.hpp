#pragma once

#include <vector>

#include "estimators/influence/problems/problems.hpp"

namespace fisherlab::estimators::influence::detail {

/// A layer of a fully connected network: z = (1, a) W with a the layer below, W (1 + inputs) x units. Theta holds W
/// column by column from `offset`: unit by unit, the bias and then its weights.
struct Layer {
  Eigen::Index inputs = 0;
  Eigen::Index units = 0;
  Eigen::Index offset = 0;

  Eigen::Index unit_size() const { return 1 + inputs; }
  Eigen::Index end() const { return offset + unit_size() * units; }

  Eigen::Map<Matrix const> weights(Vector const& theta) const { return {theta.data() + offset, unit_size(), units}; }
  Eigen::Map<Matrix> weights(Vector& theta) const { return {theta.data() + offset, unit_size(), units}; }
};

/// The hidden layers and, last, the head, whose units are the classes.
struct Shape {
  std::vector<Layer> layers;
  Activation activation = Activation::tanh;

  Eigen::Index parameters() const { return layers.back().end(); }
  Layer const& head() const { return layers.back(); }
};

/// Rows of the data that carry weight, at most a few hundred at once so that the layers stay in cache.
struct Batch {
  Matrix inputs;             ///< rows x (1 + d), the first column ones
  std::vector<int> targets;  ///< the class of each row
  Vector weights;            ///< of each row

  Eigen::Index rows() const { return inputs.rows(); }
};

/// The rows of `data` whose weight is not zero, cut into batches.
std::vector<Batch> batches_of(Data const& data, Vector const& weights);

}  // namespace fisherlab::estimators::influence::detail
