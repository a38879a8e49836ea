#include "claims/evidence/matrix.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "base/special/quantiles.hpp"
#include "claims/evidence/mean.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Index coordinates_of(Index order) { return order * (order + 1) / 2; }

/// Largest p with p(p+1)/2 <= size.
Index order_of(Index size) {
  Index order = 0;
  while (coordinates_of(order + 1) <= size) ++order;
  return order;
}

void expects_sizes(MatrixEstimate const& estimate) {
  Index const p = estimate.value.rows();
  Index const q = coordinates_of(p);
  expects(p >= 1 && estimate.value.cols() == p && estimate.contribution_covariance.rows() == q &&
              estimate.contribution_covariance.cols() == q,
          "matrix and contribution covariance disagree in size (p x p goes with q x q, q = p(p+1)/2), pass a pair");
}

/// Standard error of w' M_hat w.
double std_error_along(VectorXd const& w, MatrixEstimate const& estimate) {
  VectorXd const a = iso_vech(w * w.transpose());
  double const variance = std::max(0.0, a.dot(estimate.contribution_covariance * a));
  return std::sqrt(variance / static_cast<double>(estimate.count));
}

bool is_usable(MatrixEstimate const& estimate) {
  return estimate.count > coordinates_of(estimate.value.rows()) && estimate.value.allFinite() &&
         estimate.contribution_covariance.allFinite();
}

/// The reaches of the eigenvectors of the estimate, and the widest of all directions.
struct Reaches {
  WidestReach widest;
  std::vector<FarReach> of_vectors;
};

Reaches reaches_of(MatrixEstimate const& estimate, MatrixXd const& vectors, double alpha) {
  auto const level = far_level(alpha, estimate.contribution_covariance.rows());
  Reaches reaches{widest_reach(estimate.directions, estimate.value.rows(), estimate.count, level), {}};
  for (Index k = 0; k < vectors.cols(); ++k) {
    reaches.of_vectors.push_back(reach_along(estimate.directions, vectors.col(k), level));
    auto const& reach = reaches.of_vectors.back();
    if (reach.valid) reaches.widest.reach = std::max({reaches.widest.reach, reach.up, reach.down});
  }
  return reaches;
}

/// c and the largest standard error of any a'y_hat with |a| = 1.
struct Band {
  double critical = 0;
  double largest_std_error = 0;
};

Band band_of(MatrixEstimate const& estimate, double alpha) {
  Index const q = estimate.contribution_covariance.rows();
  double const largest = std::max(0.0, eigenvalues(estimate.contribution_covariance)[q - 1]);
  return {hotelling_critical(q, estimate.count, alpha), std::sqrt(largest / static_cast<double>(estimate.count))};
}

Interval largest_by_reach(MatrixEstimate const& difference, Eigensystem const& system, double alpha) {
  auto const reaches = reaches_of(difference, system.vectors, alpha);
  Interval result;
  for (Index k = 0; k < system.values.size(); ++k) {
    double const size = std::abs(system.values[k]);
    if (k == 0 || size > result.estimate) {
      result.estimate = size;
      result.std_error = std_error_along(system.vectors.col(k), difference);
    }
    auto const& reach = reaches.of_vectors[static_cast<std::size_t>(k)];
    double const towards_zero = system.values[k] > 0 ? reach.down : reach.up;
    if (reach.valid) result.lower = std::max(result.lower, size - towards_zero);
  }
  if (!reaches.widest.valid)
    return open_interval(result.estimate, result.std_error, reaches.widest.reason, reaches.widest.needed);
  result.upper = result.estimate + reaches.widest.reach;
  return result;
}

Interval smallest_by_reach(MatrixEstimate const& estimate, Eigensystem const& system, double alpha) {
  auto const reaches = reaches_of(estimate, system.vectors, alpha);
  double const std_error = std_error_along(system.vectors.col(0), estimate);
  if (!reaches.widest.valid)
    return open_interval(system.values[0], std_error, reaches.widest.reason, reaches.widest.needed);
  Interval result{system.values[0], std_error, system.values[0] - reaches.widest.reach,
                  std::numeric_limits<double>::infinity()};
  for (Index k = 0; k < system.values.size(); ++k) {
    auto const& reach = reaches.of_vectors[static_cast<std::size_t>(k)];
    if (reach.valid) result.upper = std::min(result.upper, system.values[k] + reach.up);
  }
  return result;
}

}  // namespace

VectorXd iso_vech(MatrixXd const& matrix) {
  expects(matrix.rows() == matrix.cols(), "the matrix is not square (iso_vech needs a symmetric one), pass one");
  VectorXd coordinates(coordinates_of(matrix.rows()));
  Index k = 0;
  for (Index i = 0; i < matrix.rows(); ++i) {
    for (Index j = 0; j < i; ++j) coordinates[k++] = std::numbers::sqrt2 * matrix(i, j);
    coordinates[k++] = matrix(i, i);
  }
  return coordinates;
}

MatrixXd from_iso_vech(VectorXd const& coordinates) {
  Index const p = order_of(coordinates.size());
  expects(coordinates_of(p) == coordinates.size(),
          "the size is not p(p+1)/2 (these are not coordinates of a symmetric matrix), pass those of iso_vech");
  MatrixXd matrix(p, p);
  Index k = 0;
  for (Index i = 0; i < p; ++i) {
    for (Index j = 0; j < i; ++j) matrix(i, j) = matrix(j, i) = coordinates[k++] / std::numbers::sqrt2;
    matrix(i, i) = coordinates[k++];
  }
  return matrix;
}

MatrixEstimate minus(MatrixEstimate estimate, MatrixXd const& target) {
  expects(target.rows() == estimate.value.rows() && target.cols() == estimate.value.cols(),
          "target and estimate disagree in size (they are subtracted), pass a target of the same size");
  estimate.value -= target;
  return estimate;
}

MatrixEstimate minus(MatrixEstimate const& a, MatrixEstimate const& b) {
  expects_sizes(a);
  expects_sizes(b);
  expects(a.value.rows() == b.value.rows() && a.count == b.count,
          "two estimates differ in size or replicates (they are subtracted in pairs), pass as many of both");
  MatrixEstimate result{a.value - b.value, a.contribution_covariance + b.contribution_covariance, a.count};
  if (a.directions && b.directions) result.directions = difference_of(a.directions, b.directions);
  return result;
}

MatrixEstimate congruent(MatrixEstimate const& estimate, MatrixXd const& a) {
  expects_sizes(estimate);
  expects(a.cols() == estimate.value.rows(), "A has the wrong number of columns (A M A' needs p), pass r x p");
  Index const q = estimate.contribution_covariance.rows();
  MatrixXd map(coordinates_of(a.rows()), q);
  for (Index k = 0; k < q; ++k) {
    map.col(k) = iso_vech(a * from_iso_vech(VectorXd::Unit(q, k)) * a.transpose());
  }
  MatrixEstimate result{a * estimate.value * a.transpose(), map * estimate.contribution_covariance * map.transpose(),
                        estimate.count};
  auto const of_image = [&a](auto& image, auto const& of) {  // u'A M A'u is the form of A'u
    if (of) image = [of, a](VectorXd const& u) { return of(a.transpose() * u); };
  };
  of_image(result.directions.along, estimate.directions.along);
  of_image(result.directions.constant, estimate.directions.constant);
  of_image(result.directions.known, estimate.directions.known);
  return result;
}

MatrixEstimate covariance_as_mean(VectorXd const& mean, MatrixXd const& covariance, std::int64_t count) {
  Index const size = mean.size();
  Index p = 0;
  while (p + coordinates_of(p) < size) ++p;
  Index const q = coordinates_of(p);
  expects(p >= 1 && p + q == size && covariance.rows() == size && covariance.cols() == size,
          "the moments are not those of (w, iso_vech(w w')) (p + p(p+1)/2 numbers), tally that vector");
  expects(count >= 2, "fewer than two replicates (one has no covariance), draw more replicates");
  VectorXd const m = mean.head(p);
  MatrixXd linear(q, size);
  linear.rightCols(q).setIdentity();
  for (Index j = 0; j < p; ++j) {
    MatrixXd const outer = VectorXd::Unit(p, j) * m.transpose();
    linear.col(j) = -iso_vech(outer + outer.transpose());
  }
  return {covariance.topLeftCorner(p, p), linear * covariance * linear.transpose(), count};
}

Interval largest_direction(MatrixEstimate const& difference, double alpha) {
  expects_alpha(alpha);
  expects_sizes(difference);
  if (!is_usable(difference)) return vacuous_interval();
  auto const system = eigensystem(difference.value);
  if (difference.directions) return largest_by_reach(difference, system, alpha);
  Band const band = band_of(difference, alpha);
  Interval result;
  for (Index k = 0; k < difference.value.rows(); ++k) {
    double const size = std::abs(system.values[k]);
    double const std_error = std_error_along(system.vectors.col(k), difference);
    if (k == 0 || size > result.estimate) {
      result.estimate = size;
      result.std_error = std_error;
    }
    result.lower = std::max(result.lower, size - band.critical * std_error);
  }
  result.upper = result.estimate + band.critical * band.largest_std_error;
  return result;
}

Interval smallest_eigenvalue(MatrixEstimate const& estimate, double alpha) {
  expects_alpha(alpha);
  expects_sizes(estimate);
  if (!is_usable(estimate)) return vacuous_interval();
  auto const system = eigensystem(estimate.value);  // eigenvalues in increasing order
  if (estimate.directions) return smallest_by_reach(estimate, system, alpha);
  Band const band = band_of(estimate, alpha);
  Interval result;
  result.estimate = system.values[0];
  result.std_error = std_error_along(system.vectors.col(0), estimate);
  result.lower = result.estimate - band.critical * band.largest_std_error;
  result.upper = std::numeric_limits<double>::infinity();
  for (Index k = 0; k < estimate.value.rows(); ++k) {
    double const std_error = std_error_along(system.vectors.col(k), estimate);
    result.upper = std::min(result.upper, system.values[k] + band.critical * std_error);
  }
  return result;
}

Interval quadratic_form(VectorXd const& w, MatrixEstimate const& estimate, double alpha) {
  expects_alpha(alpha);
  expects_sizes(estimate);
  expects(w.size() == estimate.value.rows(), "w and the matrix disagree in size (w'Mw needs p), pass p numbers");
  expects(estimate.count >= 2, "fewer than two replicates (one has no standard error), draw more replicates");
  double const value = w.dot(estimate.value * w);
  double const std_error = std_error_along(w, estimate);
  if (estimate.directions) {
    if (estimate.directions.constant && estimate.directions.constant(w)) return constant_interval(value);
    auto moments = estimate.directions.along(w);
    moments.mean = value;
    auto const level = far_level(alpha);
    auto const reach = reach_along(estimate.directions, w, level);
    if (!reach.valid)
      return open_interval(value, std_error, reason_for(reach, moments.count, level), reach.needed_at_least);
    return mean_interval(moments, alpha);
  }
  double const reach = student_critical(estimate.count - 1, alpha) * std_error;
  return {value, std_error, value - reach, value + reach};
}

}  // namespace fisherlab::claims
