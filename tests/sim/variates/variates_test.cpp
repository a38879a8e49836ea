#include <gtest/gtest.h>

#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <functional>
#include <vector>

#include "sim/variates/gamma.hpp"
#include "sim/variates/poisson.hpp"
#include "testing/uniformity.hpp"
#include "tests/support/boost_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::LaneStream;
using Fill = std::function<void(LaneStream&, Lanes*, std::int64_t)>;

constexpr sim::StreamKey first_key{.seed = 41, .scenario = 42, .replicate = 4096};

std::vector<Lanes> drawn(Fill const& fill, sim::StreamKey const& key, std::int64_t n) {
  std::vector<Lanes> values(static_cast<std::size_t>(n));
  LaneStream stream(key);
  fill(stream, values.data(), n);
  return values;
}

/// 50,000 draws in each of 8 lanes, 400,000 in all, against the law: each of the two checks fails a correct sampler
/// with probability 1e-6.
void expect_law(Fill const& fill, Coordinate const& coordinate) {
  ReferenceLaw const law = {{coordinate}};
  std::mt19937_64 bits(43);
  std::vector<double> u;
  for (Lanes const& x : drawn(fill, first_key, 50'000))
    for (int lane = 0; lane < sim::lane_count; ++lane) u.push_back(laws::to_uniform(law, {x[lane]}, bits)[0]);
  auto const distance = laws::distance_to_uniform(u);
  EXPECT_LE(distance.statistic, distance.critical);
  auto const cells = laws::cells_of_uniform(u);
  EXPECT_LE(cells.statistic, cells.critical);
}

/// Replicate r beside any neighbours has the bits that it has in lane 0, whatever the length of the fill.
void expect_lone_lanes(Fill const& fill) {
  for (std::int64_t const n : {1, 2, 127, 129, 1000}) {
    auto const first = drawn(fill, first_key, n);
    for (int lane = 1; lane < sim::lane_count; ++lane) {
      auto key = first_key;
      key.replicate -= static_cast<std::uint64_t>(lane);
      auto const shifted = drawn(fill, key, n);
      for (std::size_t i = 0; i < first.size(); ++i)
        ASSERT_EQ(sim::to_bits(first[i][0]), sim::to_bits(shifted[i][lane])) << "draw " << i << " in lane " << lane;
    }
  }
}

template <class Draw>
Fill repeated(Draw draw) {
  return [draw](LaneStream& stream, Lanes* values, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) values[i] = draw(stream);
  };
}

TEST(NormalVariates, AreExactAndAlone) {
  Fill const fill = repeated([](LaneStream& s) { return s.normal(); });
  expect_law(fill, continuous(boost::math::normal_distribution<>(), Axis::Kind::line));
  expect_lone_lanes(fill);
}

TEST(NormalVariates, OfAPairAreIndependent) {
  boost::math::normal_distribution<> const law;
  LaneStream stream(first_key);
  std::vector<double> u, v;
  for (int i = 0; i < 50'000; ++i) {
    auto const [a, b] = stream.normal_pair();
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      u.push_back(cdf(law, a[lane]));
      v.push_back(cdf(law, b[lane]));
    }
  }
  auto const square = laws::cells_of_square(u, v);
  EXPECT_LE(square.statistic, square.critical);
}

TEST(ExponentialVariates, AreExactAndAlone) {
  Fill const fill = repeated([](LaneStream& s) { return s.exponential(); });
  expect_law(fill, continuous(boost::math::exponential_distribution<>(1), Axis::Kind::positive));
  expect_lone_lanes(fill);
}

class GammaVariates : public testing::TestWithParam<double> {};

TEST_P(GammaVariates, AreExactAndAlone) {
  double const shape = GetParam();
  Fill const fill = [shape](LaneStream& s, Lanes* values, std::int64_t n) { sim::fill_gamma(s, shape, values, n); };
  expect_law(fill, continuous(boost::math::gamma_distribution<>(shape), Axis::Kind::positive));
  expect_lone_lanes(fill);
}

INSTANTIATE_TEST_SUITE_P(Shapes, GammaVariates, testing::Values(0.01, 0.3, 1.0, 2.5, 50.0, 1e4));

/// What is done with each number while it is in the cache has the bits of what is done with all of them afterwards.
TEST_P(GammaVariates, AreHandedOnEachOnce) {
  auto const finish = [](Lanes const& x) { return Lanes(x * 0.3 + 7.0); };
  for (std::int64_t const n : {1, 2, 127, 128, 129, 1000}) {
    std::vector<Lanes> plain(static_cast<std::size_t>(n)), finished = plain;
    LaneStream first(first_key), second(first_key);
    sim::fill_gamma(first, GetParam(), plain.data(), n);
    sim::fill_gamma(second, GetParam(), finished.data(), n, finish);
    for (std::size_t i = 0; i < plain.size(); ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane)
        ASSERT_EQ(finished[i][lane], finish(plain[i])[lane]) << n << ", " << i;
    EXPECT_EQ(first.open_uniform()[3], second.open_uniform()[3]) << n;
  }
}

class PoissonVariates : public testing::TestWithParam<double> {};

TEST_P(PoissonVariates, AreExactAndAlone) {
  double const mean = GetParam();
  sim::PoissonSampler const sampler(mean);
  Fill const fill = [&](LaneStream& s, Lanes* values, std::int64_t n) { sampler.fill(s, values, n); };
  expect_law(fill, counts(boost::math::poisson_distribution<>(mean), 0));
  expect_lone_lanes(fill);
}

// By inversion below 30, by rejection from 30 on.
INSTANTIATE_TEST_SUITE_P(Means, PoissonVariates,
                         testing::Values(0.01, 1.0, 12.5, 29.9, std::nextafter(30.0, 0.0), 30.0, 30.1, 200.0, 1e5));

TEST(PoissonVariates, HaveTheProbabilitiesOfEachCountAtTheBranchPoint) {
  for (double const mean : {std::nextafter(30.0, 0.0), 30.0}) {
    sim::PoissonSampler const sampler(mean);
    boost::math::poisson_distribution<> const law(mean);
    std::vector<double> seen(80), expected(80);
    LaneStream stream(first_key);
    std::vector<Lanes> values(50'000);
    sampler.fill(stream, values.data(), 50'000);
    for (Lanes const& x : values)
      for (int lane = 0; lane < sim::lane_count; ++lane) ++seen[static_cast<std::size_t>(x[lane])];
    // Counts expected 20 times and more, each by itself; the z of a binomial count exceeds 6 with probability 1e-8.
    int compared = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      double const n = 400'000 * pdf(law, static_cast<double>(k));
      if (n < 20) continue;
      EXPECT_LE(std::abs(seen[k] - n) / std::sqrt(n), 6.0) << "count " << k << " at mean " << mean;
      ++compared;
    }
    EXPECT_GT(compared, 40);
  }
}

}  // namespace
}  // namespace fisherlab::test
