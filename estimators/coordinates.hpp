#pragma once

#include "sim/math/elementary.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::estimators {

/// First and second derivative of a parameter in its working coordinate.
struct Slope {
  sim::Lanes first;
  sim::Lanes second;
};

/// The unbounded coordinate of a parameter: itself, its log or its logit.
inline sim::Lanes to_working(sim::Domain domain, sim::Lanes const& theta) {
  switch (domain) {
    case sim::Domain::positive:
      return log(theta);
    case sim::Domain::unit:
      return log(theta / (1.0 - theta));
    case sim::Domain::real:
    case sim::Domain::angle:
      break;
  }
  return theta;
}

inline sim::Lanes from_working(sim::Domain domain, sim::Lanes const& phi) {
  switch (domain) {
    case sim::Domain::positive:
      return exp(phi);
    case sim::Domain::unit:
      return 1.0 / (1.0 + exp(-phi));
    case sim::Domain::real:
    case sim::Domain::angle:
      break;
  }
  return phi;
}

/// theta(phi) = exp phi has both derivatives theta; 1/(1 + exp(-phi)) has theta (1 - theta) and that times
/// (1 - 2 theta).
inline Slope slope(sim::Domain domain, sim::Lanes const& theta) {
  switch (domain) {
    case sim::Domain::positive:
      return {theta, theta};
    case sim::Domain::unit: {
      sim::Lanes const first = theta * (1.0 - theta);
      return {first, first * (1.0 - 2.0 * theta)};
    }
    case sim::Domain::real:
    case sim::Domain::angle:
      break;
  }
  return {1.0, 0.0};
}

}  // namespace fisherlab::estimators
