#include "estimators/influence/problems/network_pass.hpp"

#include <algorithm>

#include "sim/math/elementary.hpp"

namespace fisherlab::estimators::influence::detail {
namespace {

using Array = Eigen::ArrayXXd;

/// The suite's own exponential, whose bits are those of every machine; a library's follow the processor, and a last bit
/// can send the training of a network to another minimum.
template <class Values>
Matrix exp_of(Values const& values) {
  return values.unaryExpr([](double x) { return sim::exp(x); }).matrix();
}

/// a = f(z) and f'(z). With e = exp(-2 |z|), tanh is (1 - e)/(1 + e) with the sign of z, to an absolute 2e-16.
void activate(Activation activation, Matrix const& z, Matrix& outputs, Matrix& slopes) {
  outputs.resize(z.rows(), 1 + z.cols());
  outputs.col(0).setOnes();
  auto a = outputs.rightCols(z.cols()).array();
  if (activation == Activation::tanh) {
    slopes = exp_of(z.array().abs() * -2.0);
    a = (1 - slopes.array()) / (1 + slopes.array()) * z.array().sign();
    slopes = (1 - a.square()).matrix();
  } else {
    slopes = exp_of(-z.array().abs());
    a = z.array().max(0.0) + slopes.array().unaryExpr([](double x) { return sim::log1p(x); });
    slopes = ((z.array() >= 0).select(1.0, slopes.array()) / (1 + slopes.array())).matrix();
  }
}

}  // namespace

std::vector<Batch> batches_of(Data const& data, Vector const& weights) {
  constexpr Eigen::Index most = 256;
  std::vector<Eigen::Index> kept;
  kept.reserve(static_cast<std::size_t>(data.rows()));
  for (Eigen::Index i = 0; i < weights.size(); ++i)
    if (weights[i] != 0) kept.push_back(i);
  std::vector<Batch> batches;
  auto const total = static_cast<Eigen::Index>(kept.size());
  for (Eigen::Index first = 0; first < total; first += most) {
    Eigen::Index const rows = std::min(most, total - first);
    Batch& batch = batches.emplace_back(Batch{Matrix(rows, 1 + data.dimension()), {}, Vector(rows)});
    batch.inputs.col(0).setOnes();
    batch.targets.resize(static_cast<std::size_t>(rows));
    for (Eigen::Index r = 0; r < rows; ++r) {
      Eigen::Index const i = kept[static_cast<std::size_t>(first + r)];
      for (Eigen::Index j = 0; j < data.inputs.cols(); ++j) batch.inputs(r, 1 + j) = data.inputs(i, j);
      batch.targets[static_cast<std::size_t>(r)] = static_cast<int>(data.targets[i]);
      batch.weights[r] = weights[i];
    }
  }
  return batches;
}

Array second_slope(Activation activation, Matrix const& outputs, Matrix const& slopes) {
  auto const g = slopes.array();
  if (activation == Activation::tanh) return -2.0 * outputs.rightCols(slopes.cols()).array() * g;
  return g * (1 - g);
}

Array third_slope(Activation activation, Matrix const& outputs, Matrix const& slopes) {
  auto const g = slopes.array();
  if (activation == Activation::tanh) return g * (6.0 * outputs.rightCols(slopes.cols()).array().square() - 2.0);
  return g * (1 - g) * (1 - 2.0 * g);
}

Softmax softmax(Matrix const& scores) {
  Vector peak = scores.col(0);
  for (Eigen::Index c = 1; c < scores.cols(); ++c) peak = peak.cwiseMax(scores.col(c));
  Softmax made{exp_of((scores.colwise() - peak).array()), {}};
  Vector sum = made.probabilities.col(0);
  for (Eigen::Index c = 1; c < scores.cols(); ++c) sum += made.probabilities.col(c);
  made.probabilities.array().colwise() /= sum.array();
  made.log_sum = sum.unaryExpr([](double x) { return sim::log(x); }) + peak;
  return made;
}

/// z(s) = (a_0 + a_1 s + ...) (W + V s), V the direction.
template <int order>
Series<order> Pass<order>::scores_of(std::size_t index) const {
  Layer const& layer = at(index);
  Series<order> z;
  for (int k = 0; k <= order; ++k) {
    if (index == 0 && k >= 1)
      z[k].setZero(batch_.rows(), layer.units);
    else
      z[k].noalias() = feed(index, k) * layer.weights(theta_);
    if (k >= 1 && (index > 0 || k == 1)) z[k].noalias() += feed(index, k - 1) * layer.weights(direction_);
  }
  return z;
}

template <int order>
Pass<order>::Pass(Shape const& shape, Batch const& batch, Vector const& theta, Vector const& direction)
    : shape_(shape), batch_(batch), theta_(theta), direction_(direction), hidden_(shape.layers.size() - 1) {
  for (std::size_t index = 0; index < hidden_.size(); ++index) {
    Series<order> const z = scores_of(index);
    auto& [a, g] = hidden_[index];
    activate(shape.activation, z[0], a[0], g[0]);
    Eigen::Index const units = at(index).units;
    if constexpr (order >= 1) {
      auto const set = [&](Matrix& output, Array const& value) {
        output.resize(value.rows(), 1 + units);
        output.col(0).setZero();
        output.rightCols(units) = value.matrix();
      };
      Array const g1 = second_slope(shape.activation, a[0], g[0]);
      set(a[1], g[0].array() * z[1].array());
      g[1] = (g1 * z[1].array()).matrix();
      if constexpr (order >= 2) {
        Array const g2 = third_slope(shape.activation, a[0], g[0]);
        set(a[2], g[0].array() * z[2].array() + 0.5 * g1 * z[1].array().square());
        g[2] = (g1 * z[2].array() + 0.5 * g2 * z[1].array().square()).matrix();
      }
    }
  }
  scores_ = scores_of(hidden_.size());
  auto [probabilities, log_sum] = softmax(scores_[0]);
  probabilities_[0] = std::move(probabilities);
  log_sum_ = std::move(log_sum);
}

/// p' = p . u with u = z' - <p, z'>, so p_1 = p_0 u_0 and 2 p_2 = p_0 u_1 + p_1 u_0.
template <int order>
void Pass<order>::start_at_head() {
  layer_ = hidden_.size();
  auto& p = probabilities_;
  if constexpr (order >= 1) {
    Matrix const u0 = scores_[1].colwise() - p[0].cwiseProduct(scores_[1]).rowwise().sum();
    p[1] = p[0].cwiseProduct(u0);
    if constexpr (order >= 2) {
      Vector const mean = 2 * p[0].cwiseProduct(scores_[2]).rowwise().sum() +  //
                          p[1].cwiseProduct(scores_[1]).rowwise().sum();
      Matrix const u1 = (2 * scores_[2]).colwise() - mean;
      p[2] = 0.5 * (p[0].cwiseProduct(u1) + p[1].cwiseProduct(u0));
    }
  }
  for (int k = 0; k <= order; ++k) deltas_[k] = p[k].array().colwise() * batch_.weights.array();
  for (Eigen::Index r = 0; r < batch_.rows(); ++r)
    deltas_[0](r, batch_.targets[static_cast<std::size_t>(r)]) -= batch_.weights[r];
}

template <int order>
Series<order> Pass<order>::errors() const {
  Layer const& layer = at(layer_);
  Series<order> e;
  for (int k = 0; k <= order; ++k) {
    e[k].noalias() = deltas_[k] * layer.weights(theta_).bottomRows(layer.inputs).transpose();
    if (k >= 1) e[k].noalias() += deltas_[k - 1] * layer.weights(direction_).bottomRows(layer.inputs).transpose();
  }
  return e;
}

template <int order>
void Pass<order>::descend() {
  Series<order> const e = errors();
  --layer_;
  Series<order> const& g = hidden_[layer_].slopes;
  for (int k = 0; k <= order; ++k) {
    deltas_[k] = g[0].cwiseProduct(e[k]);
    for (int j = 1; j <= k; ++j) deltas_[k] += g[j].cwiseProduct(e[k - j]);
  }
}

template <int order>
void Pass<order>::add_gradient(Vector& sum) const {
  auto target = at(layer_).weights(sum);
  int const last = layer_ == 0 ? 0 : order;  // NOLINT(bugprone-branch-clone): the order may be 0
  for (int k = 0; k <= last; ++k) target.noalias() += feed(layer_, k).transpose() * deltas_[order - k];
}

template class Pass<0>;
template class Pass<1>;
template class Pass<2>;

}  // namespace fisherlab::estimators::influence::detail
