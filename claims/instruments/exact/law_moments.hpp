#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "claims/evidence/far_reach.hpp"
#include "claims/setting.hpp"
#include "sim/lanes.hpp"
#include "sim/sample.hpp"
#include "sim/tallies/powers.hpp"

namespace fisherlab::claims {

/// Joint central moments of a vector of one observation under its law, as the law of the data has them: by sums over
/// counts and quadrature over what is continuous. None for a law without counts, whose rare values are not lumps of
/// probability; nor where the quadrature does not serve.
struct LawMoments {
  std::shared_ptr<sim::Powers const> powers;  ///< of one observation; null where they are not known

  /// Of a'y, y the mean of n such vectors: cumulants of order k are those of one over n^(k - 1).
  SampleMoments of_mean(Eigen::VectorXd const& a, std::int64_t n) const;
  /// Of (a'(y - E y))^2 for y the sum of n such vectors over sqrt(n); needs moments to degree 8.
  SampleMoments of_square(Eigen::VectorXd const& a, std::int64_t n) const;
  /// Of the mean over n observations of (a'y)^2; needs moments to degree 8.
  SampleMoments of_mean_square(Eigen::VectorXd const& a, std::int64_t n) const;
};

/// Mean, variance, skewness and kurtosis from moments 0 .. 4 about 0; the count is filled in by whoever asks for a
/// reach.
SampleMoments moments_about_mean(std::vector<double> const& about_zero);

/// A vector of one observation, a lane each, and the degree to which its moments are wanted.
struct OfObservation {
  std::size_t size = 0;
  int degree = 4;
  std::function<void(sim::Sample const& one, sim::Lanes* y)> values;
};

/// Whether the law is of independent observations with a coordinate that counts.
bool has_counts(Law const& data);

/// Under the law of the data, where it has counts and the quadrature serves.
LawMoments law_moments(Law const& data, OfObservation const& wanted);

}  // namespace fisherlab::claims
