#include "runs/diagnosis/checks/other_laws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "runs/data/labelled_data.hpp"
#include "runs/diagnosis/checks/resampled_rows.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

WithoutModel of_shipped(std::string const& model, std::string const& file, std::string const& column,
                        std::uint64_t seed) {
  auto const data = read_observations(shipped_data(file).string(), {.values = column});
  DiagnosisSettings settings;
  settings.seed = seed;
  return without_model(fit_to_data(sim::make_model(model, {}), data, 0.95), data, sim::shipped_models(), settings);
}

double wald_coverage_of(UnderOther const& other) { return other.worth[0].wald.value; }

// R: sqrt(vcov of warpbreaks' mean) = sd/sqrt(n) = 13.199/sqrt(54) = 1.796, with divisor n 1.780; under the fitted
// negative binomial the mean has standard error sqrt((m + m^2/size)/n).
TEST(WithoutModel, TellsStandardErrorsOfWarpBreaks) {
  for (std::uint64_t const seed : {1u, 2u, 3u}) {
    auto const found = of_shipped("poisson", "warp_breaks.csv", "breaks", seed);
    ASSERT_TRUE(found.rival && found.resampling);
    EXPECT_EQ(found.rival->law, "negative_binomial");
    EXPECT_NEAR(found.resampling->std_errors[0], 1.780, 4 * 1.78 / std::sqrt(2 * 4096.0));
    EXPECT_NEAR(found.rival->std_errors[0], 1.67, 0.1);
    EXPECT_NEAR(wald_coverage_of(*found.rival), 0.605, 0.03);
    EXPECT_NEAR(wald_coverage_of(*found.resampling), 0.57, 0.04);
    EXPECT_EQ(found.resampling->replicates, 4096);
  }
}

// The control: where the model holds, resampling and a rival that is nearly right cover about as declared. One that is
// wrong does not: of a geometric law the mean has a larger variance than Poisson's says.
TEST(WithoutModel, CoversWhereTheModelHolds) {
  auto const bearings = of_shipped("weibull", "ball_bearings.csv", "million_revolutions", 1);
  ASSERT_TRUE(bearings.rival && bearings.resampling);
  EXPECT_EQ(bearings.rival->law, "rayleigh");
  EXPECT_NEAR(wald_coverage_of(*bearings.rival), 0.95, 0.02);
  EXPECT_NEAR(wald_coverage_of(*bearings.resampling), 0.94, 0.04);
  auto const kicks = of_shipped("poisson", "horse_kicks.csv", "deaths", 1);
  ASSERT_TRUE(kicks.rival && kicks.resampling);
  EXPECT_NEAR(wald_coverage_of(*kicks.resampling), 0.95, 0.025);
  EXPECT_EQ(kicks.rival->law, "geometric");
  EXPECT_LT(wald_coverage_of(*kicks.rival), 0.9);
}

TEST(WithoutModel, JudgesEveryIntervalBySimulation) {
  auto const data = read_observations(shipped_data("warp_breaks.csv").string(), {.values = "breaks"});
  auto const fitted = fit_to_data(sim::make_model("poisson", {}), data, 0.95);
  auto const found = without_model(fitted, data, sim::shipped_models(), {});
  for (auto const* const name : {"Wald", "score", "likelihood-ratio", "Garwood"}) {
    auto const coverage = coverage_under(*found.rival, 0, name, fitted.fit.parameters[0]);
    EXPECT_NEAR(coverage.value, 0.605, 0.06) << name;
    EXPECT_GT(coverage.mcse, 0) << name << ": no sum over the totals of the model that is refuted";
  }
  EXPECT_TRUE(std::isnan(coverage_under(*found.rival, 0, "none", fitted.fit.parameters[0]).value));
}

// A law whose moments do not exist is a rival only for models whose estimate tends to something there.
TEST(WithoutModel, LeavesOutRivalsUnderWhichTheEstimateTendsToNothing) {
  auto const law = test::law("cauchy", {0, 1});
  sim::Sample sample(40, 1);
  law.model->draw(law.theta, {3, 9, 0}, sample);
  Observations data{"drawn", {}};
  for (std::int64_t i = 0; i < 40; ++i) data.values.push_back(sample(i)[0]);
  auto const found =
      without_model(fit_to_data(sim::make_model("normal", {}), data, 0.95), data, sim::shipped_models(), {});
  ASSERT_TRUE(found.rival);
  EXPECT_NE(found.rival->law, "cauchy");
}

TEST(ResampledRows, AreDrawnWithReplacementAndEqualChances) {
  ResampledRows const rows(sim::make_model("normal", {}), {1, 2, 3, 4, 5});
  sim::Sample sample(1000, 1);
  std::vector<double> counts(6);
  for (std::uint64_t r = 0; r < 10; ++r) {
    rows.draw({}, {1, 2, 8 * r}, sample);
    for (std::int64_t i = 0; i < 1000; ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) counts[static_cast<std::size_t>(sample(i)[lane])] += 1;
  }
  // 80,000 draws: 16,000 each, standard deviation 113.
  for (std::size_t k = 1; k <= 5; ++k) EXPECT_NEAR(counts[k], 16'000, 500) << k;
}

}  // namespace
}  // namespace fisherlab::runs
