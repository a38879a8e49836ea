#include "estimators/influence/training/train.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "estimators/influence/solvers/curvature.hpp"
#include "estimators/influence/training/lbfgs.hpp"
#include "estimators/influence/training/unit_free.hpp"

namespace fisherlab::estimators::influence {
namespace {

using detail::Curvature;
using detail::Point;
using detail::point_at;

constexpr double longest_last_step = 1e-3;  ///< of 1 + |theta|
/// Of the risk: a decrement below it needs no closer look at units.
constexpr double plainly_small = 1e-14;
/// A relative gradient above it is no zero, however small its norm in the units at hand.
constexpr double largest_relative_gradient = 1e-6;

/// One accepted step from `here`, with radii that shrink until it is found; false when none lowers the risk or, where
/// the risk no longer resolves its gain, the gradient norm.
bool advance(Risk const& risk, Curvature const& curvature, Point& here, double& radius) {
  if (!curvature.positive_definite()) radius = std::min(radius, std::max(1.0, here.theta.norm()));
  for (;;) {
    Vector const step = curvature.step(here.gradient, radius);
    double const length = step.norm();
    double const gain = curvature.gain(here.gradient, step);
    if (!(gain > 0 && length > 1e-16 * (1 + here.theta.norm()))) return false;
    Point next = point_at(risk, here.theta + step);
    double const ratio = (here.risk - next.risk) / gain;
    bool const resolved = gain > 1e-13 * std::abs(here.risk);
    bool const gentler =
        curvature.positive_definite() && gain < 1e-9 * std::abs(here.risk) && next.norm < 0.9 * here.norm;
    if (gentler || (resolved && ratio > 1e-4)) {
      if (resolved && ratio < 0.25) radius = 0.5 * length;
      if (resolved && ratio > 0.75 && length > 0.9 * radius) radius *= 2;
      here = std::move(next);
      return true;
    }
    if (!resolved) return false;
    radius = 0.25 * length;
  }
}

/// Whether a gradient of a small norm is small without units too.
bool is_minimum(Risk const& risk, Point const& here, Curvature const& curvature) {
  double const decrement = here.gradient.dot(curvature.solve(here.gradient));
  if (decrement <= plainly_small * std::abs(here.risk)) return true;
  return detail::relative_gradient(risk, here.theta) <= largest_relative_gradient;
}

Trained ended(Point const& here, Curvature const& curvature, TrainStatus status, int iterations, bool eigenvalue) {
  Trained trained;
  trained.theta = here.theta;
  trained.status = status;
  trained.risk = here.risk;
  trained.gradient_norm = here.norm;
  trained.iterations = iterations;
  if (curvature.positive_definite()) trained.newton_step = curvature.solve(here.gradient).norm();
  if (eigenvalue || !curvature.positive_definite()) trained.smallest_eigenvalue = curvature.smallest_eigenvalue();
  return trained;
}

/// The search in the units at hand.
Trained search(Risk const& risk, Vector const& start, TrainSettings const& settings) {
  Eigen::Index const p = risk.problem.penalised().size();
  expects(start.size() == p, "the start of a search has " + std::to_string(start.size()) + " parameters where " +
                                 risk.problem.name() + " has " + std::to_string(p) + ", give one of that length");
  int iterations = 0;
  Point here = point_at(risk, start);
  if (settings.first_lbfgs > 0)
    here = lbfgs(risk, std::move(here), settings.first_lbfgs, std::sqrt(settings.gradient_norm), iterations);
  double radius = std::numeric_limits<double>::infinity();
  int resting = 0;  // points at gradient zero from which the Newton step stays long
  for (int k = 0;; ++k) {
    Curvature const curvature(risk.hessian(here.theta));
    auto const end = [&](TrainStatus status) {
      return ended(here, curvature, status, iterations, settings.eigenvalue);
    };
    bool const zero = here.norm <= settings.gradient_norm;
    if (zero && curvature.positive_definite()) {
      double const left = curvature.solve(here.gradient).norm();
      if (left <= longest_last_step * (1 + here.theta.norm()))
        return end(is_minimum(risk, here, curvature) ? TrainStatus::converged : TrainStatus::not_converged);
      if (++resting > 5) return end(TrainStatus::not_converged);
    }
    if (zero && !curvature.positive_definite() && !curvature.indefinite())
      return end(TrainStatus::not_positive_definite);
    if (k == settings.max_newton || !advance(risk, curvature, here, radius))
      return end(zero && !curvature.positive_definite() ? TrainStatus::not_positive_definite
                                                        : TrainStatus::not_converged);
    ++iterations;
  }
}

}  // namespace

Trained train(Risk const& risk, Vector const& start, TrainSettings const& settings) {
  Trained trained = search(risk, start, settings);
  if (trained.status == TrainStatus::converged) return trained;
  int iterations = trained.iterations;
  int const left = std::min(settings.max_newton + settings.first_lbfgs - iterations, 100);
  if (auto theta = detail::settle(risk, trained.theta, left, iterations)) {
    Point const here = point_at(risk, std::move(*theta));
    return ended(here, Curvature(risk.hessian(here.theta)), TrainStatus::converged, iterations, settings.eigenvalue);
  }
  trained.relative_gradient = detail::relative_gradient(risk, trained.theta);
  return trained;
}

double smallest_eigenvalue(Matrix const& matrix) { return eigenvalues(matrix)[0]; }

std::string complaint(Trained const& trained) {
  std::ostringstream text;
  text.precision(3);
  if (trained.status == TrainStatus::not_positive_definite)
    text << "the Hessian is not positive definite where the gradient is zero (smallest eigenvalue "
         << trained.smallest_eigenvalue << ", gradient norm " << trained.gradient_norm
         << "), so the minimum is not a single point: give a larger penalty";
  if (trained.status == TrainStatus::not_converged && trained.gradient_norm < 1e-6 &&
      trained.newton_step > longest_last_step * (1 + trained.theta.norm()))
    text << "the search runs away (after " << trained.iterations << " steps the next one still is "
         << trained.newton_step / trained.theta.norm()
         << " of theta, as with separated classes): give a larger penalty";
  else if (trained.status == TrainStatus::not_converged && std::isnan(trained.relative_gradient))
    text << "the search has not converged (after " << trained.iterations
         << " steps the Hessian is not positive definite), scale the inputs, give a larger penalty or allow more steps";
  else if (trained.status == TrainStatus::not_converged)
    text << "the search has not converged (after " << trained.iterations << " steps the gradient still is "
         << trained.relative_gradient
         << " of its rows' gradients), scale the inputs, give a larger penalty or allow more steps";
  return text.str();
}

}  // namespace fisherlab::estimators::influence
