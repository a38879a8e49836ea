#include "claims/instruments/exact/known_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "estimators/catalogue.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

KnownErrors known_of(Law const& of, std::string const& estimator) {
  return {{of, of, {}}, *estimators::make_estimator(estimator, of.model)};
}

SampleMoments along(ByLaw const& by_law, Eigen::VectorXd const& a) { return by_law.moments(a); }

// The whitened error of a Poisson mean is the whitened score, so w v is the square of it: E w v = 1, Var = 2 + 1/(n m).
TEST(KnownErrors, AreThoseOfAPoissonMean) {
  auto const known = known_of(law("poisson", {0.61}), "sample_mean");
  Eigen::VectorXd const one = Eigen::VectorXd::Ones(1);
  for (std::int64_t const n : {1, 5, 12}) {
    auto const square = along(known.squares(n), one), product = along(known.products(n), one);
    double const variance = 2 + 1 / (static_cast<double>(n) * 0.61);
    EXPECT_NEAR(square.mean, 1, 1e-8);
    EXPECT_NEAR(square.variance, variance, 1e-7);
    EXPECT_NEAR(product.mean, 1, 1e-8);
    EXPECT_NEAR(product.variance, variance, 1e-7);
    EXPECT_NEAR(product.skewness, square.skewness, 1e-6);
    EXPECT_NEAR(product.kurtosis, square.kurtosis, 1e-5);
  }
}

// Two parameters: the mean of w v is B^-1/2 G I^-1/2, (1, 0) where the mean has no information about the size; and the
// second moments of a'(w v) are a quadratic form in a.
TEST(KnownErrors, AreThoseOfProductsWithTwoScores) {
  auto const known = known_of(law("negative_binomial", {3, 2}), "sample_mean");
  ASSERT_TRUE(known.products(4).moments);
  Eigen::VectorXd const x = Eigen::VectorXd::Unit(2, 0), y = Eigen::VectorXd::Unit(2, 1);
  auto const of = [&](Eigen::VectorXd const& a) { return along(known.products(4), a); };
  EXPECT_NEAR(of(x).mean, 1, 1e-6);
  EXPECT_NEAR(of(y).mean, 0, 1e-6);
  EXPECT_NEAR(of(x + y).variance + of(x - y).variance, 2 * (of(x).variance + of(y).variance), 1e-5);
  EXPECT_GT(of(x).kurtosis, 3);
}

TEST(KnownErrors, AreNotKnownOfOtherEstimators) {
  EXPECT_FALSE(known_of(law("poisson", {4}), "shrunk_mean").squares(5).moments);
  EXPECT_FALSE(known_of(law("normal", {2, 3}), "sample_median").squares(5).moments);
  EXPECT_FALSE(known_of(law("exponential", {4}), "sample_mean").squares(5).moments);
}

/// The finding that random studies refuted: one observation of a law whose counts are rare and clumped.
TEST(KnownErrors, LeaveOpenWhatTheSampleCannotShow) {
  test::Trial const trial{.claim = "score-covariance",
                          .model = law("negative_binomial", {0.00475, 0.0596}),
                          .sizes = {1},
                          .estimator = "sample_mean"};
  auto settings = test::small_budget();
  settings.family_error = 0.05;
  settings.max_replicates = settings.first_replicates;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    settings.seed = seed;
    EXPECT_EQ(test::findings_of(trial, settings)[0].verdict, Verdict::inconclusive);
  }
}

}  // namespace
}  // namespace fisherlab::claims
