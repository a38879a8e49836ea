#include "claims/instruments/pictures/picture_rows.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/special/distributions.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

/// The histogram of N(shift, 1), by evenly spaced probabilities.
sim::Histogram normal_histogram(double shift, int count) {
  sim::Histogram histogram;
  for (int i = 0; i < count; ++i) {
    double const z = shift + normal_quantile((i + 0.5) / count);
    ++histogram.cells[static_cast<std::size_t>(sim::Histogram::cell_of(z))];
  }
  return histogram;
}

TEST(DistributionRows, CompareQuantilesWithTheNormalOnes) {
  constexpr int count = 200'000;
  for (double const shift : {0.0, 0.5}) {
    auto const rows = distribution_rows(normal_histogram(shift, count), count);
    ASSERT_EQ(rows.size(), 40u);
    double inside = 0;
    int compared = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      EXPECT_NEAR(rows[k].quantile, -3.8 + 0.2 * static_cast<double>(k), 0.013);  // a cell at 4 is 25/2048 wide
      EXPECT_EQ(rows[k].replicates, count);
      if (k > 0) {
        EXPECT_EQ(rows[k].from, rows[k - 1].quantile);
      }
      inside += rows[k].density * (rows[k].quantile - rows[k].from);
      if (!rows[k].reference) continue;
      EXPECT_NEAR(*rows[k].reference, rows[k].quantile - shift, 0.03) << k;
      ++compared;
    }
    EXPECT_GT(compared, 30);
    EXPECT_NEAR(inside, 1.0, 1e-3);
  }
}

TEST(DistributionRows, LeaveThinTailsWithoutAReference) {
  sim::Histogram point;  // all replicates at 0
  point.cells[static_cast<std::size_t>(sim::Histogram::cell_of(0.0))] = 1000;
  for (auto const& row : distribution_rows(point, 1000)) EXPECT_FALSE(row.reference) << row.quantile;
  EXPECT_TRUE(distribution_rows(point, 0).empty());
}

TEST(ShownSizes, AreTheSmallestTheMiddleAndTheLargest) {
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(shown_sizes(0), Places());
  EXPECT_EQ(shown_sizes(1), Places({0}));
  EXPECT_EQ(shown_sizes(2), Places({0, 1}));
  EXPECT_EQ(shown_sizes(3), Places({0, 1, 2}));
  EXPECT_EQ(shown_sizes(6), Places({0, 2, 5}));
}

// B = [4 1; 1 9] with the root [2 0; 0.5 sqrt(8.75)], and C = B + [0.4 -0.6; -0.6 0.9]: errors 0.1, -0.6/6, 0.1.
TEST(CovarianceRows, GiveEachEntryInUnitsOfTheBound) {
  Eigen::MatrixXd root(2, 2), covariance(2, 2);
  root << 2, 0, 0.5, std::sqrt(8.75);
  covariance << 4.4, 0.4, 0.4, 9.9;
  Eigen::MatrixXd const inverse_root = inverse(root);
  MatrixEstimate const whitened{inverse_root * covariance * inverse_root.transpose(), Eigen::MatrixXd::Identity(3, 3),
                                10'000};
  auto const rows = covariance_rows(whitened, root, {"a", "b"}, 0.05);
  ASSERT_EQ(rows.size(), 3u);
  std::vector<std::string> const components = {"a", "a, b", "b"};
  std::vector<double> const errors = {0.1, -0.1, 0.1};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(rows[k].component, components[k]);
    EXPECT_NEAR(rows[k].value, errors[k], 1e-12);
    EXPECT_EQ(rows[k].reference, 0);
    EXPECT_EQ(rows[k].replicates, 10'000);
  }
}

TEST(CovarianceRows, ShareTheErrorAndTakeTheFactorOffTheDiagonalOut) {
  MatrixEstimate whitened{Eigen::MatrixXd::Identity(2, 2), Eigen::MatrixXd::Identity(3, 3), 10'000};
  whitened.contribution_covariance(1, 1) = 3;  // of sqrt(2) times the entry, whose variance is 1.5
  auto const rows = covariance_rows(whitened, Eigen::MatrixXd::Identity(2, 2), {"a", "b"}, 0.05);
  double const critical = student_quantile(1 - 0.05 / 3 / 2, {9999});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_NEAR(rows[0].upper, 0.01 * critical, 1e-9);
  EXPECT_NEAR(rows[1].upper, 0.01 * std::sqrt(1.5) * critical, 1e-9);
  EXPECT_NEAR(rows[1].lower, -rows[1].upper, 1e-12);
}

TEST(CovarianceRows, AreTheVariancesAloneForManyComponents) {
  MatrixEstimate const whitened{Eigen::MatrixXd::Identity(4, 4), Eigen::MatrixXd::Identity(10, 10), 100};
  EXPECT_EQ(covariance_rows(whitened, Eigen::MatrixXd::Identity(4, 4), {"a", "b", "c", "d"}, 0.05).size(), 4u);
}

std::vector<Question> questions() {
  auto const gamma = test::law("gamma", {2.5, 1.3});
  auto const exponential = test::law("exponential", {0.4});
  return {
      test::question_of({.claim = "asymptotic-normality", .model = gamma, .sizes = {10, 20, 40, 80}},
                        Expectation::report),
      test::question_of({.claim = "asymptotic-variance", .model = gamma, .sizes = {20, 40, 80}}, Expectation::report),
      test::question_of({.claim = "coverage",
                         .model = exponential,
                         .sizes = {5, 10},
                         .options = {{"interval", "likelihood-ratio"}, {"rate", "none"}}},
                        Expectation::report),
      test::question_of(
          {.claim = "coverage", .model = exponential, .sizes = {10, 20}, .options = {{"against", "exact"}}},
          Expectation::report)};
}

runs::RunResult run_with(bool pictures, int threads) {
  auto settings = test::small_budget();
  settings.max_replicates = settings.first_replicates;
  settings.pictures = pictures;
  settings.threads = threads;
  return run(questions(), settings, {});
}

TEST(Pictures, ChangeNoFindingAndNoFingerprint) {
  auto const with = run_with(true, 1), without = run_with(false, 1);
  EXPECT_EQ(with.fingerprint, without.fingerprint);
  EXPECT_EQ(with.replicates, without.replicates);
  ASSERT_EQ(with.findings.size(), without.findings.size());
  for (std::size_t k = 0; k < with.findings.size(); ++k)
    for (auto const part : {&Measurement::estimate, &Measurement::lower, &Measurement::upper})  // some are NaN
      EXPECT_EQ(std::bit_cast<std::uint64_t>(with.findings[k].measurement.*part),
                std::bit_cast<std::uint64_t>(without.findings[k].measurement.*part));
  EXPECT_TRUE(without.pictures.curves.empty());
  EXPECT_TRUE(without.pictures.distributions.empty());
  EXPECT_TRUE(without.pictures.intervals.empty());
}

TEST(Pictures, HaveTheSameBitsForEveryNumberOfThreads) {
  auto const one = run_with(true, 1).pictures, three = run_with(true, 3).pictures;
  EXPECT_EQ(one.distributions.size(), 3u * 2u * 40u);  // three of four n, two parameters
  ASSERT_EQ(one.distributions.size(), three.distributions.size());
  for (std::size_t k = 0; k < one.distributions.size(); ++k)
    EXPECT_EQ(one.distributions[k].probability, three.distributions[k].probability);
  EXPECT_EQ(one.intervals.size(), 2u * 2u * 200u);
  ASSERT_EQ(one.intervals.size(), three.intervals.size());
  for (std::size_t k = 0; k < one.intervals.size(); ++k) {
    EXPECT_EQ(one.intervals[k].lower, three.intervals[k].lower);
    EXPECT_EQ(one.intervals[k].z, three.intervals[k].z);
  }
  ASSERT_EQ(one.curves.size(), three.curves.size());
  for (std::size_t k = 0; k < one.curves.size(); ++k) EXPECT_EQ(one.curves[k].value, three.curves[k].value);
}

TEST(Pictures, SayEachThingOnce) {
  auto const curves = run_with(true, 1).pictures.curves;
  std::set<std::string> keys;
  int covariances = 0;
  for (auto const& row : curves) {
    EXPECT_TRUE(keys.insert(row.claim + row.model + row.method + row.component + std::to_string(row.n)).second);
    covariances += row.quantity == Quantity::covariance ? 1 : 0;
    EXPECT_LE(row.lower, row.value);
    EXPECT_LE(row.value, row.upper);
  }
  EXPECT_EQ(covariances, 3 * 3);
  EXPECT_EQ(curves.size() - 9, 3u * 3u);  // three intervals at n = 5, 10 and 20; those at 10 are asked for twice
}

}  // namespace
}  // namespace fisherlab::claims
