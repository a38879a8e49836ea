#include "runs/calibration/thinned.hpp"

#include <Eigen/Core>
#include <memory>
#include <utility>

#include "base/dense/symmetric.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd, Eigen::VectorXd;

constexpr int newton_steps = 8;
constexpr double matched_within = 1e-4;  ///< standard deviations; the edge of an interval lies at some hundredths

StoredScenario first_of(StoredScenario const& whole, std::int64_t draws) {
  if (whole.count < 2 * draws) return whole;
  auto const batches = static_cast<std::size_t>((draws + sim::lane_count - 1) / sim::lane_count);
  StoredScenario few{whole.scenario, whole.probes, {}, static_cast<std::int64_t>(batches) * sim::lane_count};
  for (auto const& noted : whole.noted) {
    auto const& all = *noted;
    auto const first = [&](std::vector<sim::Lanes> const& lanes) {
      auto const width = lanes.size() / all.used.size();
      return std::vector<sim::Lanes>(lanes.begin(), lanes.begin() + static_cast<std::ptrdiff_t>(batches * width));
    };
    few.noted.push_back(std::make_shared<sim::NotedDraws const>(sim::NotedDraws{
        all.shape, first(all.values), first(all.successes), first(all.used), first(all.dropped), all.centre}));
  }
  return few;
}

/// The largest distance of a feature's mean under a law from where it should be, in standard deviations; NaN where the
/// law is none.
double distance(Features const& features, VectorXd const& law, VectorXd const& means) {
  return (means - features.values * law).cwiseAbs().maxCoeff();
}

/// A law times e^tilt(draw), normalised.
VectorXd tilted(VectorXd const& law, VectorXd const& exponent) {
  VectorXd const moved = (law.array() * (exponent.array() - exponent.maxCoeff()).exp()).matrix();
  return moved / moved.sum();
}

/// Tilts the law of some draws until the features have those means, by Newton steps on the convex dual. A step that
/// leads away is halved; few draws can lie all on one side of a mean that rare ones have made, and then the law comes
/// as near as steps lead.
void match_means(Features& features, VectorXd const& means) {
  Eigen::Map<VectorXd> law(features.law.data(), features.values.cols());
  for (int step = 0; step < newton_steps; ++step) {
    VectorXd const here = features.values * law;
    double const before = distance(features, law, means);
    if (before < matched_within) return;
    MatrixXd const centred = features.values.colwise() - here;
    auto const system = eigensystem(centred * law.asDiagonal() * centred.transpose());
    VectorXd tilt = VectorXd::Zero(here.size());
    for (Index k = 0; k < system.values.size(); ++k)
      if (system.values[k] > 1e-6 * system.values[system.values.size() - 1])
        tilt += system.vectors.col(k) * (system.vectors.col(k).dot(means - here) / system.values[k]);
    VectorXd const exponent = centred.transpose() * tilt;
    VectorXd next = tilted(law, exponent);
    for (double part = 0.5; part > 0.01 && !(distance(features, next, means) < before); part /= 2)
      next = tilted(law, part * exponent);
    if (!(distance(features, next, means) < before)) return;
    law = next;
  }
}

}  // namespace

Thinned::Thinned(Examined const& whole, std::int64_t draws) : examined_(whole) {
  for (auto const* scenario : whole.scenarios) scenarios_.push_back(first_of(*scenario, draws));
  examined_.scenarios.clear();
  for (auto const& scenario : scenarios_) examined_.scenarios.push_back(&scenario);
}

TiltedLaws Thinned::laws(TiltedLaws const& whole) const {
  std::vector<Features> features;
  for (std::size_t s = 0; s < scenarios_.size(); ++s) {
    auto const& all = whole.features[s];
    Index const draws = scenarios_[s].count;
    std::vector<double> law(all.law.begin(), all.law.begin() + draws);
    double total = 0;
    for (double const p : law) total += p;
    for (double& p : law) p /= total;
    features.push_back({all.values.leftCols(draws), all.linear, std::move(law)});
    if (draws < all.values.cols() && all.values.rows() > 0)
      match_means(features.back(), all.values * Eigen::Map<VectorXd const>(all.law.data(), all.values.cols()));
  }
  return TiltedLaws(std::move(features));
}

}  // namespace fisherlab::runs
