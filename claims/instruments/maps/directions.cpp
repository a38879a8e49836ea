#include "claims/instruments/maps/directions.hpp"

#include <cstddef>
#include <span>

#include "base/hash.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {

Eigen::MatrixXd information_matrix(Law const& law) {
  auto const p = static_cast<Eigen::Index>(law.theta.size());
  std::vector<double> packed(sim::packed_size(law.theta.size()));
  law.model->information(std::span<double const>(law.theta), packed.data());
  Eigen::MatrixXd matrix(p, p);
  for (Eigen::Index i = 0, k = 0; i < p; ++i)
    for (Eigen::Index j = 0; j <= i; ++j, ++k) matrix(i, j) = matrix(j, i) = packed[static_cast<std::size_t>(k)];
  return matrix;
}

std::vector<Eigen::VectorXd> random_directions(Eigen::Index p, int count, std::string_view user) {
  std::vector<Eigen::VectorXd> result;
  sim::ScalarStream stream({0, stable_hash(user), 0});
  for (int k = 0; k < count; ++k) {
    Eigen::VectorXd w(p);
    for (Eigen::Index a = 0; a < p; ++a) w(a) = stream.normal();
    result.push_back(w.normalized());
  }
  return result;
}

}  // namespace fisherlab::claims
