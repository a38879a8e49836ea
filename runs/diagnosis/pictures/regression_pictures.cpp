#include "runs/diagnosis/pictures/regression_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/hash.hpp"
#include "estimators/regression/checks.hpp"
#include "estimators/regression/replicates.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

using sim::Lanes;

constexpr std::size_t most_points = 200, most_rows = 2000;
constexpr std::ptrdiff_t all_of_largest = 100;  ///< residuals that are shown of very many before others are passed over
constexpr std::int64_t envelope_samples = 200;

/// The ordered residuals of one lane at `count` places from the least to the largest; none where one is not finite.
std::vector<double> at_places(std::vector<Lanes> const& residuals, int lane, std::size_t count) {
  std::vector<double> sorted;
  for (auto const& r : residuals) sorted.push_back(r[lane]);
  if (!std::ranges::all_of(sorted, [](double x) { return std::isfinite(x); })) return {};
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> result;
  for (std::size_t k = 0; k < count; ++k)
    result.push_back(sorted[count > 1 ? k * (sorted.size() - 1) / (count - 1) : sorted.size() / 2]);
  return result;
}

std::vector<Lanes> residuals_of_data(FittedFormula const& fitted) {
  return estimators::standardised(
      estimators::residuals_at(fitted.fit.family, fitted.design, fitted.frame.data.y, fitted.fit.point()));
}

double share_of(std::vector<double> const& sorted, double share) {
  return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
}

}  // namespace

std::vector<ResidualPoint> residual_picture(FittedFormula const& fitted) {
  auto const residuals = residuals_of_data(fitted);
  std::size_t const step = (residuals.size() + most_rows - 1) / most_rows;
  std::vector<ResidualPoint> points;
  for (std::size_t i = 0; i < residuals.size(); ++i)
    if (std::isfinite(residuals[i][0]))
      points.push_back({fitted.fit.mean[static_cast<Eigen::Index>(i)], residuals[i][0], fitted.frame.rows[i]});
  std::ranges::stable_sort(points, std::ranges::greater(), [](auto const& p) { return std::abs(p.residual); });
  if (step == 1) return points;
  std::vector<ResidualPoint> chosen;
  chosen.assign(points.begin(), points.begin() + std::min(all_of_largest, std::ssize(points)));
  for (auto k = chosen.size(); k < points.size(); k += step) chosen.push_back(points[k]);
  return chosen;
}

std::vector<QuantilePoint> residual_quantiles(FittedFormula const& fitted, DiagnosisSettings const& settings) {
  auto const count = std::min(static_cast<std::size_t>(fitted.n()), most_points);
  estimators::RegressionReplicates const replicates{
      fitted.design, estimators::law_of(fitted.fit), fitted.fit.family, fitted.fit.point(), {}};
  std::vector<std::vector<double>> drawn(count);
  sim::BlockWork work;
  work.last = envelope_samples / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto result = std::make_shared<std::vector<std::vector<double>>>();
    auto const residuals = replicates.residuals(
        {settings.seed, stable_hash("residual quantiles"), static_cast<std::uint64_t>(block * sim::lane_count)});
    if (!residuals) return result;
    auto const& values = residuals->standardised;
    for (int lane = 0; lane < sim::lane_count; ++lane)
      if ((residuals->found >> lane & 1u) != 0) result->push_back(at_places(values, lane, count));
    return result;
  };
  work.fold = [&](sim::BlockResult const& result) {
    for (auto const& sample : *static_cast<std::vector<std::vector<double>> const*>(result.get()))
      for (std::size_t k = 0; k < sample.size(); ++k) drawn[k].push_back(sample[k]);
  };
  sim::run_blocks(work, settings.threads);
  auto const observed = at_places(residuals_of_data(fitted), 0, count);
  std::vector<QuantilePoint> points;
  for (std::size_t k = 0; k < observed.size(); ++k) {
    if (drawn[k].empty()) continue;
    std::sort(drawn[k].begin(), drawn[k].end());
    points.push_back({share_of(drawn[k], 0.5), observed[k], share_of(drawn[k], 0.025), share_of(drawn[k], 0.975)});
  }
  return points;
}

}  // namespace fisherlab::runs
