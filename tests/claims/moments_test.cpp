#include "claims/moments.hpp"

#include <gtest/gtest.h>

#include <string>

#include "estimators/catalogue.hpp"
#include "sim/expects.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(Moments, OfTheGammaEstimateNeedMoreThanTwiceTheirOrderPlusOne) {
  auto const gamma = law("gamma", {2.5, 1.3});
  auto const mle = estimators::make_estimator("mle", gamma.model);
  EXPECT_FALSE(moment_exists(gamma, *mle, 5, moments_of_variance));
  EXPECT_TRUE(moment_exists(gamma, *mle, 6, moments_of_variance));
  EXPECT_FALSE(moment_exists(gamma, *mle, 9, moments_of_variance_interval));
  EXPECT_TRUE(moment_exists(gamma, *mle, 10, moments_of_variance_interval));
}

TEST(Moments, OfASampleMeanAreThoseOfTheData) {
  auto const exponential = law("exponential", {0.4});
  auto const mean = estimators::make_estimator("sample_mean", exponential.model);
  EXPECT_TRUE(moment_exists(exponential, *mean, 1, moments_of_variance_interval));
}

TEST(Moments, ThatDoNotExistAreRefusedWithTheLeastSampleSize) {
  auto const exponential = law("exponential", {0.4});
  auto const mle = estimators::make_estimator("mle", exponential.model);
  EXPECT_NO_THROW(expects_moment(exponential, *mle, 5, moments_of_variance_interval));
  try {
    expects_moment(exponential, *mle, 4, moments_of_variance_interval);
    FAIL() << "n = 4 was accepted";
  } catch (InputError const& error) {
    EXPECT_NE(std::string(error.what()).find("choose n of 5 or more"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace fisherlab::claims
