#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/design.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Class probabilities of all rows. The largest is close to 1 for a confident fit, so that its distance from 1 is kept
/// apart: it is the sum of the others, and no rounding of 1 hides it.
struct Probabilities {
  Matrix p;                       ///< n x C
  Vector rest;                    ///< n: 1 - max_c p_ic
  Vector top_eta;                 ///< n: max_c eta_ic
  Vector log_total;               ///< n: log sum_c exp(eta_ic - top_eta)
  std::vector<Eigen::Index> top;  ///< n: the class of the largest

  explicit Probabilities(Matrix eta)
      : p(std::move(eta)), rest(p.rows()), top_eta(p.rows()), log_total(p.rows()), top(std::size_t(p.rows())) {
    for (Eigen::Index i = 0; i < p.rows(); ++i) {
      auto& best = top[std::size_t(i)];
      top_eta[i] = p.row(i).maxCoeff(&best);
      double others = 0;
      for (Eigen::Index c = 0; c < p.cols(); ++c) {
        p(i, c) = sim::exp(p(i, c) - top_eta[i]);
        if (c != best) others += p(i, c);
      }
      p.row(i) /= 1 + others;
      rest[i] = others / (1 + others);
      log_total[i] = sim::log1p(others);
    }
  }

  /// 1 - p_ic.
  double other(Eigen::Index i, Eigen::Index c) const { return c == top[std::size_t(i)] ? rest[i] : 1 - p(i, c); }

  /// u minus its mean under p, row by row. Measured from the column of the largest probability, so that its own small
  /// deviation is a sum of small terms and not a difference of large ones.
  Matrix deviations(Matrix u) const {
    for (Eigen::Index i = 0; i < u.rows(); ++i) {
      auto row = u.row(i);
      row.array() -= double(row[top[std::size_t(i)]]);
      row.array() -= row.dot(p.row(i));
    }
    return u;
  }
};

/// L = log sum_c exp(eta_c) - eta_y, eta_c = z't_c, z = (1, x), theta = (t_1; ...; t_C). With u_c = z'v_c for a
/// direction v and deviations e_c = u_c - sum_k p_k u_k, block c of a derivative is a number times z:
///   grad L: p_c - [c = y];   grad^2 L v: p_c e_c;   third along v, v: p_c (e_c^2 - sum_k p_k e_k^2),
/// the second and the third cumulant of u under p.
class Softmax {
 public:
  Softmax(std::vector<std::string> const& columns, std::vector<std::string> const& classes)
      : classes_(static_cast<int>(classes.size())), block_(static_cast<Eigen::Index>(columns.size()) + 1) {
    for (auto const& a_class : classes) {
      parameters_.push_back(a_class + ":intercept");
      for (auto const& column : columns) parameters_.push_back(a_class + ":" + column);
    }
  }

  std::string name() const { return "softmax"; }
  std::vector<std::string> parameters() const { return parameters_; }
  Vector penalised() const { return Vector::Ones(block_ * classes_); }

  Vector losses(Data const& data, Vector const& theta) const {
    expects_classes(data.targets, classes_);
    Matrix const eta = etas(data, theta);
    Probabilities const at(eta);
    Vector result = at.log_total;
    for (Eigen::Index i = 0; i < result.size(); ++i) result[i] += at.top_eta[i] - eta(i, label(data, i));
    return result;
  }

  Matrix gradients(Data const& data, Vector const& theta) const {
    Matrix const r = residuals(data, theta);
    Matrix result(data.rows(), block_ * classes_);
    for (Eigen::Index c = 0; c < classes_; ++c) {
      result.col(c * block_) = r.col(c);
      result.middleCols(c * block_ + 1, block_ - 1) = r.col(c).asDiagonal() * data.inputs;
    }
    return result;
  }

  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    return collected(data, w.asDiagonal() * residuals(data, theta)).reshaped();
  }

  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    Probabilities const at(etas(data, theta));
    Matrix result(block_ * classes_, block_ * classes_);
    for (Eigen::Index a = 0; a < classes_; ++a) {
      Vector v(data.rows());
      for (Eigen::Index i = 0; i < v.size(); ++i) v[i] = w[i] * at.p(i, a) * at.other(i, a);
      block(result, a, a) = weighted_gram(data, v);
      for (Eigen::Index b = 0; b < a; ++b) {
        v = -w.cwiseProduct(at.p.col(a)).cwiseProduct(at.p.col(b));
        block(result, a, b) = weighted_gram(data, v);
        block(result, b, a) = block(result, a, b);  // each block is symmetric
      }
    }
    return result;
  }

  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Probabilities const at(etas(data, theta));
    Matrix const e = at.deviations(etas(data, t));
    return collected(data, w.asDiagonal() * at.p.cwiseProduct(e)).reshaped();
  }

  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    Probabilities const at(etas(data, theta));
    Matrix squares = at.deviations(etas(data, t)).cwiseAbs2();
    squares.colwise() -= at.p.cwiseProduct(squares).rowwise().sum().eval();
    return collected(data, w.asDiagonal() * at.p.cwiseProduct(squares)).reshaped();
  }

  /// t'grad L = sum_c (p_c - [c = y]) u_c, where u_c = z't_c moves with x by the weights of t_c, and p_c with those of
  /// theta: d/dx = sum_c (p_c - [c = y]) t_c + sum_c p_c e_c theta_c, weights without intercepts.
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    Data const one = rows_of(data, {row});
    Probabilities const at(etas(one, theta));
    Vector const r = residuals(one, theta).transpose();
    Vector const e = at.p.cwiseProduct(at.deviations(etas(one, t))).transpose();
    return coefficients(t).bottomRows(block_ - 1) * r + coefficients(theta).bottomRows(block_ - 1) * e;
  }

  /// A (x) z, p x C, with A = diag(sqrt p) - p sqrt(p)': A A' = diag(p) - p p'.
  Matrix curvature_factor(Data const& data, int row, Vector const& theta) const {
    Data const one = rows_of(data, {row});
    Probabilities const at(etas(one, theta));
    Vector z(block_);
    z << 1, one.inputs.transpose();
    Matrix result(block_ * classes_, classes_);
    for (Eigen::Index b = 0; b < classes_; ++b)
      for (Eigen::Index c = 0; c < classes_; ++c)
        result.col(b).segment(c * block_, block_) = std::sqrt(at.p(0, b)) * (c == b ? at.other(0, c) : -at.p(0, c)) * z;
    return result;
  }

  Matrix outputs(Data const& data, Vector const& theta) const { return Probabilities(etas(data, theta)).p; }

  Vector start(std::uint64_t) const { return Vector::Zero(block_ * classes_); }  // one minimum

 private:
  /// theta as a matrix with one column a class. @throws InputError for another length.
  Eigen::Map<Matrix const> coefficients(Vector const& theta) const {
    expects(theta.size() == block_ * classes_,
            "theta has another length than the problem has parameters, give p numbers");
    return {theta.data(), block_, classes_};
  }

  Matrix etas(Data const& data, Vector const& theta) const { return predictors(data, coefficients(theta)); }

  static Eigen::Index label(Data const& data, Eigen::Index i) { return static_cast<Eigen::Index>(data.targets[i]); }

  /// n x C: p_c - [c = y].
  Matrix residuals(Data const& data, Vector const& theta) const {
    expects_classes(data.targets, classes_);
    Probabilities at(etas(data, theta));
    for (Eigen::Index i = 0; i < data.rows(); ++i) {
      auto const y = label(data, i);
      at.p(i, y) = -at.other(i, y);
    }
    return std::move(at.p);
  }

  Eigen::Block<Matrix> block(Matrix& m, Eigen::Index a, Eigen::Index b) const {
    return m.block(a * block_, b * block_, block_, block_);
  }

  int classes_;
  Eigen::Index block_;  ///< parameters of a class
  std::vector<std::string> parameters_;
};

}  // namespace

AnyProblem softmax_problem(Data const& data) {
  auto const columns = checked_columns(data);
  expects(data.classes.size() >= 2, "softmax needs at least two classes with their names (the data have " +
                                        std::to_string(data.classes.size()) + "), give a column of classes");
  expects_classes(data.targets, static_cast<int>(data.classes.size()));
  return Softmax(columns, data.classes);
}

}  // namespace fisherlab::estimators::influence
