#include "sim/models/negative_binomial.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <vector>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using Theta2 = sim::Theta<double, 2>;
using sim::Lanes;
using Exact = boost::multiprecision::cpp_bin_float_50;

constexpr std::size_t size = 1;
constexpr std::size_t size_size = sim::packed_index(1, 1);

ReferenceLaw reference(Theta2 const& t) {
  boost::math::negative_binomial_distribution<> const law(t[1], t[1] / (t[0] + t[1]));
  // Beyond the peak the probabilities fall by m/(r + m) a step.
  double const last = mean(law) + 40 * (std::sqrt(mean(law)) + mean(law) / t[1]) + 60;
  return {{counts(law, std::ceil(last))}};
}

/// K = sum_{j >= 2} q^j/j B(j, r), the series of Fisher (1941).
double information_by_series(Theta2 const& t) {
  long double const r = t[1], q = t[0] / (static_cast<long double>(t[0]) + r);
  long double term = q / r, sum = 0;
  for (long double j = 2; term > 1e-21L * sum; ++j) {
    term *= q * (j - 1) / (r + j - 1);
    sum += term / j;
  }
  return static_cast<double>(sum);
}

TEST(NegativeBinomial, ObeysTheModelLaws) {
  expect_model_laws(sim::NegativeBinomial{},
                    {{4.0, 3.0}, {0.5, 0.2}, {30.0, 1.5}, {45.0, 15.9}, {2.0, 1e4}, {600.0, 0.6}}, reference);
}

TEST(NegativeBinomial, GivesTheInformationOfTheSize) {
  for (double const r : {1e-3, 0.1, 0.3, 1.0, 2.5, 40.0, 1e3, 1e6})
    for (double const ratio : {1e-3, 0.1, 1.0, 30.0, 3e3}) {
      Theta2 const t = {r * ratio, r};
      double const exact = information_by_series(t);
      EXPECT_NEAR(sim::NegativeBinomial{}.information(t)[size_size] / exact, 1.0, 1e-10) << r << ' ' << ratio;
    }
}

/// Near the Poisson law the score and the Hessian of the size are what is left of terms 1e12 times larger. Exact values
/// in fifty digits, from psi(x + r) - psi(r) = sum_{j < x} 1/(r + j); errors in units of the information.
TEST(NegativeBinomial, KeepsItsDigitsNearThePoissonLaw) {
  sim::NegativeBinomial const model;
  for (Theta2 const& t : {Theta2{5.0, 1e3}, Theta2{5.0, 1e6}, Theta2{0.2, 17.0}, Theta2{80.0, 3e5}})
    for (double const x : {0.0, 1.0, 4.0, 9.0, 95.0}) {
      Exact const m = t[0], r = t[1];
      Exact score = log(r / (r + m)) + (m - x) / (r + m);
      Exact hessian = 1 / r - 2 / (r + m) + (r + x) / ((r + m) * (r + m));
      for (int j = 0; j < x; ++j) {
        score += 1 / (r + j);
        hessian -= 1 / ((r + j) * (r + j));
      }
      double const unit = std::sqrt(model.information(t)[size_size]);
      EXPECT_NEAR(model.score(x, t)[size] / unit, static_cast<double>(score) / unit, 1e-12 * (1 + x));
      // One Hessian is of the order of 1/size^3, its mean of 1/size^4: rounding grows as the size.
      double const curvature = static_cast<double>(hessian) / (unit * unit);
      EXPECT_NEAR(model.hessian(x, t)[size_size] / (unit * unit), curvature,
                  1e-15 * ((1 + x * x) * t[1] + 2 * std::abs(curvature)));
    }
}

/// Counts of red mites on 150 apple leaves; mean 172/150 and size 1.02459 as fitted there.
/// Source: Bliss and Fisher (1953), Biometrics 9, 176-200.
TEST(NegativeBinomial, FitsTheCountsOfMites) {
  std::vector<int> const leaves = {70, 38, 17, 10, 9, 3, 2, 1};
  sim::Sample sample(150, 1);
  std::int64_t i = 0;
  for (std::size_t x = 0; x < leaves.size(); ++x)
    for (int k = 0; k < leaves[x]; ++k) sample(i++) = static_cast<double>(x);
  sim::Theta<Lanes, 2> t;
  EXPECT_EQ(sim::NegativeBinomial{}.fit(sample, t), sim::all_lanes);
  EXPECT_DOUBLE_EQ(t[0][0], 172.0 / 150);
  EXPECT_NEAR(t[1][0], 1.02459, 5e-6);
}

bool over_dispersed(sim::Sample const& sample, int lane) {
  double sum = 0, squares = 0;
  auto const n = static_cast<double>(sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    double const x = sample(i)[lane];
    sum += x, squares += x * x;
  }
  return n * squares - sum * sum > n * sum;
}

/// The score vanishes at the estimate in units of its standard deviation, the Hessian is negative definite, and the
/// estimate exists exactly where the variance is above the mean: at sizes from 0.05 to near the Poisson law, where half
/// of the samples have none, and with counts on both sides of 512.
TEST(NegativeBinomial, FindsTheEstimateWhereThereIsOne) {
  struct Place {
    Theta2 theta;
    std::int64_t n;
  };
  for (Place const& place : {Place{{4, 3}, 50}, Place{{0.3, 0.05}, 400}, Place{{3, 300}, 40}, Place{{200, 2}, 30},
                             Place{{500, 20}, 200}, Place{{20, 1e5}, 60}, Place{{2, 1}, 3}}) {
    auto const model = catalogued(sim::NegativeBinomial{});
    sim::Sample sample(place.n, 1);
    int found_count = 0, wrong = 0;
    for (std::uint64_t batch = 0; batch < 40; ++batch) {
      model->draw(place.theta, {.seed = 5, .scenario = 9, .replicate = 8 * batch}, sample);
      std::array<Lanes, 2> t, score;
      std::array<Lanes, 3> hessian, information;
      sim::LaneSet const found = model->offers().fit(sample, t.data());
      model->derivatives(sample, t.data(), score.data(), hessian.data());
      model->information(t.data(), information.data());
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        bool const is_found = (found >> lane & 1) != 0;
        wrong += is_found != over_dispersed(sample, lane);
        if (!is_found) continue;
        ++found_count;
        auto const n = static_cast<double>(place.n);
        double const r = t[1][lane];
        EXPECT_LE(std::abs(score[0][lane]), 1e-9 * std::sqrt(n * information[0][lane]));
        EXPECT_LE(std::abs(score[1][lane]), (1e-9 + 1e-13 * r) * std::sqrt(n * information[2][lane])) << r;
        EXPECT_LT(hessian[0][lane], 0);
        EXPECT_GT(hessian[0][lane] * hessian[2][lane], hessian[1][lane] * hessian[1][lane]);
      }
    }
    EXPECT_EQ(wrong, 0) << "of 320 samples at " << ::testing::PrintToString(place.theta);
    EXPECT_GE(found_count, 100);
  }
}

/// A sample beside others, with longer or shorter tails, has the estimate that it has beside copies of itself.
TEST(NegativeBinomial, FitsALaneByItself) {
  sim::NegativeBinomial const model;
  sim::Sample mixed(40, 1);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    sim::Sample one(40, 1);
    catalogued(model)->draw(Theta2{0.5 * std::pow(4.0, lane), 1.5}, {.seed = 3, .scenario = 3, .replicate = 0}, one);
    for (std::int64_t i = 0; i < 40; ++i) mixed(i).set(lane, one(i)[lane]);
  }
  sim::Theta<Lanes, 2> together;
  EXPECT_EQ(model.fit(mixed, together), sim::all_lanes);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    sim::Sample alone(40, 1);
    for (std::int64_t i = 0; i < 40; ++i) alone(i) = mixed(i)[lane];
    sim::Theta<Lanes, 2> t;
    EXPECT_EQ(model.fit(alone, t), sim::all_lanes);
    for (std::size_t a = 0; a < 2; ++a) EXPECT_EQ(sim::to_bits(t[a][0]), sim::to_bits(together[a][lane])) << lane;
  }
}

TEST(NegativeBinomial, HasNoEstimateFromEqualOrZeroCounts) {
  for (double const x : {0.0, 3.0}) {
    sim::Sample sample(10, 1);
    for (std::int64_t i = 0; i < 10; ++i) sample(i) = x;
    sim::Theta<Lanes, 2> t;
    EXPECT_EQ(sim::NegativeBinomial{}.fit(sample, t), 0);
  }
}

TEST(NegativeBinomial, SolvesItsMomentsForTheta) {
  sim::NegativeBinomial const model;
  auto const t = model.from_moments(4.0, model.variance(Theta2{4.0, 2.5}));
  EXPECT_DOUBLE_EQ(t[0][0], 4.0);
  EXPECT_NEAR(t[1][0], 2.5, 1e-14);
  EXPECT_TRUE(std::isnan(model.from_moments(4.0, 4.0)[1][0]));
}

}  // namespace
}  // namespace fisherlab::test
