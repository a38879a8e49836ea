#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "runs/data/labelled_data.hpp"
#include "runs/data/observations.hpp"

namespace fisherlab {
namespace {

std::vector<double> data_set(std::string const& name, std::string const& column) {
  std::filesystem::path const path = std::filesystem::path(FISHERLAB_SOURCE_DIR) / "data" / (name + ".csv");
  std::vector<double> values = runs::read_observations(path.string(), {.values = column}).values;
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end())) << name;
  return values;
}

double sum_of(std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// How often each value occurs.
using Counts = std::map<double, int>;
Counts counts_of(std::vector<double> const& values) {
  Counts counts;
  for (double const value : values) ++counts[value];
  return counts;
}

estimators::influence::Data table(std::string const& name) {
  return runs::read_labelled({.file = runs::shipped_data(name).string()});
}

TEST(DataSets, BallBearingsGiveThePublishedWeibullFit) {
  auto const lives = data_set("ball_bearings", "million_revolutions");
  ASSERT_EQ(lives.size(), 23u);
  EXPECT_NEAR(sum_of(lives), 1661.16, 1e-9);
  // The likelihood equation of the shape k: sum x^k log x / sum x^k - 1/k -
  // mean log x = 0, increasing in k; bisection.
  auto const power_sum = [&](double k, bool with_log) {
    double sum = 0;
    for (double const x : lives) sum += std::pow(x, k) * (with_log ? std::log(x) : 1);
    return sum;
  };
  double low = 0.1, high = 10;
  for (int i = 0; i < 100; ++i) {
    double const k = (low + high) / 2;
    (power_sum(k, true) / power_sum(k, false) - 1 / k - power_sum(0, true) / 23 > 0 ? high : low) = k;
  }
  EXPECT_NEAR(low, 2.102, 0.0005);
  EXPECT_NEAR(std::pow(power_sum(low, false) / 23, 1 / low), 81.88, 0.005);
}

TEST(DataSets, HorseKicksHaveTheirCounts) {
  auto const deaths = data_set("horse_kicks", "deaths");
  EXPECT_EQ(counts_of(deaths), (Counts{{0, 109}, {1, 65}, {2, 22}, {3, 3}, {4, 1}}));
  EXPECT_EQ(sum_of(deaths) / 200, 0.61);
}

TEST(DataSets, AirConditioningHasItsMean) {
  auto const hours = data_set("air_conditioning", "hours");
  EXPECT_EQ(hours, (std::vector<double>{3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487}));
  EXPECT_NEAR(sum_of(hours) / 12, 108.083, 0.0005);
}

TEST(DataSets, ChestGirthsHaveTheirCounts) {
  auto const inches = data_set("chest_girths", "inches");
  EXPECT_EQ(inches.size(), 5738u);
  EXPECT_EQ(counts_of(inches), (Counts{{33, 3},
                                       {34, 18},
                                       {35, 81},
                                       {36, 185},
                                       {37, 420},
                                       {38, 749},
                                       {39, 1073},
                                       {40, 1079},
                                       {41, 934},
                                       {42, 658},
                                       {43, 370},
                                       {44, 92},
                                       {45, 50},
                                       {46, 21},
                                       {47, 4},
                                       {48, 1}}));
  // The mean in inches that was printed for Quetelet's table in 1850.
  EXPECT_NEAR(sum_of(inches) / 5738, 39.83, 0.005);
}

TEST(DataSets, AlphaParticlesHaveTheirCounts) {
  auto const particles = data_set("alpha_particles", "particles");
  EXPECT_EQ(particles.size(), 2608u);
  EXPECT_EQ(counts_of(particles), (Counts{{0, 57},
                                          {1, 203},
                                          {2, 383},
                                          {3, 525},
                                          {4, 532},
                                          {5, 408},
                                          {6, 273},
                                          {7, 139},
                                          {8, 45},
                                          {9, 27},
                                          {10, 10},
                                          {11, 4},
                                          {13, 1},
                                          {14, 1}}));
  EXPECT_EQ(sum_of(particles), 10097);
}

TEST(DataSets, IrisHasTheRowsOfR) {
  auto const iris = table("iris.csv");
  ASSERT_EQ(iris.rows(), 150);
  ASSERT_EQ(iris.dimension(), 4);
  EXPECT_EQ(iris.columns.front(), "sepal_length");
  EXPECT_EQ(iris.classes, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
  Eigen::RowVector4d const sums(876.5, 458.6, 563.7, 179.9);
  EXPECT_LT((iris.inputs.colwise().sum() - sums).cwiseAbs().maxCoeff(), 1e-9);
  for (int i = 0; i < 150; ++i) EXPECT_EQ(iris.targets[i], i / 50) << i;
  // Rows 35 and 38, counted from 1, are wrong in the copy of the UCI
  // repository.
  EXPECT_EQ(iris.inputs.row(34), Eigen::RowVector4d(4.9, 3.1, 1.5, 0.2));
  EXPECT_EQ(iris.inputs.row(37), Eigen::RowVector4d(4.9, 3.6, 1.4, 0.1));
}

TEST(DataSets, CrabsHaveTheRowsOfR) {
  auto const crabs = table("crabs.csv");
  ASSERT_EQ(crabs.rows(), 200);
  ASSERT_EQ(crabs.dimension(), 5);
  EXPECT_EQ(crabs.classes, (std::vector<std::string>{"blue_female", "blue_male", "orange_female", "orange_male"}));
  Eigen::RowVectorXd sums(5);
  sums << 3116.6, 2547.7, 6421.1, 7282.9, 2806.1;
  EXPECT_LT((crabs.inputs.colwise().sum() - sums).cwiseAbs().maxCoeff(), 1e-9);
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(crabs.targets[i], (std::array{1, 0, 3, 2}.at(static_cast<std::size_t>(i / 50)))) << i;
}

TEST(DataSets, DigitsHaveTheirPixelsAndCounts) {
  auto const digits = table("digits.csv");
  ASSERT_EQ(digits.rows(), 1797);
  ASSERT_EQ(digits.dimension(), 64);
  EXPECT_EQ(digits.columns.front(), "pixel_0_0");
  EXPECT_EQ(digits.columns.back(), "pixel_7_7");
  EXPECT_EQ(digits.classes, (std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
  EXPECT_EQ(digits.inputs.minCoeff(), 0);
  EXPECT_EQ(digits.inputs.maxCoeff(), 16);
  EXPECT_EQ(digits.inputs.sum(), 561718);
  EXPECT_EQ(digits.inputs.squaredNorm(), 6907012);
  std::vector<double> const labels(digits.targets.begin(), digits.targets.end());
  EXPECT_EQ(
      counts_of(labels),
      (Counts{{0, 178}, {1, 182}, {2, 177}, {3, 183}, {4, 181}, {5, 182}, {6, 181}, {7, 179}, {8, 174}, {9, 180}}));
}

}  // namespace
}  // namespace fisherlab
