#include "claims/evidence/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/expects.hpp"
#include "tests/support/coverage.hpp"

namespace fisherlab::claims {
namespace {

/// Counts of `draws` values of u in [0, 1) in equal cells, and the uniform target at their edges.
struct Binned {
  std::vector<std::int64_t> cells;
  std::vector<double> target;
};

template <class Draw>
Binned binned(int cells, int draws, Draw draw) {
  Binned result{std::vector<std::int64_t>(static_cast<std::size_t>(cells)), {}};
  for (int k = 1; k <= cells; ++k) result.target.push_back(static_cast<double>(k) / cells);
  for (int k = 0; k < draws; ++k) ++result.cells[static_cast<std::size_t>(draw() * cells)];
  return result;
}

TEST(KolmogorovDistance, AgreesWithAHandCount) {
  double const band = std::sqrt(std::log(40.0) / 200);
  EXPECT_NEAR(distribution_band(100, 0.05), band, 1e-15);
  // F = 0.25, 0.6, 1 against G = 0.3, 0.5, 1: largest at an edge 0.1; in between 1 - 0.5.
  Interval const interval = kolmogorov_distance({25, 35, 40}, {0.3, 0.5, 1.0}, 0.05);
  EXPECT_NEAR(interval.estimate, 0.1, 1e-15);
  EXPECT_NEAR(interval.std_error, std::sqrt(0.24 / 100), 1e-15);
  EXPECT_EQ(interval.lower, 0);
  EXPECT_NEAR(interval.upper, 0.5 + band, 1e-14);
  EXPECT_NEAR(kolmogorov_distance_on_atoms({25, 35, 40}, {0.3, 0.5, 1.0}, 0.05).upper, 0.1 + band, 1e-14);
}

TEST(KolmogorovDistance, HidesAtMostTheLargestCellBetweenEdges) {
  std::mt19937_64 bits(401);
  std::uniform_real_distribution<double> uniform;
  int checked = 0;
  for (int const cells : {1, 2, 7, 100}) {
    auto const data = binned(cells, 500, [&] { return uniform(bits); });
    Interval const interval = kolmogorov_distance(data.cells, data.target, 1e-3);
    EXPECT_LE(interval.upper, interval.estimate + distribution_band(500, 1e-3) + 1.0 / cells + 1e-12);
    ++checked;
  }
  EXPECT_EQ(checked, 4);
}

TEST(KolmogorovDistance, RefusesWhatIsNoDistributionFunction) {
  EXPECT_THROW(kolmogorov_distance({1, 2}, {1.0}, 0.05), InputError);
  EXPECT_THROW(kolmogorov_distance({1, 2}, {0.5, 0.9}, 0.05), InputError);
  EXPECT_THROW(kolmogorov_distance({1, 2, 3}, {0.6, 0.5, 1.0}, 0.05), InputError);
  EXPECT_THROW(kolmogorov_distance({0, 0}, {0.5, 1.0}, 0.05), InputError);
  EXPECT_THROW(kolmogorov_distance({-1, 2}, {0.5, 1.0}, 0.05), InputError);
}

TEST(KolmogorovDistance, CoversZeroForDataFromTheTarget) {
  std::mt19937_64 bits(402);
  std::uniform_real_distribution<double> uniform;
  test::expect_misses_at_most(0.1, test::count_misses(5000, 0.0, [&] {
                                auto const data = binned(64, 200, [&] { return uniform(bits); });
                                return kolmogorov_distance(data.cells, data.target, 0.1);
                              }));
}

// F(u) = u^2 against u: the distance 1/4 is attained at 1/2, which 7 cells do not have as an edge.
TEST(KolmogorovDistance, CoversADistanceAttainedInsideACell) {
  std::mt19937_64 bits(403);
  std::uniform_real_distribution<double> uniform;
  test::expect_misses_at_most(0.1, test::count_misses(5000, 0.25, [&] {
                                auto const data = binned(7, 300, [&] { return std::sqrt(uniform(bits)); });
                                return kolmogorov_distance(data.cells, data.target, 0.1);
                              }));
}

TEST(KolmogorovDistance, CoversALatticeOnItsAtoms) {
  std::mt19937_64 bits(404);
  std::binomial_distribution<int> binomial(3, 0.5);
  std::vector<double> const target{0.125, 0.5, 0.875, 1.0};
  test::expect_misses_at_most(0.1, test::count_misses(5000, 0.0, [&] {
                                std::vector<std::int64_t> cells(4);
                                for (int k = 0; k < 200; ++k) ++cells[static_cast<std::size_t>(binomial(bits))];
                                return kolmogorov_distance_on_atoms(cells, target, 0.1);
                              }));
}

TEST(KolmogorovDistance, DetectsAHalfNormalAndVerifiesANormal) {
  std::mt19937_64 bits(405);
  std::normal_distribution<double> normal;
  auto const transform = [](double z) { return std::min(0.5 * std::erfc(-z / std::sqrt(2.0)), 1 - 1e-12); };
  auto const sound = binned(1024, 200'000, [&] { return transform(normal(bits)); });
  EXPECT_LT(kolmogorov_distance(sound.cells, sound.target, 1e-6).upper, 0.015);
  auto const planted = binned(1024, 200'000, [&] { return transform(std::abs(normal(bits))); });
  EXPECT_GT(kolmogorov_distance(planted.cells, planted.target, 1e-6).lower, 0.45);
}

}  // namespace
}  // namespace fisherlab::claims
