#include "runs/calibration/tilting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "base/special/quantiles.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t replicates = 4096;
constexpr double alpha = 1e-6;

/// The observations themselves, samples of a few.
claims::Sampled question_about(claims::Law const& law, int observations) {
  claims::Sampled question;
  question.setting = {law, law, {}};
  question.scenarios = {{question.setting, observations}};
  claims::Probe probe;
  probe.shape.values = observations;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.observe = [observations](claims::Batch const& batch, sim::Observed& out) {
    for (int i = 0; i < observations; ++i) out.values[static_cast<std::size_t>(i)] = batch.sample(i, 0);
  };
  question.probes = {probe};
  return question;
}

using FromTally = std::function<Interval(sim::Tally const&)>;

MissRate rate_of(claims::Law const& law, FromTally const& interval, double truth, int observations = 1,
                 std::int64_t draws = 256 * replicates, std::int64_t count = replicates,
                 std::function<bool()> const& stop = {}, std::int64_t samples = 600, double charged = 0) {
  auto const question = question_about(law, observations);
  auto const stored = store_draws(question, 0, {0}, {11, 0, draws}, {.threads = 0, .stop = {}, .advance = {}});
  Examined examined;
  examined.scenarios = {&stored};
  examined.replicates = count;
  examined.execution.stop = stop;
  examined.critical = normal_critical(alpha);
  examined.charged = charged;
  examined.exact = truth;
  examined.measure = [&](Tallies const& tallies) {
    auto const& tally = tallies[0][0];
    auto const i = interval(tally);
    Measurement m;
    m.estimate = i.estimate;
    m.std_error = i.std_error;
    m.lower = i.lower;
    m.upper = i.upper;
    return m;
  };
  return miss_rate(examined, samples, 5);
}

/// mean -+ z sd/sqrt(R) with the sd known, whose misses have closed forms.
FromTally with_known_sd(double sd) {
  return [sd](sim::Tally const& tally) -> Interval {
    double const reach = normal_critical(alpha) * sd / std::sqrt(static_cast<double>(replicates));
    double const mean = tally.moments.mean[0];
    return {mean, sd / std::sqrt(static_cast<double>(replicates)), mean - reach, mean + reach};
  };
}

/// That the mean of R exponentials lies beyond z of its standard errors: their sum is gamma(R).
double gamma_tail() {
  double const e = normal_critical(alpha) / std::sqrt(static_cast<double>(replicates));
  auto const n = static_cast<double>(replicates);
  boost::math::gamma_distribution<> const sum(n, 1);
  return cdf(sum, n * (1 - e)) + cdf(complement(sum, n * (1 + e)));
}

/// A million stored draws know their sd to 0.14 %, a tail at z = 4.9 to 3.4 %.
TEST(MissRate, IsTheGammaTailForMeansOfExponentials) {
  auto const rate = rate_of(test::law("exponential", {1}), with_known_sd(1), 1);
  double const exact = gamma_tail();
  EXPECT_NEAR(rate.probability / exact, 1, 0.12 + 3 * rate.std_error / exact);
  EXPECT_LT(rate.std_error, 0.15 * exact);
  EXPECT_GT(rate.effective, 50);
}

/// Fourteen numbers are noted, one is used: the slope of the estimate finds it. A tail is known to 7 % by these draws.
TEST(MissRate, IsTheGammaTailAmongNumbersThatDoNotMatter) {
  auto const rate = rate_of(test::law("exponential", {1}), with_known_sd(1), 1, 14, 64 * replicates);
  double const exact = gamma_tail();
  EXPECT_NEAR(rate.probability / exact, 1, 0.2 + 3 * rate.std_error / exact);
  EXPECT_LT(rate.std_error, 0.15 * exact);
}

/// Of a grid of sizes, at one of which nothing varies: there is no law to be tilted there.
TEST(MissRate, IsTheGammaTailBesideAScenarioThatDoesNotVary) {
  auto const law = test::law("exponential", {1});
  auto const question = question_about(law, 14);
  auto constant = question_about(law, 1);
  constant.probes[0].observe = [](claims::Batch const&, sim::Observed& out) { out.values[0] = 3.0; };
  Execution const execution{.threads = 0, .stop = {}, .advance = {}};
  auto const stored = store_draws(question, 0, {0}, {11, 0, 64 * replicates}, execution);
  auto const unvaried = store_draws(constant, 0, {0}, {11, 0, 64 * replicates}, execution);
  Examined examined;
  examined.scenarios = {&stored, &unvaried};
  examined.replicates = replicates;
  examined.critical = normal_critical(alpha);
  examined.exact = 1;
  examined.measure = [of_mean = with_known_sd(1)](Tallies const& tallies) {
    auto const i = of_mean(tallies[0][0]);
    Measurement m;
    m.estimate = i.estimate + (tallies[1][0].moments.mean[0] - 3);
    m.std_error = i.std_error;
    m.lower = i.lower;
    m.upper = i.upper;
    return m;
  };
  auto const rate = miss_rate(examined, 600, 5);
  EXPECT_NEAR(rate.probability / gamma_tail(), 1, 0.2 + 3 * rate.std_error / gamma_tail());
  EXPECT_LT(rate.std_error, 0.15 * gamma_tail());
}

/// The length of a mean of two normal numbers misses in every direction, with the chance exp(-R reach^2/2) = alpha.
/// Here the few draws that are searched have their own mean a third of the way to a miss: where it is taken for the
/// true one, half of the directions are not seen. The draws know a tail to 7 %.
TEST(MissRate, IsTheTailOfALengthInAllDirections) {
  constexpr std::int64_t many = 16 * replicates;
  double const reach = std::sqrt(-2 * std::log(alpha) / static_cast<double>(many));
  auto const rate = rate_of(
      test::law("normal", {0, 1}),
      [reach](sim::Tally const& tally) -> Interval {
        double const length = std::hypot(tally.moments.mean[0], tally.moments.mean[1]);
        return {length, 1 / std::sqrt(static_cast<double>(many)), length - reach, length + reach};
      },
      0, 2, 2 * many, many);
  EXPECT_NEAR(rate.probability / alpha, 1, 0.2 + 3 * rate.std_error / alpha);
  EXPECT_LT(rate.std_error, 0.15 * alpha);
}

/// Its lower end held at 0, as norms have it, says nothing until it is off 0; three numbers do not matter, and pushes
/// have to turn from them.
TEST(MissRate, IsTheTailOfALengthWhoseEndIsHeldAtZero) {
  double const reach = std::sqrt(-2 * std::log(alpha) / static_cast<double>(replicates));
  auto const rate = rate_of(
      test::law("normal", {0, 1}),
      [reach](sim::Tally const& tally) -> Interval {
        double const length = std::hypot(tally.moments.mean[0], tally.moments.mean[1]);
        return {length, 1 / std::sqrt(static_cast<double>(replicates)), std::max(length - reach, 0.0), length + reach};
      },
      0, 5, 64 * replicates);
  EXPECT_NEAR(rate.probability / alpha, 1, 0.2 + 3 * rate.std_error / alpha);
  EXPECT_LT(rate.std_error, 0.15 * alpha);
  EXPECT_GT(rate.effective, 40);
}

TEST(MissRate, IsTheBinomialTailForAProportion) {
  double const p = 0.05, sd = std::sqrt(p * (1 - p));
  auto const rate = rate_of(test::law("bernoulli", {p}), with_known_sd(sd), p);
  auto const n = static_cast<double>(replicates);
  double const reach = normal_critical(alpha) * sd * std::sqrt(n);
  boost::math::binomial const sum(n, p);
  double const exact = cdf(sum, std::ceil(n * p - reach) - 1) + cdf(complement(sum, std::floor(n * p + reach)));
  EXPECT_NEAR(rate.probability / exact, 1, 0.12 + 3 * rate.std_error / exact);
}

constexpr double rare = 0.05;

/// The chance that an interval from the moments of so many events misses, summed over all counts.
template <class FromMoments>
double exact_sum(FromMoments const& interval) {
  auto const n = static_cast<double>(replicates);
  boost::math::binomial const sum(n, rare);
  double exact = 0;
  for (int events = 1; events < 1000; ++events) {
    double const m = events / n, v = m * (1 - m);
    auto const i =
        interval(claims::SampleMoments{m, v * n / (n - 1), replicates, (1 - 2 * m) / std::sqrt(v), 1 / v - 3});
    if (i.lower > rare || i.upper < rare) exact += pdf(sum, events);
  }
  return exact;
}

Interval in_use(claims::SampleMoments const& sample) { return claims::mean_interval(sample, alpha); }

/// Without skewness and kurtosis: the rule before there was one for far levels.
Interval plain(claims::SampleMoments sample) {
  sample.skewness = std::numeric_limits<double>::quiet_NaN();
  return claims::mean_interval(sample, alpha);
}

/// The interval in use follows the sample's own skewness.
TEST(MissRate, IsTheExactSumForTheIntervalInUse) {
  auto const rate = rate_of(
      test::law("bernoulli", {rare}), [](sim::Tally const& tally) { return in_use(claims::sample_moments(tally, 0)); },
      rare);
  double const exact = exact_sum(in_use);
  EXPECT_NEAR(rate.probability / exact, 1, 0.12 + 3 * rate.std_error / exact);
  EXPECT_LT(exact, 1.6 * alpha);
}

/// The control: an interval that skewness spoils is found out.
TEST(MissRate, IsTheExactSumForAnIntervalThatSkewnessSpoils) {
  auto const rate = rate_of(
      test::law("bernoulli", {rare}), [](sim::Tally const& tally) { return plain(claims::sample_moments(tally, 0)); },
      rare);
  double const exact = exact_sum(plain);
  EXPECT_GT(exact, 4 * alpha);
  EXPECT_NEAR(rate.probability / exact, 1, 0.12 + 3 * rate.std_error / exact);
}

TEST(MissRate, SaysWhatCannotMissAndWhatHasNoInterval) {
  auto const constant = rate_of(test::law("bernoulli", {1e-9}), with_known_sd(1), 0);
  EXPECT_TRUE(constant.is_constant) << "no draw is 1";
  auto const open = rate_of(
      test::law("bernoulli", {1e-3}),
      [](sim::Tally const& tally) { return claims::mean_interval(claims::sample_moments(tally, 0), alpha); }, 1e-3);
  EXPECT_FALSE(open.is_constant);
  EXPECT_FALSE(open.open.empty()) << "four events are too few";
}

TEST(MissRate, TakesUpToFourTimesTheSamplesWhereTheyDoNotSettleIt) {
  auto const with_samples = [](std::int64_t samples) {
    return rate_of(test::law("exponential", {1}), with_known_sd(1), 1, 1, 64 * replicates, replicates, {}, samples);
  };
  auto const enough = with_samples(600);
  EXPECT_TRUE(enough.is_settled());
  EXPECT_LT(enough.samples, 700) << "one round";
  auto const few = with_samples(30);
  EXPECT_GT(few.samples, 50) << "more rounds";
  EXPECT_LE(few.samples, 4 * 40);
  EXPECT_TRUE(few.is_settled()) << few.effective;
  EXPECT_NEAR(few.probability, enough.probability, 4 * few.std_error);
  auto const hardly_any = with_samples(4);
  EXPECT_EQ(hardly_any.samples % 4, 0);
  EXPECT_GE(hardly_any.samples, 16) << "all four rounds";
  EXPECT_FALSE(hardly_any.is_settled()) << "fewer than ten misses cannot be worth ten";
}

/// Twice as wide, an interval misses at two critical distances.
TEST(MissRate, IsBoundedWithFewSamplesWhereItIsFarBelowWhatIsCharged) {
  auto const wide = [](sim::Tally const& tally) {
    auto const i = with_known_sd(1)(tally);
    return Interval{i.estimate, i.std_error, 2 * i.lower - i.estimate, 2 * i.upper - i.estimate};
  };
  double const e = 2 * normal_critical(alpha) / std::sqrt(static_cast<double>(replicates));
  auto const n = static_cast<double>(replicates);
  boost::math::gamma_distribution<> const sum(n, 1);
  double const exact = cdf(sum, n * (1 - e)) + cdf(complement(sum, n * (1 + e)));
  auto const rate_when = [&](double charged) {
    return rate_of(test::law("exponential", {1}), wide, 1, 1, 64 * replicates, replicates, {}, 30, charged);
  };
  auto const of_alpha = rate_when(alpha);
  EXPECT_TRUE(of_alpha.is_bounded(alpha)) << of_alpha.effective;
  EXPECT_LT(of_alpha.samples, 4 * 30) << "it does not go on";
  EXPECT_GT(of_alpha.bound(), exact);
  EXPECT_LT(of_alpha.bound(), 0.01 * alpha);
  auto const of_little = rate_when(100 * exact);
  EXPECT_FALSE(of_little.is_bounded(100 * exact)) << "not known to matter as little";
  EXPECT_GT(of_little.samples, of_alpha.samples);
}

TEST(MissRate, EndsWithinASearchWhenToldTo) {
  for (int const after : {0, 1, 40}) {
    std::atomic<int> asked = 0;
    auto const stop = [&] { return asked++ >= after; };
    EXPECT_THROW(rate_of(test::law("exponential", {1}), with_known_sd(1), 1, 1, 256 * replicates, replicates, stop),
                 sim::Interrupted)
        << after;
    EXPECT_LE(asked, after + 64) << "nobody goes on";
  }
}

}  // namespace
}  // namespace fisherlab::runs
