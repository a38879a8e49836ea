#include "claims/instruments/exact/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "estimators/catalogue.hpp"
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

TEST(Moments, OfTheDataAreWhatItsTailAllows) {
  EXPECT_EQ(moment_order_of_data(law("cauchy", {0, 1})), 1);
  EXPECT_EQ(moment_order_of_data(law("normal", {0, 1})), HUGE_VAL);
}

/// E X^k of a lognormal law is carried by values k sdlog deviations out, that of a Weibull law by -log u near k/shape:
/// a run draws to six deviations, -log u = 21.
TEST(Moments, AreThoseThatDrawsCanShow) {
  EXPECT_EQ(moment_order_of_data(law("lognormal", {1, 9})), 1);
  EXPECT_EQ(moment_order_of_data(law("lognormal", {1, 4})), 2);
  EXPECT_EQ(moment_order_of_data(law("lognormal", {1, 2})), HUGE_VAL);
  EXPECT_EQ(moment_order_of_data(law("weibull", {0.03, 1})), 1);
  EXPECT_EQ(moment_order_of_data(law("weibull", {0.07, 1})), 2);
  EXPECT_EQ(moment_order_of_data(law("weibull", {0.3, 1})), HUGE_VAL);
  EXPECT_EQ(moment_order_of_data(law("gamma", {0.01, 3})), HUGE_VAL);
  auto const heavy = law("lognormal", {1, 4});
  try {
    expects_moment(heavy, *estimators::make_estimator("sample_mean", heavy.model), 10, moments_of_variance);
    FAIL();
  } catch (InputError const& error) {
    EXPECT_NE(std::string(error.what()).find("or lies in values that no run draws"), std::string::npos) << error.what();
  }
}

/// The least n at which the estimator has its k-th moment, up to 100.
std::int64_t least_size(Law const& law, std::string const& estimator, int k) {
  auto const made = estimators::make_estimator(estimator, law.model);
  for (std::int64_t n = 1; n <= 100; ++n)
    if (moment_exists(law, *made, n, k)) return n;
  return -1;
}

// Of n Cauchy observations the j-th from the end goes beyond t with probability of the order t^-j, so its k-th moment
// exists for k < j. The quartiles from which the one step starts have a quarter of the sample beyond them.
TEST(Moments, OfCauchyDataDependOnWhatIsCut) {
  auto const cauchy = law("cauchy", {0, 1});
  EXPECT_EQ(least_size(cauchy, "trimmed_mean(0)", 1), -1);
  EXPECT_EQ(least_size(cauchy, "trimmed_mean(0.1)", 2), 20);  // two cut at each end
  EXPECT_EQ(least_size(cauchy, "trimmed_mean(0.25)", 2), 8);  // two cut at each end
  EXPECT_EQ(least_size(cauchy, "sample_median", 1), 3);
  EXPECT_EQ(least_size(cauchy, "sample_median", 2), 5);
  EXPECT_EQ(least_size(cauchy, "mle", 2), 5);
  EXPECT_EQ(least_size(law("student_t", {0, 1, 3}), "mle", 4), 6) << "n > k (df + 1)/df";
  EXPECT_EQ(least_size(cauchy, "one_step", 2), 9);
  EXPECT_EQ(least_size(law("exponential", {1}), "sample_variance", 4), 1);
  EXPECT_EQ(least_size(law("exponential", {1}), "share_above(3)", 4), 1);
  EXPECT_EQ(least_size(law("exponential", {1}), "bias_corrected", 4), 5);
  EXPECT_EQ(least_size(law("gamma", {2.5, 1.3}), "one_step", 2), 6);
}

// The mean of n gamma observations lies below x with a probability of the order of x^(n shape), and the rate is the
// shape over it; near 0 a beta law is a gamma law, and near 1 its mirror image.
TEST(Moments, OfWhatDividesByAMeanNearZeroDependOnTheta) {
  EXPECT_EQ(least_size(law("gamma", {0.1, 3}), "mle", 2), 21);
  EXPECT_EQ(least_size(law("gamma", {0.1, 3}), "mle", 4), 41);
  EXPECT_EQ(least_size(law("gamma", {7, 3}), "mle", 4), 10);
  EXPECT_EQ(least_size(law("beta", {0.05, 2}), "mle", 2), 41);
  EXPECT_EQ(least_size(law("beta", {4, 0.2}), "mle", 4), 21);
  EXPECT_EQ(least_size(law("exponential", {0.4}), "mle", 4), 5);
  EXPECT_EQ(least_size(law("exponential_gamma_pair", {0.4, 3}), "mle", 4), 2) << "n (1 + shape) > k";
  EXPECT_EQ(least_size(law("weibull", {0.3, 1}), "mle", 2), 4);
  auto const small = law("gamma", {0.1, 3});
  auto const mle = estimators::make_estimator("mle", small.model);
  EXPECT_TRUE(moment_exists(small, *mle, 12, 2, 0)) << "of the shape";
  EXPECT_FALSE(moment_exists(small, *mle, 12, 2, 1)) << "of the rate";
}

/// The least n at which the estimator of `model` has its k-th moment where the data are of another law.
std::int64_t least_size_on(Law const& data, Law const& model, std::string const& estimator, int k) {
  auto const made = estimators::make_estimator(estimator, model.model);
  for (std::int64_t n = 1; n <= 100; ++n)
    if (moment_exists(Setting{model, data, {}}, *made, n, k)) return n;
  return -1;
}

TEST(Moments, AreThoseUnderTheLawOfTheData) {
  auto const normal = law("normal", {0, 1}), exponential = law("exponential", {1}), cauchy = law("cauchy", {0, 1});
  EXPECT_EQ(least_size_on(cauchy, normal, "sample_mean", 1), -1);
  EXPECT_EQ(least_size_on(cauchy, normal, "mle", 1), -1);
  EXPECT_EQ(least_size_on(law("student_t", {0, 1, 3}), normal, "mle", 2), 1);
  EXPECT_EQ(least_size_on(law("student_t", {0, 1, 3}), normal, "mle", 4), -1);
  EXPECT_EQ(least_size_on(law("student_t", {0, 1, 5}), normal, "mle", 4), 1);
  EXPECT_EQ(least_size_on(law("pareto", {1.5, 1}), law("rayleigh", {1}), "mle", 2), -1);
  EXPECT_EQ(least_size_on(cauchy, law("student_t", {0, 1, 3}), "mle", 2), 9) << "a quarter of them takes it along";
  EXPECT_EQ(least_size_on(law("pareto", {0.5, 1}), law("lognormal", {0, 1}), "mle", 4), 1) << "logarithms";
  EXPECT_EQ(least_size_on(law("gamma", {0.25, 1}), exponential, "mle", 4), 17) << "n shape > k";
  EXPECT_EQ(least_size_on(law("lognormal", {0, 1}), exponential, "mle", 4), 1) << "no mass near 0";
  EXPECT_EQ(least_size_on(law("weibull", {0.5, 1}), law("gamma", {1, 1}), "mle", 4), 10);
  EXPECT_EQ(least_size_on(law("weibull", {0.2, 1}), law("gamma", {1, 1}), "mle", 4), 21);
}

/// Each claim about moments of an estimate asks for those that exist under the law of the data.
TEST(Moments, AreAskedOfTheDataByEachClaim) {
  auto const normal = law("normal", {0, 1});
  for (char const* const claim : {"unbiasedness", "asymptotic-variance", "bias", "consistency", "efficiency",
                                  "score-covariance", "reported-std-errors", "cauchy-schwarz"}) {
    test::Trial trial{claim, normal, {40}};
    trial.estimator = "mle";
    trial.data = law("cauchy", {0, 1});
    auto const why = test::refusal(trial, Expectation::report);
    EXPECT_NE(why.find("of normal on cauchy(location=0;scale=1) does not exist"), std::string::npos) << claim << why;
    trial.data = law("student_t", {0, 1, 12});
    EXPECT_EQ(test::refusal(trial, Expectation::report).find("does not exist"), std::string::npos) << claim;
  }
}

// |t| grows as 1/|xbar| near 0, in five dimensions: four moments.
TEST(Moments, OfJamesAndSteinAreFewerThanTheDimension) {
  auto const means = law("normal_vector", {0, 0, 0, 0, 0, 1});
  EXPECT_EQ(least_size(means, "james_stein", 4), 1);
  EXPECT_EQ(least_size(means, "james_stein", 5), -1);
}

TEST(Moments, ThatExistAtNoSampleSizeAskForAnotherEstimator) {
  auto const cauchy = law("cauchy", {0, 1});
  auto const mean = estimators::make_estimator("trimmed_mean(0)", cauchy.model);
  try {
    expects_moment(cauchy, *mean, 50, moments_of_variance);
    FAIL() << "the mean of Cauchy data was given a variance";
  } catch (InputError const& error) {
    EXPECT_NE(std::string(error.what()).find("choose another estimator"), std::string::npos) << error.what();
  }
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
