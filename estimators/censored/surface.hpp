#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "estimators/censored/censored_fit.hpp"

namespace fisherlab::estimators {

/// A point or a direction in the working coordinates, at most two.
using Pair = std::array<double, 2>;

/// Working coordinates about a start: theta_a is its start times exp u_a, or plus u_a times the starting scale.
class WorkingCoordinates {
 public:
  WorkingCoordinates(LifeLaw const& law, std::vector<double> const& start);

  std::size_t count() const { return domains_.size(); }
  double from_working(std::size_t a, double u) const;
  double to_working(std::size_t a, double theta) const;
  /// d theta_a/d u_a.
  double slope(std::size_t a, double theta) const { return is_log(a) ? theta : unit_; }
  /// theta at u.
  std::vector<double> theta_at(Pair const& u) const;
  bool is_log(std::size_t a) const { return domains_[a] == sim::Domain::positive; }  ///< else a location

 private:
  std::vector<sim::Domain> domains_;
  std::vector<double> start_;
  double unit_ = 1;  ///< of a location
};

/// The log likelihood of a censored sample in working coordinates. What searches share; no part of what others include.
class Surface : public WorkingCoordinates {
 public:
  Surface(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start);

  /// The term of one observation, at eight theta.
  sim::Lanes of_observation(std::size_t i, sim::Lanes const* theta) const;
  /// At eight points.
  sim::Lanes operator()(std::array<Pair, sim::lane_count> const& points) const;
  /// At one.
  double operator()(Pair const& u) const;

 private:
  /// Where so many observations lie: equal ones together, since their probability is dear.
  struct Ends {
    double lower, upper, count;
  };

  LifeLaw const& law_;
  CensoredSample const& sample_;
  std::vector<double> observed_;
  std::vector<Ends> ends_;  ///< of the others
};

/// The log likelihood, its gradient and minus its Hessian over the free coordinates, by central differences.
struct Derivatives {
  double value = 0;
  Pair gradient = {};
  Pair diagonal = {1, 1};  ///< 1 where a coordinate is fixed, so that it does not move
  double mixed = 0;

  double determinant() const { return diagonal[0] * diagonal[1] - mixed * mixed; }
  bool is_definite() const { return diagonal[0] > 0 && diagonal[1] > 0 && determinant() > 0; }
  /// A Newton step where the Hessian is definite, else one along each coordinate.
  Pair step() const {
    if (!is_definite()) return {gradient[0] / std::fabs(diagonal[0]), gradient[1] / std::fabs(diagonal[1])};
    return {(diagonal[1] * gradient[0] - mixed * gradient[1]) / determinant(),
            (diagonal[0] * gradient[1] - mixed * gradient[0]) / determinant()};
  }
};

/// Of differences: truncation costs the gradient 1e-8, rounding the Hessian 1e-6.
inline constexpr double usual_step = 1e-4;

/// At u, over the parameters in `free`: seven points around it, side by side.
Derivatives derivatives_at(Surface const& surface, Pair const& u, ParameterSet free, double h = usual_step);

/// At the start, over all parameters, by two longer steps of which the first error is taken out: to some 1e-9.
Derivatives careful_derivatives(Surface const& surface);

/// The inverse of minus the Hessian, in theta, packed (sim::packed_index); NaN where it is not positive definite.
std::vector<double> covariance_of(Surface const& surface, Derivatives const& d, std::vector<double> const& theta);

/// Eight points along the step from u: all of it, a quarter, a sixteenth and so on.
std::array<Pair, sim::lane_count> shares_of_step(Pair const& u, Pair const& step);

}  // namespace fisherlab::estimators
