#include "claims/instruments/tally_view.hpp"

#include <algorithm>
#include <cstddef>

namespace fisherlab::claims {

Eigen::VectorXd mean_of(sim::Tally const& tally, int first, int size) {
  Eigen::VectorXd mean(size);
  for (int a = 0; a < size; ++a) mean(a) = tally.moments.mean[static_cast<std::size_t>(first + a)];
  return mean;
}

Eigen::MatrixXd covariance_of(sim::Tally const& tally, int first, int size) {
  Eigen::MatrixXd covariance(size, size);
  for (int a = 0; a < size; ++a)
    for (int b = 0; b < size; ++b) covariance(a, b) = tally.moments.covariance(first + a, first + b);
  return covariance;
}

SampleMoments sample_moments(sim::Tally const& tally, int component) {
  double const variance = tally.moments.variance(component);  // rounding may leave it below 0 where nothing varied
  return {tally.moments.mean[static_cast<std::size_t>(component)], std::max(variance, 0.0), tally.count};
}

MatrixEstimate matrix_of(sim::Tally const& tally, int first, int p) {
  int const q = p * (p + 1) / 2;
  return {from_iso_vech(mean_of(tally, first, q)), covariance_of(tally, first, q), tally.count};
}

MatrixEstimate covariance_estimate(sim::Tally const& tally, int first, int p) {
  int const size = p + p * (p + 1) / 2;
  return covariance_as_mean(mean_of(tally, first, size), covariance_of(tally, first, size), tally.count);
}

}  // namespace fisherlab::claims
