#pragma once

#include <vector>

#include "estimators/influence/problems/problems.hpp"

namespace fisherlab::estimators::influence {

/// The hidden layers of a trained network, frozen: phi(x) = a_depth, a_0 = x, a_l = f(b_l + W_l a_{l-1}).
class FrozenFeatures {
 public:
  /// The inputs themselves, phi(x) = x.
  FrozenFeatures() = default;
  /// The hidden layers of the network problem that `options` makes for `dimension` inputs, at its theta.
  /// @throws InputError for a theta too short.
  FrozenFeatures(Vector const& theta, int dimension, ProblemOptions const& options);

  /// phi(A (x - mean)) of these features phi of d inputs, as features of x: the first layer takes A up.
  /// @throws InputError where there is no layer.
  FrozenFeatures of_whitened(Matrix const& a, Vector const& mean) const;

  /// The same rows and targets with phi(x) for x.
  Data of(Data const& data) const;
  /// phi(x) for one input.
  Vector of(Vector const& input) const;

  /// (d phi/dx)' v, the gradient in x of v'phi(x).
  Vector pull_back(Vector const& input, Vector const& v) const;

 private:
  std::vector<Matrix> layers_;  ///< units x (1 + inputs), biases first
  Activation activation_ = Activation::tanh;
};

}  // namespace fisherlab::estimators::influence
