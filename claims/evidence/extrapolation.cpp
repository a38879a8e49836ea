#include "claims/evidence/extrapolation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/dense/cholesky.hpp"
#include "base/dense/inverse.hpp"
#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "claims/evidence/matrix.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Terms of the expansion: a, b, c, e.
constexpr Index terms = 4;
/// Standard error below which a mean is not known: control means are quadratures good to 1e-8.
constexpr double rounding = 1e-7;
/// p-value below which the expansion does not hold over the grid.
constexpr double lack_of_fit = 1e-6;

/// iso_vech(a b' + b a').
VectorXd symmetric_product(VectorXd const& a, VectorXd const& b) {
  return iso_vech(a * b.transpose() + b * a.transpose());
}

double floored(double variance) { return std::max(variance, rounding * rounding); }

/// Least squares for one half: rows of coefficient weights, and the orthonormal columns of the weighted design.
struct Design {
  MatrixXd weights;  ///< terms x sizes
  MatrixXd columns;  ///< sizes x terms
  VectorXd roots;    ///< sizes: roots of the weights of observations
};

/// By twice-modified Gram and Schmidt on columns sqrt(w) x^j.
Design design_of(VectorXd const& x, VectorXd const& variance) {
  Design design;
  design.roots = variance.cwiseSqrt().cwiseInverse();
  design.columns.resize(x.size(), terms);
  MatrixXd triangle = MatrixXd::Zero(terms, terms);
  for (Index j = 0; j < terms; ++j) {
    VectorXd column = design.roots.cwiseProduct(x.array().pow(static_cast<double>(j)).matrix());
    for (int pass = 0; pass < 2; ++pass)
      for (Index k = 0; k < j; ++k) {
        double const along = design.columns.col(k).dot(column);
        triangle(k, j) += along;
        column -= along * design.columns.col(k);
      }
    triangle(j, j) = column.norm();
    design.columns.col(j) = column / triangle(j, j);
  }
  design.weights = inverse(triangle) * design.columns.transpose() * design.roots.asDiagonal();
  return design;
}

EstimatedVector combined(std::vector<GridPoint> const& grid, int half, VectorXd const& weights) {
  Index const size = grid[0].halves[static_cast<std::size_t>(half)].value.size();
  EstimatedVector result{VectorXd::Zero(size), MatrixXd::Zero(size, size)};
  for (std::size_t k = 0; k < grid.size(); ++k) {
    double const w = weights(static_cast<Index>(k));
    result.value += w * grid[k].halves[static_cast<std::size_t>(half)].value;
    result.variance += w * w * grid[k].halves[static_cast<std::size_t>(half)].variance;
  }
  return result;
}

EstimatedVector average(EstimatedVector const& a, EstimatedVector const& b) {
  return {0.5 * (a.value + b.value), 0.25 * (a.variance + b.variance)};
}

/// The p-value of the lack of fit of one component in one half. `last`: its last term at the smallest size, which
/// bounds the first neglected one; what that may be at each size counts as error.
double fit_of(std::vector<GridPoint> const& grid, int half, Index component, VectorXd const& x, double last) {
  auto const m = static_cast<Index>(grid.size());
  VectorXd y(m), variance(m);
  for (Index k = 0; k < m; ++k) {
    auto const& point = grid[static_cast<std::size_t>(k)].halves[static_cast<std::size_t>(half)];
    y(k) = point.value(component);
    variance(k) = floored(point.variance(component, component)) + std::pow(last * std::pow(x(k), 4.0), 2.0);
  }
  auto const design = design_of(x, variance);
  VectorXd residual = design.roots.cwiseProduct(y);
  residual -= design.columns * (design.columns.transpose() * residual).eval();
  if (!std::isfinite(residual.squaredNorm())) return 0;  // a moment is not a number: nothing fits it
  return 1 - chi_squared_cdf(residual.squaredNorm(), {static_cast<double>(m - terms)});
}

}  // namespace

MatrixXd control_coefficients(ControlledMoments const& moments, MatrixXd const& l) {
  Index const k = moments.control_means.size(), y = moments.mean.size() - k;
  if (k == 0) return MatrixXd::Zero(0, l.rows());
  // On the scale of correlations, with a trace of ridge: controls of a lattice may be functions of each other.
  VectorXd unit(k);
  for (Index j = 0; j < k; ++j) {
    double const variance = moments.covariance(y + j, y + j);
    unit(j) = variance > 0 ? 1 / std::sqrt(variance) : 0.0;
  }
  MatrixXd correlation = unit.asDiagonal() * moments.covariance.bottomRightCorner(k, k) * unit.asDiagonal();
  correlation.diagonal().array() += 1e-10;
  Cholesky const factor(correlation);
  if (!factor.positive_definite()) return MatrixXd::Zero(k, l.rows());
  MatrixXd const cross = unit.asDiagonal() * moments.covariance.bottomLeftCorner(k, y) * l.transpose();
  return unit.asDiagonal() * factor.solve(cross);
}

EstimatedVector adjusted_mean(ControlledMoments const& moments, MatrixXd const& l, MatrixXd const& beta) {
  Index const k = moments.control_means.size(), y = moments.mean.size() - k;
  MatrixXd map(l.rows(), y + k);
  map.leftCols(y) = l;
  map.rightCols(k) = -beta.transpose();
  VectorXd centred = moments.mean;
  centred.tail(k) -= moments.control_means;
  EstimatedVector result{map * centred,
                         map * moments.covariance * map.transpose() / static_cast<double>(moments.count)};
  if (k == 0) return result;
  // Controls that explain every replicate leave what is not known of their means. What never varied stays unknown.
  VectorXd const plain = (l * moments.covariance.topLeftCorner(y, y) * l.transpose()).diagonal();
  for (Index j = 0; j < l.rows(); ++j)
    if (plain(j) > 0) result.variance(j, j) = floored(result.variance(j, j));
  return result;
}

EstimatedVector adjusted_first(ControlledMoments const& own, ControlledMoments const& other, Index r, double n) {
  MatrixXd l = MatrixXd::Zero(r, own.mean.size() - own.control_means.size());
  l.leftCols(r) = std::sqrt(n) * MatrixXd::Identity(r, r);
  return adjusted_mean(own, l, control_coefficients(other, l));
}

EstimatedVector adjusted_second(ControlledMoments const& own, ControlledMoments const& other, Index r,
                                SecondMoments kind) {
  Index const q = r * (r + 1) / 2;
  MatrixXd l = MatrixXd::Zero(q, r + q);
  l.rightCols(q).setIdentity();
  if (kind == SecondMoments::about_zero) return adjusted_mean(own, l, control_coefficients(other, l));
  MatrixXd first = MatrixXd::Zero(r, r + q);
  first.leftCols(r).setIdentity();
  auto const beta = control_coefficients(other, first);
  VectorXd const m = adjusted_mean(other, first, control_coefficients(own, first)).value;
  for (Index a = 0; a < r; ++a) l.col(a) = -symmetric_product(VectorXd::Unit(r, a), m);
  auto result = adjusted_mean(own, l, control_coefficients(other, l));
  auto const off = adjusted_mean(own, first, beta);
  VectorXd const d = off.value - m;
  result.value += iso_vech(m * m.transpose()) - iso_vech(d * d.transpose()) + iso_vech(off.variance);
  return result;
}

std::vector<GridPoint> beyond(std::vector<GridPoint> grid, VectorXd const& a) {
  for (auto& point : grid)
    for (auto& half : point.halves) {
      for (Index j = 0; j < a.size(); ++j) half.variance(j, j) = floored(half.variance(j, j));
      half = {point.n * (half.value - a), point.n * point.n * half.variance};
    }
  return grid;
}

Extrapolation extrapolate(std::vector<GridPoint> const& grid) {
  expects(grid.size() >= 5, "fewer than five sample sizes (four coefficients are fitted), give a longer grid n");
  auto const m = static_cast<Index>(grid.size());
  double smallest = std::numeric_limits<double>::infinity();
  for (auto const& point : grid) smallest = std::min(smallest, point.n);
  VectorXd x(m);
  for (Index k = 0; k < m; ++k) x(k) = smallest / grid[static_cast<std::size_t>(k)].n;

  EstimatedVector parts[3][2];
  Extrapolation result;
  double worst = 1;
  Index const size = grid[0].halves[0].value.size();
  for (int half = 0; half < 2; ++half) {
    VectorXd variance(m);
    for (Index k = 0; k < m; ++k)
      variance(k) =
          floored(grid[static_cast<std::size_t>(k)].halves[static_cast<std::size_t>(1 - half)].variance.trace() /
                  static_cast<double>(size));
    auto const design = design_of(x, variance);
    for (int part = 0; part < 3; ++part)
      parts[part][half] = combined(grid, half, design.weights.row(part == 2 ? 3 : part).transpose());
    result.neglected += 0.5 * std::abs(design.weights.row(0).dot(x.array().pow(4.0).matrix()));
  }
  result.limit = average(parts[0][0], parts[0][1]);
  result.second = average(parts[1][0], parts[1][1]);
  result.second.value *= smallest;
  result.second.variance *= smallest * smallest;
  result.last = average(parts[2][0], parts[2][1]);
  for (int half = 0; half < 2; ++half)
    for (Index j = 0; j < size; ++j) worst = std::min(worst, fit_of(grid, half, j, x, result.last.value(j)));
  result.fit = std::min(1.0, 2 * static_cast<double>(size) * worst);
  for (auto* part : {&result.limit, &result.last})
    part->variance.diagonal().array() += rounding * rounding;  // also where nothing varies
  return result;
}

Interval limit_interval(Extrapolation const& extrapolation, double alpha,
                        std::function<Interval(EstimatedVector const&, double)> const& of_limit,
                        std::function<Interval(EstimatedVector const&, double)> const& size_of) {
  auto interval = of_limit(extrapolation.limit, 0.5 * alpha);
  double const neglected = extrapolation.neglected * size_of(extrapolation.last, 0.5 * alpha).upper;
  interval.lower -= neglected;
  interval.upper += neglected;
  if (!(extrapolation.fit >= lack_of_fit) || !std::isfinite(neglected)) {
    interval.lower = -std::numeric_limits<double>::infinity();
    interval.upper = std::numeric_limits<double>::infinity();
  }
  return interval;
}

}  // namespace fisherlab::claims
