#include "estimators/influence/solvers/definite.hpp"

#include <array>
#include <cstdio>
#include <limits>

#include "base/dense/cholesky.hpp"
#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"

namespace fisherlab::estimators::influence {

namespace {

std::optional<Matrix> scaled_factor(Matrix const& hessian, Vector const& diagonal, double least) {
  if (!hessian.allFinite() || !(diagonal.array() > 0).all()) return std::nullopt;
  Vector const scale = diagonal.cwiseSqrt();
  Vector const inverse = scale.cwiseInverse();
  Cholesky const scaled(inverse.asDiagonal() * hessian * inverse.asDiagonal());
  if (!scaled.positive_definite() || !(scaled.reciprocal_condition() > least)) return std::nullopt;
  return Matrix(scale.asDiagonal() * scaled.lower());
}

}  // namespace

std::optional<Matrix> cholesky_factor(Matrix const& hessian) {
  double const rounding = static_cast<double>(hessian.rows()) * std::numeric_limits<double>::epsilon();
  return scaled_factor(hessian, hessian.diagonal(), rounding);
}

std::optional<Matrix> cholesky_factor_of_rest(Matrix const& left, Matrix const& whole, double least) {
  return scaled_factor(left, whole.diagonal(), least);
}

void refuse_indefinite(Matrix const& hessian, std::string const& name) {
  expects(hessian.allFinite(), name + " is not finite (theta may be too large for the loss), train again");
  Vector const values = eigenvalues(hessian);
  double const smallest = values(0);
  double const largest = values(values.size() - 1);
  throw InputError(name + " is not positive definite (smallest eigenvalue " + four_digits(smallest) + ", largest " +
                   four_digits(largest) + "), raise the penalty or train to a minimum");
}

std::string four_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

}  // namespace fisherlab::estimators::influence
