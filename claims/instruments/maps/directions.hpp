#pragma once

#include <Eigen/Core>
#include <string_view>
#include <vector>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// The information of one observation as a p x p matrix.
Eigen::MatrixXd information_matrix(Law const& law);

/// `count` directions of length 1 in p dimensions, uniform on the sphere, from a fixed stream named after its `user`.
std::vector<Eigen::VectorXd> random_directions(Eigen::Index p, int count, std::string_view user);

}  // namespace fisherlab::claims
