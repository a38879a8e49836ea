#include "claims/instruments/exact/known_errors.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "claims/instruments/maps/directions.hpp"
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

/// One draw from four categories: E f and Var f of f = (u'w)^2, w = I^1/2 (x - p), so that f = (z'(x - p))^2 with
/// z = I^1/2 u, summed over its outcomes.
SampleMoments of_one_category(Law const& of, Eigen::VectorXd const& u) {
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const system(information_matrix(of));
  Eigen::VectorXd const z = system.operatorSqrt() * u;
  Eigen::Vector3d const p(of.theta[0], of.theta[1], of.theta[2]);
  double mean = 0, square = 0;
  for (int outcome = 0; outcome < 4; ++outcome) {
    Eigen::Vector3d x = Eigen::Vector3d::Zero();
    if (outcome < 3) x(outcome) = 1;
    double const chance = outcome < 3 ? p(outcome) : 1 - p.sum(), f = std::pow(z.dot(x - p), 2);
    mean += chance * f;
    square += chance * f * f;
  }
  return {mean, square - mean * mean};
}

TEST(KnownErrors, AreThoseOfSharesOfCategories) {
  auto const four = law("categorical", {0.2, 0.3, 0.1});
  auto const known = known_of(four, "best_unbiased");
  ASSERT_TRUE(known.squares(1).moments);
  EXPECT_FALSE(known.products(1).moments) << "the estimates have three components";
  for (auto const& u : {Eigen::Vector3d(1, 0, 0), Eigen::Vector3d(0, 0, 1), Eigen::Vector3d(0.6, -0.48, 0.64)}) {
    auto const expected = of_one_category(four, u), seen = along(known.squares(1), u);
    EXPECT_NEAR(seen.mean, 1, 1e-10) << "the shares are efficient";
    EXPECT_NEAR(expected.mean, 1, 1e-10);
    EXPECT_NEAR(seen.variance, expected.variance, 1e-9);
    // E Q^2 of a sum over sqrt(n): 3 + (m - 3)/n, m that of one.
    EXPECT_NEAR(along(known.squares(9), u).variance, 2 + (expected.variance - 2) / 9, 1e-9);
  }
}

/// The share of the first of four categories.
class FirstShare : public estimators::Estimator {
 public:
  std::string name() const override { return "first share"; }
  std::vector<std::string> components() const override { return {"p_1"}; }
  bool unbiased() const override { return true; }
  estimators::Target target(std::span<double const> theta) const override { return {{theta[0]}, {1, 0, 0}}; }
  void estimate(sim::Sample const& sample, estimators::Estimates& out) const override {
    sim::Lanes sum = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) sum += sample(i, 0);
    out.value = {sum / static_cast<double>(sample.n())};
    out.found = sim::all_lanes;
  }
};

// One draw from four categories: the score of outcome c is e_c/p_c, of the last -1/p_4 in every entry.
TEST(KnownErrors, AreThoseOfProductsWithThreeScores) {
  auto const four = law("categorical", {0.2, 0.3, 0.1});
  KnownErrors const known({four, four, {}}, FirstShare());
  ASSERT_TRUE(known.products(1).moments);
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const system(information_matrix(four));
  Eigen::Vector4d const p(0.2, 0.3, 0.1, 0.4);
  for (auto const& a : {Eigen::Vector3d(1, 0, 0), Eigen::Vector3d(0.5, -0.25, 0.75), Eigen::Vector3d(0, 0, 1)}) {
    std::array<double, 5> about_zero{1};
    for (int c = 0; c < 4; ++c) {
      Eigen::Vector3d score = Eigen::Vector3d::Constant(c == 3 ? -1 / p(3) : 0);
      if (c < 3) score(c) = 1 / p(c);
      double const w = ((c == 0 ? 1 : 0) - p(0)) / std::sqrt(p(0) * (1 - p(0)));
      double const f = w * a.dot(system.operatorInverseSqrt() * score);
      for (int k = 1; k <= 4; ++k) about_zero[static_cast<std::size_t>(k)] += p(c) * std::pow(f, k);
    }
    auto const expected = moments_about_mean({about_zero.begin(), about_zero.end()});
    auto const seen = along(known.products(1), a);
    EXPECT_NEAR(seen.mean, expected.mean, 1e-9);
    EXPECT_NEAR(seen.variance, expected.variance, 1e-8);
    EXPECT_NEAR(seen.skewness, expected.skewness, 1e-6);
    EXPECT_NEAR(seen.kurtosis, expected.kurtosis, 1e-6 * expected.kurtosis);
  }
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
