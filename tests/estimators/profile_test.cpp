#include "estimators/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "estimators/maximise.hpp"
#include "estimators/mle.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::profile_statistics;
using sim::Lanes;

struct Fitted {
  sim::AnyModel model;
  sim::Sample sample;
  std::vector<Lanes> theta;
  Lanes log_likelihood;
};

/// The model fitted to the ball bearings; the log likelihood comes from `maximise` with nothing free.
Fitted fitted(char const* name) {
  Fitted f{sim::make_model(name, {}), test::same_in_all_lanes(test::data_set("ball_bearings")), {}, {}};
  f.theta.resize(static_cast<std::size_t>(f.model->parameter_count()));
  EXPECT_EQ(estimators::fit(*f.model, f.sample, f.theta.data()).found, sim::all_lanes);
  EXPECT_EQ(estimators::maximise(*f.model, f.sample, f.theta.data(), f.log_likelihood, 0b11), sim::all_lanes);
  return f;
}

/// Eight multiples of a number, one a lane.
Lanes multiples_of(double x) {
  Lanes values;
  for (int lane = 0; lane < sim::lane_count; ++lane) values.set(lane, x * (0.6 + 0.12 * lane));
  return values;
}

TEST(ProfileStatistics, OfAnExponentialRateAreTheClosedForms) {
  auto const f = fitted("exponential");
  Lanes const values = multiples_of(f.theta[0][0]);
  auto const s = profile_statistics(*f.model, f.sample, f.theta.data(), f.log_likelihood, 0, values);
  EXPECT_EQ(s.found, sim::all_lanes);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    double const r = values[lane] / f.theta[0][lane];  // rate over its estimate
    EXPECT_NEAR(s.likelihood_ratio[lane], 2 * 23 * (r - 1 - std::log(r)), 1e-11) << lane;
    EXPECT_NEAR(s.score[lane], 23 * (1 - r) * (1 - r), 1e-11) << lane;
  }
}

TEST(ProfileStatistics, OfANormalMeanAreTheClosedForms) {
  auto const f = fitted("normal");
  Lanes const values = multiples_of(f.theta[0][0]);
  auto const s = profile_statistics(*f.model, f.sample, f.theta.data(), f.log_likelihood, 0, values);
  EXPECT_EQ(s.found, sim::all_lanes);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    // Under the hypothesis the variance is estimated by sd^2 + d^2, d the distance of the mean from the value.
    double const q = std::pow((f.theta[0][lane] - values[lane]) / f.theta[1][lane], 2);
    EXPECT_NEAR(s.likelihood_ratio[lane], 23 * std::log(1 + q), 1e-10) << lane;
    EXPECT_NEAR(s.score[lane], 23 * q / (1 + q), 1e-10) << lane;
  }
}

TEST(ProfileStatistics, OfANormalStandardDeviationAreTheClosedForms) {
  auto const f = fitted("normal");
  Lanes const values = multiples_of(f.theta[1][0]);
  auto const s = profile_statistics(*f.model, f.sample, f.theta.data(), f.log_likelihood, 1, values);
  EXPECT_EQ(s.found, sim::all_lanes);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    double const q = std::pow(f.theta[1][lane] / values[lane], 2);
    EXPECT_NEAR(s.likelihood_ratio[lane], 23 * (q - 1 - std::log(q)), 1e-10) << lane;
    EXPECT_NEAR(s.score[lane], 23 * (q - 1) * (q - 1) / 2, 1e-10) << lane;
  }
}

TEST(ProfileStatistics, AreZeroAtTheEstimate) {
  for (char const* name : {"weibull", "gamma", "logistic", "cauchy", "normal"}) {
    auto const f = fitted(name);
    for (int a = 0; a < 2; ++a) {
      auto const s = profile_statistics(*f.model, f.sample, f.theta.data(), f.log_likelihood, a,
                                        f.theta[static_cast<std::size_t>(a)]);
      EXPECT_EQ(s.found, sim::all_lanes) << name;
      EXPECT_GE(s.likelihood_ratio[0], 0.0) << name;
      EXPECT_LE(s.likelihood_ratio[0], 1e-11) << name;
      EXPECT_LE(s.score[0], 1e-15) << name;
    }
  }
}

TEST(ProfileStatistics, SayWhereThereIsNoMaximumUnderTheHypothesis) {
  auto const f = fitted("exponential");
  Lanes values = f.theta[0];
  values.set(3, -1.0);
  auto const s = profile_statistics(*f.model, f.sample, f.theta.data(), f.log_likelihood, 0, values);
  EXPECT_EQ(s.found, 0b11110111);
}

}  // namespace
}  // namespace fisherlab
