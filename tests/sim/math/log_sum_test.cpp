#include "sim/math/log_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "tests/sim/math/rig.hpp"

namespace fisherlab::test {
namespace {

double log_sum(std::vector<double> const& terms) {
  sim::LogSum<double> sum;
  for (double const x : terms) sum.add(x);
  return sum.value();
}

TEST(LogSum, KeepsItsBoundWherePlainProductsOverflow) {
  Points points(11);
  for (int const n : {1, 10, 1000, 100'000}) {
    for (double const spread : {1.0, 20.0, 1000.0}) {
      auto const terms = points.geometric(n, -spread, spread);
      long double exact = 0.0L;
      for (double const x : terms) exact += std::log(static_cast<long double>(x));
      double const bound = n * 0x1p-53 + ulp_at(exact);
      EXPECT_LE(std::fabs(static_cast<double>(log_sum(terms) - exact)), bound) << n << " terms over 2^+-" << spread;
    }
  }
}

TEST(LogSum, SurvivesAnyNumberOfExtremeTerms) {
  for (double const x : {0x1p-1022, 0x1.fffffffffffffp1022}) {
    sim::LogSum<double> sum;
    int const n = 1'000'000;
    for (int i = 0; i < n; ++i) sum.add(x);
    EXPECT_NEAR(sum.value() / n / sim::log(x), 1.0, 1e-15);
  }
}

TEST(LogSum, OfNothingIsZeroAndOfOneTermIsItsLogarithm) {
  EXPECT_EQ(log_sum({}), 0.0);
  Points points(12);
  for (double const x : points.linear(1000, 1.0, 2.0)) EXPECT_EQ(log_sum({x}), sim::log(x));
}

TEST(LogSum, RefusesNumbersOutsideItsDomainForGood) {
  double const inf = std::numeric_limits<double>::infinity();
  for (double const x : {0.0, -0.0, -1.0, -1e-320, 1e-320, inf, -inf, std::nan(""), -std::nan(""), 1.7e308})
    EXPECT_EQ(sim::to_bits(log_sum({3.0, x, 2.0})), sim::detail::nan_bits) << x;
}

TEST(LogSum, TakesTermsInPairs) {
  Points points(14);
  auto const terms = points.geometric(1000, -500, 500);
  sim::LogSum<double> sum;
  long double exact = 0.0L;
  for (std::size_t i = 0; i < terms.size(); i += 2) sum.add(terms[i], terms[i + 1]);
  for (double const x : terms) exact += std::log(static_cast<long double>(x));
  EXPECT_LE(std::fabs(static_cast<double>(sum.value() - exact)), 1000 * 0x1p-53 + ulp_at(exact));
}

TEST(LogSum, RefusesPairsWhoseProductTellsTooLittle) {
  using Pair = std::pair<double, double>;
  for (auto const& [x, y] : {Pair{1e-200, 1e-200}, Pair{1e200, 1e200}, Pair{-2.0, -3.0}, Pair{-2.0, 3.0},
                             Pair{0.0, 1.0}, Pair{HUGE_VAL, 0.5}, Pair{2.0, std::nan("")}}) {
    sim::LogSum<double> sum;
    sum.add(3.0);
    sum.add(x, y);
    sum.add(2.0);
    EXPECT_EQ(sim::to_bits(sum.value()), sim::detail::nan_bits) << x << ' ' << y;
  }
}

TEST(LogSum, KeepsEachLaneToItself) {
  Points points(13);
  sim::LogSum<sim::Lanes> lanes;
  std::vector<double> columns[sim::lane_count];
  for (int i = 0; i < 300; ++i) {
    sim::Lanes x = 0.0;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      double const term = lane == 5 && i == 100 ? 0.0 : points.geometric(1, -100, 100)[0];
      x.set(lane, term);
      columns[lane].push_back(term);
    }
    lanes.add(x);
  }
  for (int lane = 0; lane < sim::lane_count; ++lane)
    EXPECT_EQ(sim::to_bits(lanes.value()[lane]), sim::to_bits(log_sum(columns[lane]))) << lane;
}

}  // namespace
}  // namespace fisherlab::test
