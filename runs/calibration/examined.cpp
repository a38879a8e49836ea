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

/// Sums over the draws of a scenario under weights w, and under w c_j for each centred feature c_j: what a law moved a
/// little along one has, for they are linear in the weights.
struct SumsAlong {
  StoredScenario const& scenario;
  std::vector<std::vector<sim::WeightedSums>> of_probes;  ///< under w, then along each feature

  /// Of the law itself.
  std::vector<sim::Tally> tallies() const {
    std::vector<sim::Tally> result;
    for (std::size_t k = 0; k < of_probes.size(); ++k) result.push_back(of_probes[k][0].tally(*scenario.noted[k]));
    return result;
  }
  /// Of the law moved by `step` along a feature.
  std::vector<sim::Tally> tallies(Index feature, double step) const {
    std::vector<sim::Tally> result;
    for (std::size_t k = 0; k < of_probes.size(); ++k) {
      auto moved = of_probes[k][0];
      moved.add(step, of_probes[k][static_cast<std::size_t>(feature) + 1]);
      result.push_back(moved.tally(*scenario.noted[k]));
    }
    return result;
  }
};

SumsAlong sums_along(StoredScenario const& scenario, Features const& features, std::vector<double> const& weights) {
  auto const centred = centred_features(features, weights).first;
  std::vector<std::vector<double>> all = {weights};
  for (Index j = 0; j < centred.rows(); ++j) {
    all.push_back(weights);
    for (Index i = 0; i < centred.cols(); ++i) all.back()[static_cast<std::size_t>(i)] *= centred(j, i);
  }
  SumsAlong result{scenario, {}};
  for (auto const& noted : scenario.noted) result.of_probes.push_back(sim::weighted_sums(*noted, all));
  return result;
}

}  // namespace

Tallies Examined::tallied(std::size_t scenario, std::span<std::vector<double> const> weights) const {
  if (execution.stop && execution.stop()) throw sim::Interrupted();
  Tallies result(weights.size());
  for (auto const& noted : scenarios[scenario]->noted) {
    auto const sums = sim::weighted_sums(*noted, weights);
    for (std::size_t k = 0; k < sums.size(); ++k) result[k].push_back(sums[k].tally(*noted));
  }
  return result;
}

Measurement Examined::at(Weights const& weights) const {
  Tallies tallies;
  for (std::size_t s = 0; s < weights.size(); ++s)
    tallies.push_back(std::move(tallied(s, std::span(weights).subspan(s, 1)).front()));
  return measure(tallies);
}

std::vector<Measurement> Examined::at_each(std::vector<Weights> const& weights) const {
  std::vector<Tallies> samples(weights.front().size());
  for (std::size_t s = 0; s < weights.size(); ++s) {
    auto tallies = tallied(s, weights[s]);
    for (std::size_t k = 0; k < samples.size(); ++k) samples[k].push_back(std::move(tallies[k]));
  }
  std::vector<Measurement> result;
  for (auto const& sample : samples) result.push_back(measure(sample));
  return result;
}

Tallies tallies_of_draws(Examined const& examined) {
  Tallies result;
  for (std::size_t s = 0; s < examined.scenarios.size(); ++s) {
    auto const draws = examined.scenarios[s]->count;
    double const weight = static_cast<double>(examined.replicates) / static_cast<double>(draws);
    std::vector<double> const even(static_cast<std::size_t>(draws), weight);
    result.push_back(std::move(examined.tallied(s, {&even, 1}).front()));
  }
  return result;
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
  std::vector<SumsAlong> sums;
  Tallies tallies;
  for (std::size_t s = 0; s < weights.size(); ++s) {
    sums.push_back(sums_along(*examined.scenarios[s], laws.features[s], weights[s]));
    tallies.push_back(sums.back().tallies());
  }
  Tilt result = Tilt::Zero(laws.size);
  for (std::size_t s = 0; s < laws.features.size(); ++s) {
    auto const untouched = tallies[s];
    for (Index j = 0; j < laws.features[s].values.rows(); ++j) {
      double ends[2];
      for (int k = 0; k < 2; ++k) {
        tallies[s] = sums[s].tallies(j, k == 0 ? -step : step);
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
