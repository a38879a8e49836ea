#pragma once

#include <array>
#include <vector>

#include "estimators/influence/problems/network_shape.hpp"

namespace fisherlab::estimators::influence::detail {

/// Taylor coefficients of a matrix that depends on s: M(s) = M[0] + M[1] s + ... + M[order] s^order.
template <int order>
class Series {
 public:
  Matrix const& operator[](int k) const { return coefficients_[static_cast<std::size_t>(k)]; }
  Matrix& operator[](int k) { return coefficients_[static_cast<std::size_t>(k)]; }

 private:
  std::array<Matrix, order + 1> coefficients_;
};

/// What a hidden layer keeps for the sweep downwards.
template <int order>
struct Hidden {
  Series<order> outputs;  ///< rows x (1 + units): (1, a), a = f(z)
  Series<order> slopes;   ///< rows x units: f'(z)
};

/// Back propagation of sum_i w_i L(z_i, theta + s t) in truncated Taylor series in s, over a batch of rows. Order 0
/// gives the gradient; order 1 is Pearlmutter's R-operator, whose coefficient of s in the gradient is the Hessian times
/// t; order 2 gives the next derivative along t. All are exact up to rounding.
/// Source: Pearlmutter (1994), Fast exact multiplication by the Hessian, Neural Computation 6, 147-160; Griewank and
/// Walther (2008), Evaluating Derivatives, chapter 13 (Taylor coefficients).
template <int order>
class Pass {
 public:
  /// The sweep upwards. `direction` is t (not read at order 0). The arguments must outlive the pass.
  Pass(Shape const& shape, Batch const& batch, Vector const& theta, Vector const& direction);

  /// The sweep downwards, layer by layer: `start_at_head`, then `descend` from each layer to the one below it.
  void start_at_head();
  void descend();

  /// (1, a) that feeds layer `index`, its coefficient of s^k; the inputs do not depend on s.
  Matrix const& feed(std::size_t index, int k) const {
    return index == 0 ? batch_.inputs : hidden_[index - 1].outputs[k];
  }
  Hidden<order> const& hidden(std::size_t index) const { return hidden_[index]; }
  Series<order> const& scores() const { return scores_; }  ///< z of the head, rows x C
  Series<order> const& probabilities() const { return probabilities_; }
  Vector const& log_sum() const { return log_sum_; }       ///< log sum exp z of each row
  std::size_t layer() const { return layer_; }             ///< where the sweep downwards stands
  Series<order> const& deltas() const { return deltas_; }  ///< w dL/dz there, rows x units
  Series<order> errors() const;                            ///< w dL/da of what feeds that layer, rows x inputs

  /// The coefficient of s^order of the gradient in the weights of the layer where the sweep stands, added to `sum`.
  void add_gradient(Vector& sum) const;

 private:
  Layer const& at(std::size_t index) const { return shape_.layers[index]; }
  Series<order> scores_of(std::size_t index) const;

  Shape const& shape_;
  Batch const& batch_;
  Vector const& theta_;
  Vector const& direction_;
  std::vector<Hidden<order>> hidden_;
  Series<order> scores_;
  Series<order> probabilities_;
  Vector log_sum_;
  Series<order> deltas_;
  std::size_t layer_ = 0;
};

extern template class Pass<0>;
extern template class Pass<1>;
extern template class Pass<2>;

/// f''(z) and f'''(z) from a = f(z) and f'(z).
Eigen::ArrayXXd second_slope(Activation activation, Matrix const& outputs, Matrix const& slopes);
Eigen::ArrayXXd third_slope(Activation activation, Matrix const& outputs, Matrix const& slopes);

/// Of scores (rows x C): exp z_c / sum exp z and log sum exp z, without overflow.
struct Softmax {
  Matrix probabilities;
  Vector log_sum;
};
Softmax softmax(Matrix const& scores);

/// sum_i w_i grad^2 L over the rows of a batch, added to the upper triangle of `sum` (p x p).
void add_hessian(Shape const& shape, Batch const& batch, Vector const& theta, Matrix& sum);

}  // namespace fisherlab::estimators::influence::detail
