#include "runs/calibration/examined.hpp"

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/dense/symmetric.hpp"
#include "sim/tallies/weighted.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Features of a scenario about their means under weights, and the probabilities that these are.
std::pair<MatrixXd, VectorXd> centred_features(Features const& features, std::vector<double> const& weights) {
  Eigen::Map<VectorXd const> const law(weights.data(), features.values.cols());
  VectorXd p = law / law.sum();
  VectorXd const mean = features.values * p;
  return {features.values.colwise() - mean, std::move(p)};
}

}  // namespace

std::vector<sim::Tally> Examined::tallied(std::size_t scenario, std::vector<double> const& weights) const {
  std::vector<sim::Tally> result;
  for (auto const& noted : scenarios[scenario]->noted) result.push_back(sim::weighted_tally(noted, weights));
  return result;
}

Measurement Examined::at(Weights const& weights) const {
  Tallies tallies;
  for (std::size_t s = 0; s < weights.size(); ++s) tallies.push_back(tallied(s, weights[s]));
  return measure(tallies);
}

Weights expected_weights(Examined const& examined, TiltedLaws const& laws, Tilt const& tilt) {
  Weights result;
  for (std::size_t s = 0; s < laws.features.size(); ++s) {
    result.push_back(laws.tilted(tilt, s).first);
    for (double& w : result.back()) w *= static_cast<double>(examined.replicates);
  }
  return result;
}

std::optional<Tilt> slopes(Examined const& examined, TiltedLaws const& laws, Tilt const& at,
                           Functional const& functional, double fraction) {
  auto const weights = expected_weights(examined, laws, at);
  double const step = fraction * examined.critical / std::sqrt(static_cast<double>(examined.replicates));
  Tallies tallies;
  for (std::size_t s = 0; s < weights.size(); ++s) tallies.push_back(examined.tallied(s, weights[s]));
  Tilt result = Tilt::Zero(laws.size);
  for (std::size_t s = 0; s < laws.features.size(); ++s) {
    auto const centred = centred_features(laws.features[s], weights[s]).first;
    auto const untouched = tallies[s];
    for (Index j = 0; j < centred.rows(); ++j) {
      double ends[2];
      for (int k = 0; k < 2; ++k) {
        auto moved = weights[s];
        double const e = k == 0 ? -step : step;
        for (Index i = 0; i < centred.cols(); ++i) moved[static_cast<std::size_t>(i)] *= 1 + e * centred(j, i);
        tallies[s] = examined.tallied(s, moved);
        ends[k] = functional(examined.measure(tallies));
      }
      result(laws.offsets[s] + j) = (ends[1] - ends[0]) / (2 * step);
    }
    tallies[s] = untouched;
  }
  if (!result.allFinite()) return std::nullopt;
  return result;
}

std::optional<Tilt> influence(Examined const& examined, TiltedLaws const& laws, Tilt const& at,
                              Functional const& functional, double fraction) {
  auto const slope = slopes(examined, laws, at, functional, fraction);
  if (!slope) return std::nullopt;
  auto const weights = expected_weights(examined, laws, at);
  Tilt result = Tilt::Zero(laws.size);
  for (std::size_t s = 0; s < laws.features.size(); ++s) {
    auto const rows = laws.features[s].values.rows();
    if (rows == 0) continue;
    auto const [centred, p] = centred_features(laws.features[s], weights[s]);
    auto const system = eigensystem(centred * p.asDiagonal() * centred.transpose());
    VectorXd const along = laws.part(*slope, s);
    for (Index k = 0; k < system.values.size(); ++k)
      if (system.values[k] > 1e-6 * system.values[system.values.size() - 1])
        result.segment(laws.offsets[s], rows) +=
            system.vectors.col(k) * (system.vectors.col(k).dot(along) / system.values[k]);
  }
  return result;
}

}  // namespace fisherlab::runs
