#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "estimators/influence/problems/network_pass.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

using detail::Batch;
using detail::batches_of;
using detail::Layer;
using detail::Pass;
using detail::Shape;

/// Coefficient of s^order of sum_i w_i grad L(z_i, theta + s t).
template <int order>
Vector gradient_coefficient(Shape const& shape, Data const& data, Vector const& weights, Vector const& theta,
                            Vector const& t) {
  Vector sum = Vector::Zero(shape.parameters());
  for (Batch const& batch : batches_of(data, weights)) {
    Pass<order> pass(shape, batch, theta, t);
    pass.start_at_head();
    pass.add_gradient(sum);
    while (pass.layer() > 0) {
      pass.descend();
      pass.add_gradient(sum);
    }
  }
  return sum;
}

/// A fully connected network with a softmax head: a_0 = x, a_l = f(b_l + W_l a_{l-1}), l = 1 ... depth,
/// p = softmax(b + W a_depth), L = -log p_y. Theta goes layer by layer, unit by unit: the bias, then its weights. All
/// derivatives are exact: gradient, Hessian product and third product are the coefficients 0, 1 and 2 of one
/// back propagation in Taylor series; the loss has many minima (permuted units, and signs for tanh).
class NetworkProblem {
 public:
  NetworkProblem(Data const& data, ProblemOptions const& options) : classes_(data.classes) {
    Eigen::Index inputs = data.dimension(), offset = 0;
    auto const add = [&](Eigen::Index units) {
      shape_.layers.push_back({inputs, units, offset});
      offset = shape_.layers.back().end();
      inputs = units;
    };
    for (int l = 0; l < options.depth; ++l) add(options.width);
    add(static_cast<Eigen::Index>(data.classes.size()));
    shape_.activation = options.activation;
  }

  std::string name() const { return "mlp"; }

  std::vector<std::string> parameters() const {
    std::vector<std::string> names;
    for (std::size_t l = 0; l < shape_.layers.size(); ++l) {
      Layer const& layer = shape_.layers[l];
      bool const head = l + 1 == shape_.layers.size();
      for (Eigen::Index u = 0; u < layer.units; ++u) {
        std::string const unit = head ? "head:" + classes_[static_cast<std::size_t>(u)]
                                      : "layer" + std::to_string(l + 1) + ":unit" + std::to_string(u + 1);
        names.push_back(unit + ":bias");
        for (Eigen::Index j = 1; j <= layer.inputs; ++j)
          names.push_back(unit + (l == 0 ? ":input" : ":unit") + std::to_string(j));
      }
    }
    return names;
  }

  Vector penalised() const { return Vector::Ones(shape_.parameters()); }

  Vector losses(Data const& data, Vector const& theta) const {
    Vector losses(data.rows());
    Eigen::Index first = 0;
    for (Batch const& batch : batches_of(data, Vector::Ones(data.rows()))) {
      Pass<0> const pass(shape_, batch, theta, theta);
      for (Eigen::Index r = 0; r < batch.rows(); ++r)
        losses[first + r] = pass.log_sum()[r] - pass.scores()[0](r, batch.targets[static_cast<std::size_t>(r)]);
      first += batch.rows();
    }
    return losses;
  }

  Matrix gradients(Data const& data, Vector const& theta) const {
    Matrix rows(data.rows(), shape_.parameters());
    Eigen::Index first = 0;
    for (Batch const& batch : batches_of(data, Vector::Ones(data.rows()))) {
      Pass<0> pass(shape_, batch, theta, theta);
      pass.start_at_head();
      for (;; pass.descend()) {
        Layer const& layer = shape_.layers[pass.layer()];
        Matrix const& feed = pass.feed(pass.layer(), 0);
        for (Eigen::Index u = 0; u < layer.units; ++u)
          rows.block(first, layer.offset + u * layer.unit_size(), batch.rows(), layer.unit_size()) =
              (feed.array().colwise() * pass.deltas()[0].col(u).array()).matrix();
        if (pass.layer() == 0) break;
      }
      first += batch.rows();
    }
    return rows;
  }

  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    return gradient_coefficient<0>(shape_, data, w, theta, theta);
  }

  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    Matrix sum = Matrix::Zero(shape_.parameters(), shape_.parameters());
    for (Batch const& batch : batches_of(data, w)) detail::add_hessian(shape_, batch, theta, sum);
    sum.triangularView<Eigen::StrictlyLower>() = sum.transpose();
    return sum;
  }

  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    return gradient_coefficient<1>(shape_, data, w, theta, t);
  }

  /// d/ds H(theta + s t) t = d^2/ds^2 grad(theta + s t), twice its Taylor coefficient.
  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    return 2 * gradient_coefficient<2>(shape_, data, w, theta, t);
  }

  /// d/dx of t' grad_theta L = d/ds of grad_x L(x, theta + s t).
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    Vector const one = Vector::Unit(data.rows(), row);
    Batch const batch = batches_of(data, one).front();
    Pass<1> pass(shape_, batch, theta, t);
    pass.start_at_head();
    while (pass.layer() > 0) pass.descend();
    return pass.errors()[1].transpose();
  }

  Matrix outputs(Data const& data, Vector const& theta) const {
    Matrix rows(data.rows(), shape_.head().units);
    Eigen::Index first = 0;
    for (Batch const& batch : batches_of(data, Vector::Ones(data.rows()))) {
      rows.middleRows(first, batch.rows()) = Pass<0>(shape_, batch, theta, theta).probabilities()[0];
      first += batch.rows();
    }
    return rows;
  }

  /// Weights N(0, 1/inputs of the unit), biases 0.
  Vector start(std::uint64_t seed) const {
    sim::ScalarStream stream({.seed = seed, .scenario = stable_hash("network-start"), .replicate = 0});
    Vector theta = Vector::Zero(shape_.parameters());
    for (Layer const& layer : shape_.layers) {
      double const scale = 1 / std::sqrt(static_cast<double>(layer.inputs));
      auto weights = layer.weights(theta);
      for (Eigen::Index u = 0; u < layer.units; ++u)
        for (Eigen::Index j = 1; j <= layer.inputs; ++j) weights(j, u) = scale * stream.normal();
    }
    return theta;
  }

 private:
  Shape shape_;
  std::vector<std::string> classes_;
};

static_assert(Problem<NetworkProblem>);

}  // namespace

AnyProblem network_problem(Data const& data, ProblemOptions const& options) {
  expects(data.classes.size() >= 2,
          "a network needs at least two classes (its head is a softmax), give labels as classes");
  expects(data.dimension() >= 1, "a network needs at least one input, keep a column beside the label");
  expects(options.depth >= 1 && options.width >= 1, "a network needs at least one hidden layer of one unit (depth " +
                                                        std::to_string(options.depth) + ", width " +
                                                        std::to_string(options.width) + "), use softmax for none");
  return NetworkProblem(data, options);
}

}  // namespace fisherlab::estimators::influence
