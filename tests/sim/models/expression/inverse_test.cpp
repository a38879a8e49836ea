#include "sim/models/expression/inverse.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/cauchy.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/laplace.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/models/parts/constants.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {
namespace {

/// Probabilities near and far from both ends.
std::vector<double> probabilities() {
  std::vector<double> result = {1e-12, 1e-9, 1e-6, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12};
  for (int k = 1; k < 2000; ++k) result.push_back((k - 0.37) / 2000);
  return result;
}

/// Log density of a law of Boost.Math; what is computed by one library is inverted by the other.
/// By its own formula: far from the middle a density underflows, and its logarithm would not lead there.
LogDensity log_density_of(boost::math::normal const& law) {
  return [mean = law.mean(), sd = law.standard_deviation()](Lanes const& x) {
    Lanes const z = (x - mean) / sd;
    return -0.5 * z * z - std::log(sd) - 0.5 * log_two_pi;
  };
}
template <class Law>
LogDensity log_density_of(Law const& law) {
  return [law](Lanes const& x) {
    Lanes result;
    for (int lane = 0; lane < lane_count; ++lane) {
      double const at = x[lane];
      auto const [low, high] = support(law);
      bool const is_inside = at > low && at < high;
      result.set(lane, is_inside ? std::log(pdf(law, at)) : -HUGE_VAL);
    }
    return result;
  };
}

/// The distribution function by Boost.Math at quantiles of the table.
template <class Law>
void expect_inverse(Law const& law, Support const& where, double tolerance = 1e-13) {
  auto const inverse = inverse_of(where, log_density_of(law));
  ASSERT_NEAR(inverse->mass(), 1, 1e-12) << typeid(law).name();
  double largest = 0, at = 0;
  for (double const u : probabilities()) {
    double const error = std::fabs(cdf(law, inverse->quantile(u)[2]) - u);
    if (error > largest) at = u;
    largest = std::max(largest, error);
  }
  EXPECT_LT(largest, tolerance) << typeid(law).name() << " at " << at;
}

namespace bm = boost::math;

TEST(InverseLaw, InvertsDensitiesOnTheLine) {
  expect_inverse(bm::normal(2, 3), {});
  expect_inverse(bm::normal(-1000, 1), {}, 1e-12);  // to the last bits of x
  expect_inverse(bm::normal(0, 1e-6), {});
  expect_inverse(bm::cauchy(1, 2), {});
  expect_inverse(bm::students_t(3), {});
  expect_inverse(bm::laplace(0.3, 2), {});  // a kink
}

TEST(InverseLaw, InvertsDensitiesOnTheHalfLine) {
  expect_inverse(bm::exponential(0.4), {Range::positive, 0});
  expect_inverse(bm::gamma_distribution<>(2.5, 1 / 1.3), {Range::positive, 0});
  expect_inverse(bm::gamma_distribution<>(0.2, 5), {Range::positive, 0});         // without bound at 0
  expect_inverse(bm::gamma_distribution<>(400, 1), {Range::positive, 0}, 1e-12);  // as exact as Boost's is
}

TEST(InverseLaw, InvertsDensitiesOnIntervals) {
  expect_inverse(bm::beta_distribution<>(2, 3.5), {Range::unit, 0, 1});
  expect_inverse(bm::beta_distribution<>(0.4, 2), {Range::unit, 0, 1});  // without bound at 0
  expect_inverse(bm::uniform(-3, 4), {Range::line, -3, 4});
}

/// Two peaks far apart, the second of a tenth of the mass.
TEST(InverseLaw, InvertsMixtures) {
  bm::normal const left(0, 1), right(60, 0.5);
  auto const log_density = [&](Lanes const& x) {
    Lanes result;
    for (int lane = 0; lane < lane_count; ++lane)
      result.set(lane, std::log(0.9 * pdf(left, x[lane]) + 0.1 * pdf(right, x[lane])));
    return result;
  };
  auto const inverse = inverse_of({}, log_density);
  EXPECT_NEAR(inverse->mass(), 1, 1e-12);
  for (double const u : probabilities()) {
    double const x = inverse->quantile(u)[0];
    EXPECT_NEAR(0.9 * cdf(left, x) + 0.1 * cdf(right, x), u, 5e-13);  // of the mass far from the place, 1e-12
  }
}

TEST(InverseLaw, RisesWithTheProbability) {
  auto const inverse = inverse_of({Range::positive, 0}, log_density_of(bm::gamma_distribution<>(0.7, 2)));
  double before = 0;
  for (int k = 1; k < 100'000; ++k) {
    double const x = inverse->quantile(k / 1e5)[0];
    ASSERT_GT(x, before) << k;
    before = x;
  }
}

TEST(InverseLaw, IsTheSameInEveryLane) {
  auto const inverse = inverse_of({}, log_density_of(bm::normal(2, 3)));
  LaneStream stream({.seed = 1, .scenario = 2, .replicate = 3});
  for (int round = 0; round < 100; ++round) {
    Lanes const u = stream.open_uniform();
    Lanes const x = inverse->quantile(u);
    for (int lane = 0; lane < lane_count; ++lane) EXPECT_EQ(x[lane], inverse->quantile(u[lane])[0]);
  }
}

TEST(InverseLaw, SumsCounts) {
  bm::poisson const law(3.4);
  auto const log_density = [&](Lanes const& x) {
    Lanes result;
    for (int lane = 0; lane < lane_count; ++lane) result.set(lane, std::log(pdf(law, x[lane])));
    return result;
  };
  auto const inverse = inverse_of({Range::counts, 0}, log_density);
  EXPECT_NEAR(inverse->mass(), 1, 1e-13);
  for (double const u : probabilities()) {
    double const x = inverse->quantile(u)[0];
    EXPECT_GE(cdf(law, x), u - 1e-13);
    EXPECT_LE(x > 0 ? cdf(law, x - 1) : 0.0, u + 1e-13);
  }
  EXPECT_NEAR(inverse->mark(0.5).probability, cdf(law, inverse->mark(0.5).x), 1e-13);
}

TEST(InverseLaw, TellsTheMassOfWhatIsNoDensity) {
  auto const half = [](Lanes const& x) { return -0.5 * x * x - 0.5 * log_two_pi - log_two; };
  EXPECT_NEAR(inverse_of({}, half)->mass(), 0.5, 1e-12);
  auto const none = [](Lanes const& x) { return log(-abs(x) - 1.0); };
  EXPECT_TRUE(std::isnan(inverse_of({}, none)->mass()));
}

}  // namespace
}  // namespace fisherlab::sim
