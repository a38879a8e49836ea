#include "runs/calibration/thinned.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "sim/tallies/weighted.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t all = 64, few = 16;

/// Draws that note one number.
StoredScenario scenario_of(std::int64_t count) {
  auto const batches = static_cast<std::size_t>(count / sim::lane_count);
  sim::NotedDraws draws;
  draws.shape.values = 1;
  draws.values.assign(batches, sim::Lanes(0.0));
  draws.used.assign(batches, sim::Lanes(1.0));
  draws.dropped.assign(batches, sim::Lanes(0.0));
  draws.centre = {0};
  return {0, {0}, {std::make_shared<sim::NotedDraws const>(draws)}, count};
}

/// One feature: of the first draws -1 and 1 in turn, of the others `rest`.
TiltedLaws laws_with(double rest) {
  Eigen::MatrixXd values = Eigen::MatrixXd::Constant(1, all, rest);
  for (Eigen::Index i = 0; i < few; ++i) values(0, i) = i % 2 == 0 ? -1 : 1;
  return TiltedLaws({{values, 1, std::vector<double>(all, 1.0 / all)}});
}

std::vector<double> thinned_law(double rest) {
  auto const scenario = scenario_of(all);
  Examined examined;
  examined.scenarios = {&scenario};
  examined.replicates = all;
  return Thinned(examined, few).laws(laws_with(rest)).features[0].law;
}

double mean_of(std::vector<double> const& law) {
  double mean = 0;
  for (std::size_t i = 0; i < law.size(); ++i) mean += i % 2 == 0 ? -law[i] : law[i];
  return mean;
}

TEST(Thinned, HasTheMeansOfTheWhole) {
  auto const law = thinned_law(0.4);
  ASSERT_EQ(law.size(), static_cast<std::size_t>(few));
  EXPECT_NEAR(std::accumulate(law.begin(), law.end(), 0.0), 1, 1e-12);
  EXPECT_NEAR(mean_of(law), 0.75 * 0.4, 1e-4);
}

/// Rare draws among the others put the mean where none of the first lies: no tilt has it, and Newton steps run away.
TEST(Thinned, IsALawWhereFewDrawsCannotHaveThem) {
  for (double const rest : {1.5, 10.0, 1e4, 1e300}) {
    auto const law = thinned_law(rest);
    EXPECT_NEAR(std::accumulate(law.begin(), law.end(), 0.0), 1, 1e-12) << rest;
    EXPECT_GE(mean_of(law), 0) << rest;
    for (double const p : law) EXPECT_TRUE(p >= 0 && p <= 1) << rest;
  }
}

}  // namespace
}  // namespace fisherlab::runs
