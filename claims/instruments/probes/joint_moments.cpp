#include "claims/instruments/probes/joint_moments.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "claims/instruments/probes/tally_view.hpp"

namespace fisherlab::claims {
namespace {

constexpr int most_components = 15;

/// Moments along a of the components themselves, as bounds.
MomentsAlong bounds_along(sim::Tally const& tally, JointMoments const& kept) {
  auto const replicates = static_cast<double>(tally.count);
  Eigen::VectorXd const weighted = mean_of(tally, kept.radial, kept.size);
  Eigen::MatrixXd const n =
      covariance_of(tally, kept.radial, kept.size) * ((replicates - 1) / replicates) + weighted * weighted.transpose();
  Eigen::VectorXd const centre = Eigen::Map<Eigen::VectorXd const>(kept.centre.data(), kept.size);
  Eigen::VectorXd const offset = mean_of(tally, kept.first, kept.size) - centre;
  Eigen::MatrixXd const covariance = covariance_of(tally, kept.first, kept.size);
  return [=, count = tally.count](Eigen::VectorXd const& a) {
    double const fourth = std::max(a.squaredNorm() * a.dot(n * a), 0.0);
    double const about_mean = std::pow(std::pow(fourth, 0.25) + std::fabs(a.dot(offset)), 4);  // Minkowski
    SampleMoments moments{0, std::max(a.dot(covariance * a), 0.0), count};
    moments.kurtosis = about_mean / std::pow(moments.variance * (replicates - 1) / replicates, 2);
    moments.skewness = std::sqrt(std::max(moments.kurtosis - 1, 0.0));
    moments.are_bounds = true;
    return moments;
  };
}

}  // namespace

void JointMoments::fold(sim::Observed& out) const {
  if (radial < 0) return;
  auto const y = static_cast<std::size_t>(first);
  auto const product = static_cast<std::size_t>(radial);
  sim::Lanes square = 0.0;
  for (std::size_t k = 0; k < centre.size(); ++k) {
    out.values[product + k] = out.values[y + k] - centre[k];
    square += out.values[product + k] * out.values[product + k];
  }
  sim::Lanes const distance = sqrt(square);
  for (std::size_t k = 0; k < centre.size(); ++k) out.values[product + k] = distance * out.values[product + k];
}

JointMoments keep_moments(sim::TallyShape& shape, int first, int size, std::vector<double> centre) {
  JointMoments kept{first, size, -1, std::move(centre)};
  kept.centre.resize(static_cast<std::size_t>(size));
  if (size <= most_components) {
    shape.powers.push_back(sim::power_block(first, size));
    return kept;
  }
  kept.radial = shape.values;
  shape.values += size;
  return kept;
}

std::vector<double> centre_of_identity(int p) {
  Eigen::VectorXd const one = iso_vech(Eigen::MatrixXd::Identity(p, p));
  return {one.begin(), one.end()};
}

MeanEstimate mean_estimate(sim::Tally const& tally, JointMoments const& kept, ByLaw by_law) {
  if (kept.radial < 0) return mean_estimate(tally, kept.first, kept.size, std::move(by_law));
  return {mean_of(tally, kept.first, kept.size),
          covariance_of(tally, kept.first, kept.size),
          tally.count,
          {bounds_along(tally, kept), std::move(by_law)}};
}

MatrixEstimate matrix_of(sim::Tally const& tally, JointMoments const& kept, int p, ByLaw by_law) {
  if (kept.radial < 0) return matrix_of(tally, kept.first, p, std::move(by_law));
  auto const along = [bounds = bounds_along(tally, kept)](Eigen::VectorXd const& u) {
    return bounds(iso_vech(u * u.transpose()));
  };
  return {from_iso_vech(mean_of(tally, kept.first, kept.size)),
          covariance_of(tally, kept.first, kept.size),
          tally.count,
          {along, std::move(by_law)}};
}

}  // namespace fisherlab::claims
