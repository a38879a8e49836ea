#include "estimators/influence/problems/network_pass.hpp"

namespace fisherlab::estimators::influence::detail {
namespace {

/// One layer of the first sweep down, kept for all directions: w dL/dz, and (hidden layers) f'(z) and f''(z) w dL/da.
struct Level {
  Matrix deltas;
  Matrix slopes;
  Matrix bends;
};

std::vector<Level> levels_of(Shape const& shape, Pass<0>& pass) {
  std::vector<Level> levels(shape.layers.size());
  pass.start_at_head();
  levels.back().deltas = pass.deltas()[0];
  for (std::size_t index = shape.layers.size() - 1; index-- > 0;) {
    auto const& [a, g] = pass.hidden(index);
    Series<0> const errors = pass.errors();
    pass.descend();
    levels[index] = {pass.deltas()[0], g[0], (second_slope(shape.activation, a[0], g[0]) * errors[0].array()).matrix()};
  }
  return levels;
}

/// How everything above moves when z of one unit moves by s in every row: derivatives at s = 0 of the z, a and deltas.
class Tangent {
 public:
  Tangent(Shape const& shape, Batch const& batch, Vector const& theta, Pass<0> const& pass,
          std::vector<Level> const& levels)
      : shape_(shape),
        batch_(batch),
        theta_(theta),
        pass_(pass),
        levels_(levels),
        scores_(levels.size()),
        outputs_(levels.size()),
        deltas_(levels.size()) {}

  /// For unit `unit` of layer `from`.
  void set(std::size_t from, Eigen::Index unit) {
    std::size_t const head = levels_.size() - 1;
    scores_[from].setZero(batch_.rows(), shape_.layers[from].units);
    scores_[from].col(unit).setOnes();
    for (std::size_t m = from; m < head; ++m) {
      Layer const& above = shape_.layers[m + 1];
      outputs_[m] = levels_[m].slopes.cwiseProduct(scores_[m]);
      scores_[m + 1].noalias() = outputs_[m] * above.weights(theta_).bottomRows(above.inputs);
    }
    auto const& p = pass_.probabilities()[0];
    Vector const mean = p.cwiseProduct(scores_[head]).rowwise().sum();
    deltas_[head] =
        (p.cwiseProduct(scores_[head].colwise() - mean).array().colwise() * batch_.weights.array()).matrix();
    for (std::size_t m = head; m-- > from;) {
      Layer const& above = shape_.layers[m + 1];
      deltas_[m].noalias() = deltas_[m + 1] * above.weights(theta_).bottomRows(above.inputs).transpose();
      deltas_[m] = levels_[m].slopes.cwiseProduct(deltas_[m]) + levels_[m].bends.cwiseProduct(scores_[m]);
    }
  }

  /// The derivative of every row's gradient in the weights from those of `unit` in layer `from` on, into the columns of
  /// `rows` (rows x p).
  void gradients(std::size_t from, Eigen::Index unit, Matrix& rows) const {
    for (std::size_t m = from; m < levels_.size(); ++m) {
      Layer const& layer = shape_.layers[m];
      Matrix const& feed = pass_.feed(m, 0);
      for (Eigen::Index v = (m == from ? unit : 0); v < layer.units; ++v) {
        auto block = rows.middleCols(layer.offset + v * layer.unit_size(), layer.unit_size());
        block.col(0) = deltas_[m].col(v);
        for (Eigen::Index j = 1; j <= layer.inputs; ++j)
          if (m == from)
            block.col(j) = feed.col(j).cwiseProduct(deltas_[m].col(v));
          else
            block.col(j) = feed.col(j).cwiseProduct(deltas_[m].col(v)) +
                           outputs_[m - 1].col(j - 1).cwiseProduct(levels_[m].deltas.col(v));
      }
    }
  }

 private:
  Shape const& shape_;
  Batch const& batch_;
  Vector const& theta_;
  Pass<0> const& pass_;
  std::vector<Level> const& levels_;
  std::vector<Matrix> scores_, outputs_, deltas_;
};

}  // namespace

/// The weights of a unit enter its z alone, z = (1, a) w with a from below, so their rows of the Hessian are
/// (1, a)' d/dz (gradient in the weights of this unit and of all that stand after it): one tangent a unit, not one a
/// parameter, and a product of matrices.
void add_hessian(Shape const& shape, Batch const& batch, Vector const& theta, Matrix& sum) {
  Pass<0> pass(shape, batch, theta, theta);
  std::vector<Level> const levels = levels_of(shape, pass);
  Tangent tangent(shape, batch, theta, pass, levels);
  Matrix rows(batch.rows(), shape.parameters());
  for (std::size_t l = 0; l < shape.layers.size(); ++l) {
    Layer const& layer = shape.layers[l];
    for (Eigen::Index u = 0; u < layer.units; ++u) {
      Eigen::Index const first = layer.offset + u * layer.unit_size();
      Eigen::Index const rest = shape.parameters() - first;
      tangent.set(l, u);
      tangent.gradients(l, u, rows);
      sum.block(first, first, layer.unit_size(), rest).noalias() += pass.feed(l, 0).transpose() * rows.rightCols(rest);
    }
  }
}

}  // namespace fisherlab::estimators::influence::detail
