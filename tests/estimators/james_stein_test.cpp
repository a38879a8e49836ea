#include "estimators/james_stein.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "tests/estimators/samples.hpp"
#include "tests/estimators/simulated.hpp"

namespace fisherlab {
namespace {

using test::allowed_errors;

sim::AnyModel five_means(double sd) { return sim::make_model("normal_vector", std::vector<double>{sd}); }

TEST(JamesStein, ShrinksTheMeansByHand) {
  sim::Sample sample(2, 5);
  for (int d = 0; d < 5; ++d) {
    sample(0, d) = static_cast<double>(d);
    sample(1, d) = static_cast<double>(d + 2);
  }
  estimators::Estimates e;
  estimators::make_estimator("james_stein", five_means(3.0))->estimate(sample, e);
  EXPECT_EQ(e.found, sim::all_lanes);
  // The means are 1 ... 5, the sum of squares 55: factor 1 - 3 x 9/(2 x 55).
  for (int d = 0; d < 5; ++d)
    EXPECT_NEAR(e.value[static_cast<std::size_t>(d)][0], (1 - 27.0 / 110) * (d + 1), 1e-14) << d;
}

TEST(JamesStein, IsOfferedForMeansWithAKnownDeviationAlone) {
  EXPECT_TRUE(estimators::are_means_with_known_sd(*five_means(1.0)));
  for (char const* const name : {"normal", "exponential", "cauchy"}) {
    EXPECT_FALSE(estimators::fits_model("james_stein", *sim::make_model(name, {}))) << name;
    EXPECT_THROW(estimators::make_estimator("james_stein", sim::make_model(name, {})), InputError) << name;
  }
}

TEST(JamesStein, HasTheExactMean) {
  struct Example {
    std::vector<double> theta;
    double sd;
    std::int64_t n;
  };
  int checked = 0;
  for (auto const& e : {Example{{0.2, -0.1, 0.3, 0.0, 0.25}, 1.0, 4}, Example{{1.0, 2.0, -1.0, 0.5, 3.0}, 3.0, 2},
                        Example{{0.0, 0.0, 0.0, 0.0, 0.7}, 2.0, 1}}) {
    auto const mean = estimators::make_estimator("james_stein", five_means(e.sd))->mean(e.theta, e.n).value();
    auto const s = test::simulate("james_stein", five_means(e.sd), e.theta, e.n, 200'000);
    for (std::size_t a = 0; a < 5; ++a, ++checked) {
      test::expect_mean(s[a], mean.value[a]);
      EXPECT_LE(std::fabs(mean.value[a]), std::fabs(e.theta[a]));
    }
  }
  EXPECT_EQ(checked, 15);
}

TEST(JamesStein, HasTheGradientOfItsMean) {
  auto const estimator = estimators::make_estimator("james_stein", five_means(1.5));
  std::vector<double> const theta = {0.4, -1.1, 2.3, 0.6, -0.25};
  int compared = 0;
  for (std::int64_t const n : {1, 7, 40'000}) {
    auto const jacobian = estimator->mean(theta, n)->jacobian;
    for (std::size_t j = 0; j < 5; ++j) {
      double const step = 1e-5;
      auto up = theta, down = theta;
      up[j] += step;
      down[j] -= step;
      auto const high = estimator->mean(up, n)->value, low = estimator->mean(down, n)->value;
      for (std::size_t i = 0; i < 5; ++i, ++compared)
        EXPECT_NEAR(jacobian[i * 5 + j], (high[i] - low[i]) / (2 * step), 1e-9) << n << ' ' << i << ' ' << j;
    }
  }
  EXPECT_EQ(compared, 75);
}

// At theta = 0 the mean is 0, and E|t|^2 = 2 sd^2/n where the sample means have 5 sd^2/n; far from 0 nothing is shrunk.
TEST(JamesStein, IsBelowTheBoundNearZero) {
  std::vector<double> const zero(5, 0.0);
  auto const s = test::simulate("james_stein", five_means(2.0), zero, 3, 100'000);
  double total = 0, error = 0;
  for (auto const& component : s) {
    test::expect_mean(component, 0.0);
    total += component.variance;
    error += component.variance_error;
  }
  EXPECT_NEAR(total, 2 * 4.0 / 3, allowed_errors * error);
  std::vector<double> const far(5, 1e6);
  auto const mean = estimators::make_estimator("james_stein", five_means(2.0))->mean(far, 100).value();
  for (double const v : mean.value) EXPECT_NEAR(v / 1e6, 1.0, 1e-12);
  auto const at_zero = estimators::make_estimator("james_stein", five_means(2.0))->mean(zero, 3).value();
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(at_zero.jacobian[i * 6], 1 - 3.0 / 5, 1e-15);
}

}  // namespace
}  // namespace fisherlab
