#include "runs/calibration/pushes.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "base/dense/symmetric.hpp"
#include "base/hash.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_numbers = 12;          ///< noted numbers that are all used
constexpr double far = 5;                 ///< how many critical distances
constexpr Index most_relevant = 4;        ///< combinations of numbers in one scenario
constexpr double least_share = 1.0 / 30;  ///< of a slope beside the foremost
constexpr double same_direction = 0.999;

int numbers_of(Examined const& examined) {
  int numbers = 0;
  for (auto const* scenario : examined.scenarios)
    for (auto const& noted : scenario->noted) numbers += noted->shape.values + noted->shape.successes;
  return numbers;
}

/// Of length 1, along the linear features of all scenarios.
Tilt random_push(TiltedLaws const& laws, std::uint64_t key, std::int64_t k) {
  auto stream = stream_of(key, "push", k);
  Tilt push = Tilt::Zero(laws.size);
  for (std::size_t s = 0; s < laws.features.size(); ++s)
    for (Index a = 0; a < laws.features[s].linear; ++a) push(laws.offsets[s] + a) = stream.normal();
  return push.normalized();
}

TiltedLaws with_products(TiltedLaws const& linear) {
  std::vector<Features> features;
  for (auto const& f : linear.features) features.push_back(with_products(f));
  return TiltedLaws(std::move(features));
}

/// All round the plane of two linear features: a step of 15 degrees is 1.6 standard deviations at 6 of them.
std::vector<Tilt> around(TiltedLaws const& laws, Index first, Index second) {
  constexpr int count = 24;
  std::vector<Tilt> result;
  for (int k = 0; k < count; ++k) {
    double const angle = 2 * std::numbers::pi * k / count;
    result.push_back(std::cos(angle) * Tilt::Unit(laws.size, first) + std::sin(angle) * Tilt::Unit(laws.size, second));
  }
  return result;
}

Pushes of_few(TiltedLaws const& linear, std::uint64_t key) {
  Pushes result{with_products(linear), {}};
  auto const& laws = result.laws;
  std::vector<Index> places;  // of the linear features
  for (std::size_t s = 0; s < laws.features.size(); ++s)
    for (Index a = 0; a < laws.features[s].linear; ++a) places.push_back(laws.offsets[s] + a);
  if (places.size() == 2) {
    result.directions = around(laws, places[0], places[1]);
    return result;
  }
  for (auto const place : places)
    for (double const sign : {1.0, -1.0}) result.directions.push_back(sign * Tilt::Unit(laws.size, place));
  Index const wanted = laws.linear == 1 ? 2 : 32;
  for (std::int64_t k = 0; std::cmp_less(result.directions.size(), wanted); ++k)
    result.directions.push_back(random_push(laws, key, k));
  return result;
}

/// Slopes of the estimate after random moves, one a column; those along one that is there already are left out.
MatrixXd slopes_of_estimate(Examined const& examined, TiltedLaws const& laws, Effort const& effort, std::uint64_t key) {
  double const distance = far * examined.critical / std::sqrt(static_cast<double>(examined.replicates));
  MatrixXd found(laws.size, 0);
  // Of length 1, or empty where there is no slope.
  auto const direction_after = [&](std::size_t k) -> VectorXd {
    Tilt const move = distance * random_push(laws, key, static_cast<std::int64_t>(k));
    auto const slope = slopes(
        examined, laws, move, [](Measurement const& m) { return m.estimate; }, 0.01);
    if (!slope || !(slope->norm() > 0)) return {};
    return slope->normalized();
  };
  each_in_turn<VectorXd>(effort.moves, examined.execution, direction_after, [&](VectorXd const& direction) {
    if (direction.size() == 0) return;
    if (found.cols() > 0 && (found.transpose() * direction).cwiseAbs().maxCoeff() > same_direction) return;
    found.conservativeResize(Eigen::NoChange, found.cols() + 1);
    found.rightCols(1) = direction;
  });
  return found;
}

Pushes of_many(Thinned const& thinned, TiltedLaws const& linear, Effort const& effort, std::uint64_t key) {
  MatrixXd const slopes = slopes_of_estimate(thinned.examined(), thinned.laws(linear), effort, key);
  std::vector<Features> relevant;
  std::vector<MatrixXd> coordinates;  // of the slopes, one a column
  for (std::size_t s = 0; s < linear.features.size(); ++s) {
    auto const& f = linear.features[s];
    MatrixXd const part = slopes.middleRows(linear.offsets[s], f.values.rows());
    auto const system = eigensystem(part * part.transpose());  // in increasing order
    Index const rows = system.values.size();
    Index kept = 0;
    while (kept < std::min(rows, most_relevant) && system.values[rows - 1 - kept] > least_share * least_share) ++kept;
    MatrixXd const basis = system.vectors.rightCols(kept);
    relevant.push_back({basis.transpose() * f.values, kept, f.law});
    coordinates.push_back(basis.transpose() * part);
  }
  Pushes result{effort.is_small ? TiltedLaws(std::move(relevant)) : with_products(TiltedLaws(std::move(relevant))), {}};
  for (Index k = 0; k < slopes.cols(); ++k)
    for (double const sign : {1.0, -1.0}) {
      Tilt push = Tilt::Zero(result.laws.size);
      for (std::size_t s = 0; s < coordinates.size(); ++s)
        push.segment(result.laws.offsets[s], coordinates[s].rows()) = sign * coordinates[s].col(k);
      result.directions.push_back(std::move(push));
    }
  return result;
}

}  // namespace

sim::ScalarStream stream_of(std::uint64_t key, char const* what, std::int64_t index) {
  return sim::ScalarStream({key, stable_hash(what), static_cast<std::uint64_t>(index)});
}

Pushes pushes_of(Examined const& examined, Thinned const& thinned, Effort const& effort, std::uint64_t key) {
  std::vector<Features> features;
  for (auto const* scenario : examined.scenarios) features.push_back(linear_features(*scenario));
  TiltedLaws const linear(std::move(features));
  return numbers_of(examined) <= most_numbers ? of_few(linear, key) : of_many(thinned, linear, effort, key);
}

}  // namespace fisherlab::runs
