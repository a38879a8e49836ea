#include "claims/evidence/far_reach.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "claims/evidence/mean.hpp"

namespace fisherlab::claims {
namespace {

constexpr SampleMoments skewed{.mean = 3, .variance = 4, .count = 100'000, .skewness = 3, .kurtosis = 20};

/// A sample of `events` ones and otherwise zeros.
SampleMoments events_of(std::int64_t events, std::int64_t count) {
  auto const replicates = static_cast<double>(count);
  double const m = static_cast<double>(events) / replicates, v = m * (1 - m);
  return {m, v * replicates / (replicates - 1), count, (1 - 2 * m) / std::sqrt(v), (1 - 3 * v) / v};
}

TEST(FarReach, IsTheStatedFormula) {
  auto const reach = far_reach(skewed, {1e-9, 6.0});
  double const e = 6 / std::sqrt(1e5), h = (20 - 9 - 3) * e * e;
  double const q = e * e + 1 / 2e5, c = (5 - 0.5 - 2) * e * e * e;
  EXPECT_NEAR(reach.x, 3 * e, 1e-15);
  EXPECT_NEAR(reach.h, h, 1e-15);
  EXPECT_NEAR(reach.up, 2 * (e + c + q + 2.5 * h * e), 1e-14);
  EXPECT_NEAR(reach.down, 2 * (e + std::max(0.0, c - q + 2.5 * h * e)), 1e-14);
  EXPECT_TRUE(reach.valid);
}

// An exponential number has g = 2, k = 9 and variance 1; of y - 2 z the cumulants are 1 + 4, 2 - 16 and 6 + 96.
TEST(DifferenceOf, AddsCumulants) {
  SampleMoments const y{1, 1, 1000, 2, 9}, z{2, 4, 1000, 2, 9};
  auto const difference = difference_of(y, z);
  EXPECT_DOUBLE_EQ(difference.mean, -1);
  EXPECT_DOUBLE_EQ(difference.variance, 5);
  EXPECT_NEAR(difference.skewness, -14 / std::pow(5, 1.5), 1e-14);
  EXPECT_NEAR(difference.kurtosis, 3 + 102.0 / 25, 1e-14);
  auto bounded = z;
  bounded.are_bounds = true;
  EXPECT_NEAR(difference_of(y, bounded).skewness, 18 / std::pow(5, 1.5), 1e-14);
  EXPECT_TRUE(difference_of(y, bounded).are_bounds);
  EXPECT_FALSE(difference_of(y, {2, 0, 1000, 0, 3}).has_shape());  // not one event was seen
}

TEST(FarReach, TurnsWithItsDataAndScalesWithThem) {
  FarLevel const level{1e-9, 6.1};
  auto const reach = far_reach(skewed, level);
  auto turned = skewed;
  turned.skewness = -skewed.skewness;
  EXPECT_EQ(far_reach(turned, level).up, reach.down);
  EXPECT_EQ(far_reach(turned, level).down, reach.up);
  auto scaled = skewed;
  scaled.variance *= 16;
  EXPECT_DOUBLE_EQ(far_reach(scaled, level).up, 4 * reach.up);
  EXPECT_EQ(far_reach(scaled, level).needed, reach.needed);
}

TEST(FarReach, IsNeverNearerThanTheNormalOne) {
  int compared = 0;
  for (double const g : {-6.0, -1.0, 0.0, 0.5, 4.0})
    for (double const extra : {0.0, 1.0, 50.0})
      for (double const z : {2.0, 6.3}) {
        auto const reach = far_reach({0, 1, 70'000, g, g * g + 1 + extra}, {0.01, z});
        EXPECT_GE(reach.up, z / std::sqrt(7e4));
        EXPECT_GE(reach.down, z / std::sqrt(7e4));
        ++compared;
      }
  EXPECT_EQ(compared, 30);
}

TEST(FarReach, SaysWhyItIsNotValidAndWhatItWouldTake) {
  auto const level = far_level(1.65e-10);
  auto const four = far_reach(events_of(4, 65'536), level);
  EXPECT_FALSE(four.valid);
  EXPECT_NEAR(four.needed / 65'536, level.critical * level.critical / 4, 0.02);
  EXPECT_EQ(reason_for(four, 65'536, level), "too skewed for 65,536 replicates: about 670,000");
  auto const heavy = far_reach({0, 1, 65'536, 0, 2000}, level);
  EXPECT_EQ(reason_for(heavy, 65'536, level), "too heavy-tailed for 65,536 replicates: at least about 820,000");
  auto const still = far_reach(events_of(0, 65'536), level);
  EXPECT_FALSE(still.valid);
  EXPECT_EQ(reason_for(still, 65'536, level), "no variation seen in 65,536 replicates");
  auto const few = far_reach({0, 1, 10'000, 0, 3}, level);
  EXPECT_FALSE(few.valid);
  EXPECT_EQ(reason_for(few, 10'000, level),
            "an error of 1.6e-10 takes at least 65,536 replicates, and there are 10,000");
  EXPECT_TRUE(far_reach({0, 1, 10'000, 0, 3}, far_level(1e-8)).valid);
  EXPECT_EQ(replicates_text(2.04e6), "2.1 million");
}

TEST(FarReach, MakesIntervalsOpenWhereItIsNotValid) {
  Interval const none = mean_interval(events_of(0, 65'536), 1e-10);
  EXPECT_EQ(none.estimate, 0);
  EXPECT_TRUE(std::isinf(none.lower) && std::isinf(none.upper));
  EXPECT_FALSE(none.reason.empty());
  EXPECT_FALSE(inverse_of(mean_interval(events_of(9, 65'536), 1e-10)).reason.empty());
}

struct Factors {
  double upper_end = 0;  ///< P(interval below the truth)/(alpha/2)
  double lower_end = 0;
};

/// Of the interval for a probability p, by summing over every count of events.
Factors exact_factors(double p, std::int64_t count, double alpha) {
  boost::math::binomial_distribution<> const law(static_cast<double>(count), p);
  double const centre = p * static_cast<double>(count), width = 12 * std::sqrt(centre) + 60;
  Factors factors;
  auto const last = static_cast<std::int64_t>(centre + width);
  for (auto j = static_cast<std::int64_t>(std::max(1.0, centre - width)); j <= last; ++j) {
    auto const interval = mean_interval(events_of(j, count), alpha);
    double const share = boost::math::pdf(law, static_cast<double>(j)) / (alpha / 2);
    if (interval.upper < p) factors.upper_end += share;
    if (interval.lower > p) factors.lower_end += share;
  }
  return factors;
}

TEST(FarReach, IsExactForRareEvents) {
  int cells = 0;
  for (std::int64_t const count : {65'536LL, 1'048'576LL})
    for (double const alpha : {1e-4, 1.65e-10, 1e-11})
      for (double const events :
           {0.1, 1.0, 5.0, 12.0, 25.0, 40.0, 41.0, 55.0, 80.0, 130.0, 300.0, 900.0, 3000.0, 12000.0}) {
        auto const factors = exact_factors(events / static_cast<double>(count), count, alpha);
        EXPECT_LE(factors.upper_end, 1.5) << events << " of " << count << " at " << alpha;
        EXPECT_LE(factors.lower_end, 1.05) << events << " of " << count << " at " << alpha;
        ++cells;
      }
  EXPECT_EQ(cells, 84);
}

/// The plain interval misses as often as its estimated factor says: 1,000 events of 65,536 at 1.65e-10, by exact sums.
TEST(FarReach, EstimatesHowOftenThePlainIntervalMisses) {
  double const alpha = 1.65e-10;
  auto const level = far_level(alpha);
  boost::math::binomial_distribution<> const law(65'536, 1000.0 / 65'536);
  double missed = 0;
  for (std::int64_t j = 600; j < 1000; ++j) {
    auto const sample = events_of(j, 65'536);
    double const upper = sample.mean + level.critical * std::sqrt(sample.variance / 65'536);
    if (upper < 1000.0 / 65'536) missed += boost::math::pdf(law, static_cast<double>(j)) / (alpha / 2);
  }
  EXPECT_GT(missed, 10);
  EXPECT_NEAR(std::log(far_reach(events_of(1000, 65'536), level).plain_factor), std::log(missed), 0.35);
}

/// A sum of R exponential numbers has a gamma law of shape R. A sample whose mean is m looks, at far levels, like one
/// of an exponential law of mean m: s = m, g = 2, k = 9. So the interval misses when m(1 + up) < 1 or m(1 - down) > 1.
TEST(FarReach, HoldsForTheMeanOfExponentialNumbers) {
  int cells = 0;
  for (std::int64_t const count : {4096LL, 65'536LL, 1'048'576LL})
    for (double const alpha : {1e-4, 1e-8, 1.65e-10}) {
      boost::math::gamma_distribution<> const law(static_cast<double>(count), 1 / static_cast<double>(count));
      auto const reach = far_reach({1, 1, count, 2, 9}, far_level(alpha));
      double const upper_end = boost::math::cdf(law, 1 / (1 + reach.up)) / (alpha / 2);
      double const lower_end = boost::math::cdf(complement(law, 1 / (1 - reach.down))) / (alpha / 2);
      EXPECT_GT(upper_end, 0.1) << count << " at " << alpha;
      EXPECT_LT(upper_end, 1.2) << count << " at " << alpha;
      EXPECT_LT(lower_end, 1.1);
      ++cells;
    }
  EXPECT_EQ(cells, 9);
}

SampleMoments moments_of(std::vector<double> const& values) {
  double mean = 0;
  for (double const y : values) mean += y / static_cast<double>(values.size());
  double central[5] = {};
  for (double const y : values) {
    double const square = (y - mean) * (y - mean);
    central[2] += square;
    central[3] += square * (y - mean);
    central[4] += square * square;
  }
  for (double& moment : central) moment /= static_cast<double>(values.size());
  return sample_moments_of(mean, central, static_cast<std::int64_t>(values.size()));
}

/// Importance sampling of gamma numbers of mean `shape`: drawn with a scale b that puts the upper end on the mean, each
/// sample weighed by its likelihood ratio exp(-(1 - 1/b) sum y + R shape log b).
Factors factors_of_gamma(double shape, std::int64_t count, double alpha, int runs) {
  std::mt19937_64 bits(73);
  auto const replicates = static_cast<double>(count);
  auto const reach = far_reach({0, 1, count, 2 / std::sqrt(shape), 3 + 6 / shape}, far_level(alpha));
  Factors factors;
  for (double const sign : {1.0, -1.0}) {
    double const scale = 1 / (1 + sign * (sign > 0 ? reach.up : reach.down) / std::sqrt(shape));
    std::gamma_distribution<> law(shape, scale);
    double missed = 0;
    for (int run = 0; run < runs; ++run) {
      std::vector<double> values(static_cast<std::size_t>(count));
      for (double& y : values) y = law(bits);
      auto const sample = moments_of(values);
      auto const interval = mean_interval(sample, alpha);
      bool const misses = sign > 0 ? interval.upper < shape : interval.lower > shape;
      if (misses)
        missed += std::exp(-(1 - 1 / scale) * replicates * sample.mean + replicates * shape * std::log(scale));
    }
    (sign > 0 ? factors.upper_end : factors.lower_end) = missed / runs / (alpha / 2);
  }
  return factors;
}

TEST(FarReach, HoldsForGammaNumbersByImportanceSampling) {
  for (double const shape : {1.0, 0.5, 0.1}) {
    auto const near = factors_of_gamma(shape, 4096, 1e-4, 300);
    EXPECT_LT(near.upper_end, 1.6) << shape;
    EXPECT_LT(near.lower_end, 1.6) << shape;
    EXPECT_GT(near.upper_end, 0.05) << shape;  // the sampling reaches the misses
  }
  auto const far = factors_of_gamma(0.5, 65'536, 1.65e-10, 40);
  EXPECT_LT(far.upper_end, 1.6);
  EXPECT_GT(far.upper_end, 0.05);
}

// Rare events of one size are a count, and what they take is known to that; a heavy tail may be one value.
TEST(FarReach, KnowsWhatItTakesAtTheLeastOfRareEventsAlone) {
  auto const level = far_level(1.65e-10);
  auto const events = far_reach(events_of(9, 65'536), level);
  EXPECT_NEAR(events.needed_at_least / (events.needed / (1 + 6 / 3.0 + 10 / 9.0)), 1, 1e-3);
  EXPECT_EQ(far_reach({0, 1, 65'536, 3, 5'000}, level).needed_at_least, 0);
  auto const none = far_reach({0, 0, 65'536, 0, 0}, level);
  EXPECT_NEAR(none.needed_at_least, 65'536 * level.critical * level.critical / 7, 1);
  EXPECT_EQ(far_reach({0, 1, 100'000, 1, 4}, level).needed_at_least, 0);  // valid
}

}  // namespace
}  // namespace fisherlab::claims
