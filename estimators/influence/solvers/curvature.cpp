#include "estimators/influence/solvers/curvature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/dense/cholesky.hpp"
#include "base/dense/spectrum.hpp"
#include "base/dense/symmetric.hpp"

namespace fisherlab::estimators::influence::detail {

struct Curvature::Implementation {
  Matrix hessian;
  Cholesky factor;
  bool positive_definite = false;
  std::optional<Spectrum> spectrum = {};

  Vector const& values() const { return spectrum->values(); }

  /// Below it an eigenvalue is rounding.
  double rounding() const {
    return static_cast<double>(hessian.rows()) * std::numeric_limits<double>::epsilon() *
           values().cwiseAbs().maxCoeff();
  }
  Vector dogleg(Vector const& gradient, double radius) const;
  Vector exact(Vector const& gradient, double radius) const;
};

Curvature::Curvature(Matrix hessian) {
  Cholesky factor(hessian);
  auto made =
      std::make_shared<Implementation>(Implementation{.hessian = std::move(hessian), .factor = std::move(factor)});
  made->positive_definite = made->factor.positive_definite();
  if (!made->positive_definite || made->factor.reciprocal_condition() < 1e-12) {
    made->spectrum.emplace(made->hessian);
    made->positive_definite = made->positive_definite && made->values()[0] > made->rounding();
  }
  implementation_ = std::move(made);
}

bool Curvature::positive_definite() const { return implementation_->positive_definite; }

bool Curvature::indefinite() const {
  return !positive_definite() && implementation_->values()[0] < -implementation_->rounding();
}

double Curvature::smallest_eigenvalue() const {
  if (implementation_->spectrum) return implementation_->values()[0];
  return eigenvalues(implementation_->hessian)[0];
}

Vector Curvature::solve(Vector const& gradient) const { return implementation_->factor.solve(gradient); }

Vector Curvature::step(Vector const& gradient, double radius) const {
  return positive_definite() ? implementation_->dogleg(gradient, radius) : implementation_->exact(gradient, radius);
}

double Curvature::gain(Vector const& gradient, Vector const& step) const {
  return -gradient.dot(step) - 0.5 * step.dot(implementation_->hessian * step);
}

Vector Curvature::Implementation::dogleg(Vector const& gradient, double radius) const {
  Vector const newton = -factor.solve(gradient);
  if (newton.norm() <= radius) return newton;
  double const length = gradient.norm();
  double const steepest = length * length * length / gradient.dot(hessian * gradient);  // length of the Cauchy step
  if (steepest >= radius) return gradient * (-radius / length);
  Vector const cauchy = gradient * (-steepest / length);
  Vector const leg = newton - cauchy;
  double const a = leg.squaredNorm(), b = cauchy.dot(leg), c = steepest * steepest - radius * radius;
  return cauchy + leg * (-c / (b + std::sqrt(b * b - a * c)));
}

/// s = -(H + mu 1)^{-1} g with mu >= 0, H + mu 1 positive semidefinite, and |s| = radius unless mu = 0. The search is
/// for mu - max(0, -lowest eigenvalue), which may be tiny beside that eigenvalue.
Vector Curvature::Implementation::exact(Vector const& gradient, double radius) const {
  Vector const& values = spectrum->values();
  Vector g = spectrum->coordinates(gradient);
  double const flat = rounding();
  double const unseen = std::max(1e-6 * gradient.norm(), 1e-14);
  for (Eigen::Index i = 0; i < g.size(); ++i)
    if (std::abs(values[i]) <= flat && std::abs(g[i]) <= unseen) g[i] = 0;
  Vector const gaps = values.array() + std::max(0.0, -values[0]);
  auto const coefficients = [&](double excess) -> Vector {
    return (g.array() == 0).select(0.0, -g.array() / (gaps.array() + excess)).matrix();
  };
  Vector s = coefficients(0);  // infinite where g sees a gap of zero
  if (!(s.norm() <= radius)) {
    double low = 0, high = 2 * g.norm() / radius;
    for (int k = 0; k < 200 && high - low > 1e-14 * high; ++k) {
      double const middle = 0.5 * (low + high);
      (coefficients(middle).norm() > radius ? low : high) = middle;
    }
    s = coefficients(high);
  } else if (values[0] < -flat) {  // the hard case: g does not see the negative curvature
    s[0] = std::sqrt(radius * radius - s.squaredNorm());
  }
  return spectrum->combination(s);
}

}  // namespace fisherlab::estimators::influence::detail
