#pragma once

#include <string>
#include <vector>

#include "sim/autodiff/dual.hpp"

namespace fisherlab::sim {

/// A map phi = f(theta) of a parameter vector that users of a model ask about. Forward and inverse are written down on
/// their own, over numbers with a derivative, so that the Jacobian of one checks that of the other.
struct ParameterMap {
  using Vector = std::vector<Dual<double>>;

  std::string name;  ///< "mean-shape"
  std::string phi;   ///< "(mean, shape)"
  Vector (*forward)(Vector const& theta) = nullptr;
  Vector (*inverse)(Vector const& phi) = nullptr;
  bool first_alone = false;  ///< only the first component of phi is asked about: a map to fewer dimensions
};

}  // namespace fisherlab::sim
