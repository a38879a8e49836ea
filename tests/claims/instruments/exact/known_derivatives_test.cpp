#include "claims/instruments/exact/known_derivatives.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

Setting setting_of(Law const& of) { return {of, of, {}}; }

SampleMoments along(ByLaw const& by_law) { return by_law.moments(Eigen::VectorXd::Ones(1)); }

// The whitened score of Poisson(m) is (x - m)/sqrt(m): skewness 1/sqrt(m), excess 1/m, and over n those of n m. Of its
// square in a sum over n: E v^4 - 1 = 2 + 1/(n m).
TEST(KnownDerivatives, AreThoseOfAPoissonLaw) {
  KnownDerivatives const known(setting_of(law("poisson", {0.61})));
  auto const score = along(known.score(5));
  EXPECT_NEAR(score.variance, 0.2, 1e-8);  // of the mean of 5
  EXPECT_NEAR(score.skewness, 1 / std::sqrt(5 * 0.61), 1e-8);
  EXPECT_NEAR(score.kurtosis, 3 + 1 / (5 * 0.61), 1e-7);
  auto const square = along(known.squares(5));
  EXPECT_NEAR(square.mean, 1, 1e-8);
  EXPECT_NEAR(square.variance, 2 + 1 / (5 * 0.61), 1e-7);
  auto const outer = along(known.outer(5));
  EXPECT_NEAR(outer.mean, 1, 1e-8);
  EXPECT_NEAR(outer.variance, (2 + 1 / 0.61) / 5, 1e-7);
}

// grad^2 p/p of a geometric law with p near 1, q = 1 - p: 0 at x = 0, -2/(p q) at 1 and 2 (1 - 2 q)/(p q^2) at 2, which
// has probability p q^2; so the counts above 1 carry the fourth moment, (2/q^2)^4 q^2, to within 10 % at q = .002.
TEST(KnownDerivatives, CountWhatIsNotDrawn) {
  auto const of = setting_of(law("geometric", {0.998}));
  auto const moments = along(known_curvature(of, 1));
  double const q = 0.002, second = 4 / (q * q);  // E (p''/p)^2 from x = 2 alone
  double const fourth = 16 / std::pow(q, 6);
  EXPECT_NEAR(moments.kurtosis / (fourth / (second * second)), 1, 0.2);
}

TEST(KnownDerivatives, AreNotKnownForContinuousLaws) {
  EXPECT_FALSE(KnownDerivatives(setting_of(law("gamma", {2.5, 1.3}))).score(5).moments);
  EXPECT_TRUE(KnownDerivatives(setting_of(law("logistic_regression", {-0.5, 1}))).hessian(5).moments);
  EXPECT_TRUE(KnownDerivatives(setting_of(law("poisson_regression", {0.5, 0.3}))).hessian(5).moments);
  EXPECT_TRUE(KnownDerivatives(setting_of(law("categorical", {0.2, 0.5, 0.1}))).outer(5).moments);
}

/// No count of 2 or more is drawn in a few thousand replicates, the mean is .004 in place of 0, and its interval from
/// the sample alone is 30 times narrower than that.
TEST(KnownDerivatives, LeaveOpenWhatTheSampleCannotShow) {
  test::Trial const trial{.claim = "density-curvature", .model = law("geometric", {0.998}), .sizes = {10}};
  auto settings = test::small_budget();
  settings.family_error = 0.05;
  settings.max_replicates = settings.first_replicates;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    settings.seed = seed;
    auto const findings = test::findings_of(trial, settings);
    EXPECT_EQ(findings[0].verdict, Verdict::inconclusive) << test::text_of(findings[0]);
    EXPECT_NE(findings[0].measurement.reason, "");
  }
}

}  // namespace
}  // namespace fisherlab::claims
