#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// A map phi = f(theta) of a parameter vector at one theta. Forward and inverse are written down on their own, and both
/// Jacobians come from automatic differentiation, so that one checks the other.
struct VectorMap {
  std::string phi;           ///< "(mean, shape)"
  bool first_alone = false;  ///< only the first component of phi is asked about: a map to fewer dimensions
  Eigen::MatrixXd jacobian;  ///< dphi/dtheta, p x p
  Eigen::MatrixXd tangents;  ///< dtheta/dphi, p x p, from the inverse map
};

/// The map of that name for the law's model.
/// @throws InputError when the map is not made for the model.
VectorMap vector_map(std::string const& name, Law const& law);

/// Names of all maps; the same as a list for a card.
std::vector<std::string> vector_map_names();
std::string vector_map_list();

}  // namespace fisherlab::claims
