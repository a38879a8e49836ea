#include "estimators/influence/problems/features.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "estimators/influence/problems/network_shape.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::estimators::influence {
namespace {

double activated(Activation activation, double z) {
  if (activation == Activation::tanh) return sim::tanh(z);
  return std::max(z, 0.0) + sim::log1p(sim::exp(-std::fabs(z)));
}

/// f'(z) from a = f(z): 1 - a^2 for tanh, 1 - exp(-a) for softplus.
double derivative(Activation activation, double a) {
  return activation == Activation::tanh ? 1 - a * a : -sim::expm1(-a);
}

Vector layer_of(Matrix const& layer, Activation activation, Vector const& below) {
  Vector const z = layer.col(0) + layer.rightCols(below.size()) * below;
  return z.unaryExpr([&](double each) { return activated(activation, each); });
}

}  // namespace

FrozenFeatures::FrozenFeatures(Vector const& theta, int dimension, ProblemOptions const& options)
    : activation_(options.activation) {
  detail::Layer layer{dimension, options.width, 0};
  for (int l = 0; l < options.depth; ++l) {
    expects(layer.end() <= theta.size(), "theta is too short for these hidden layers, give that of the network");
    layers_.emplace_back(layer.weights(theta).transpose());
    layer = {layer.units, options.width, layer.end()};
  }
}

FrozenFeatures FrozenFeatures::of_whitened(Matrix const& a, Vector const& mean) const {
  expects(!layers_.empty(), "there is no layer that takes the whitening up, give features of a network");
  FrozenFeatures result = *this;
  auto& first = result.layers_.front();
  Matrix const weights = first.rightCols(first.cols() - 1) * a;
  first.rightCols(first.cols() - 1) = weights;
  first.col(0) -= weights * mean;
  return result;
}

Vector FrozenFeatures::of(Vector const& input) const {
  Vector a = input;
  for (auto const& layer : layers_) a = layer_of(layer, activation_, a);
  return a;
}

Data FrozenFeatures::of(Data const& data) const {
  Data result = data;
  if (layers_.empty()) return result;
  result.columns.clear();
  result.inputs.resize(data.rows(), layers_.back().rows());
  for (int i = 0; i < data.rows(); ++i) result.inputs.row(i) = of(Vector(data.inputs.row(i))).transpose();
  return result;
}

Vector FrozenFeatures::pull_back(Vector const& input, Vector const& v) const {
  std::vector<Vector> values{input};
  for (auto const& layer : layers_) values.push_back(layer_of(layer, activation_, values.back()));
  Vector back = v;
  for (auto l = layers_.size(); l-- > 0;) {
    for (Eigen::Index u = 0; u < back.size(); ++u) back[u] *= derivative(activation_, values[l + 1][u]);
    back = (layers_[l].rightCols(values[l].size()).transpose() * back).eval();
  }
  return back;
}

}  // namespace fisherlab::estimators::influence
