#include "runs/diagnosis/censored/interval_censoring.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/data/csv_table.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "sim/random/stream.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string data_file(std::string const& name) { return std::string(FISHERLAB_TEST_DATA_DIR) + '/' + name + ".csv"; }

Observations between(std::string const& file) { return read_observations(file, {.lower = "lower", .upper = "upper"}); }

sim::AnyModel law_named(std::string const& name) {
  return test::law(name, std::vector<double>(name == "exponential" ? 1 : 2, 1)).model;
}

std::vector<double> start_of(std::string const& model) {
  if (model == "exponential") return {0.1};
  if (model == "weibull") return {1, 10};
  if (model == "gamma") return {1, 0.1};
  if (model == "lognormal") return {2, 1};
  return {10, 10};
}

/// tests/data/make_reference_intervals.R: survreg() of interval2, for gamma optim().
TEST(IntervalCensored, FitsAreThoseOfR) {
  std::map<std::pair<std::string, std::string>, std::map<std::string, double>> wanted;
  CsvTable const table(data_file("reference_intervals"), {});
  for (std::size_t i = 0; i < table.rows(); ++i)
    wanted[{std::string(table.text(i, 0)), std::string(table.text(i, 1))}]
          [std::string(table.text(i, 2)) + std::string(table.text(i, 3))] = table.cell(i, 4).value;
  ASSERT_EQ(wanted.size(), 14u);
  for (auto& [key, numbers] : wanted) {
    auto const& [data, model] = key;
    auto const what = data + " " + model;
    auto const read = between(data_file("intervals_" + data));
    estimators::CensoredSample const sample{
        read.values, {read.is_observed.begin(), read.is_observed.end()}, read.uppers};
    auto const law = estimators::life_law(model);
    auto const fit =
        estimators::with_careful_errors(*law, sample, estimators::fit_censored(*law, sample, start_of(model)));
    ASSERT_TRUE(fit.found) << what;
    EXPECT_NEAR(fit.log_likelihood, numbers["log_likelihood"], 1e-7) << what;
    auto const names = law_named(model)->card().parameters;
    for (std::size_t a = 0; a < names.size(); ++a) {
      ASSERT_TRUE(numbers.contains("estimate" + names[a])) << what << " " << names[a];
      double const error = numbers["std_error" + names[a]];
      EXPECT_NEAR((fit.theta[a] - numbers["estimate" + names[a]]) / error, 0, 1e-6) << what << " " << names[a];
      EXPECT_NEAR(fit.std_errors[a] / error, 1, 1e-6) << what << " " << names[a];
    }
  }
}

TEST(IntervalCensored, KnowsWhatIsOfEachKind) {
  auto const fitted = fit_censored_data(law_named("weibull"), between(data_file("intervals_mixed")), 0.95);
  auto const counts = fitted.counts();
  EXPECT_EQ(counts.observed, 17);
  EXPECT_EQ(counts.observed + counts.right + counts.left + counts.between, 50);
  EXPECT_GT(counts.left, 0);
}

/// Of exact and right-censored rows alone the two columns say what --event says, to the bit.
TEST(IntervalCensored, IsRightCensoringWhereNoUpperEndIsOther) {
  auto const folder = test::fresh_folder();
  auto const ends = test::file_with(folder, "ends.csv", "lower,upper\n5,5\n7,NA\n2,2\n9,Inf\n3.5,3.5\n4,\n");
  auto const events = test::file_with(folder, "events.csv", "x,e\n5,1\n7,0\n2,1\n9,0\n3.5,1\n4,0\n");
  auto const a = fit_censored_data(law_named("weibull"), between(ends), 0.95);
  auto const b =
      fit_censored_data(law_named("weibull"), read_observations(events, {.values = "x", .event = "e"}), 0.95);
  EXPECT_FALSE(a.has_intervals());
  EXPECT_EQ(a.fit.theta, b.fit.theta);
  EXPECT_EQ(a.fit.log_likelihood, b.fit.log_likelihood);
}

estimators::CensoredSample drawn(IntervalCensoring const& censoring, std::vector<double> const& lives) {
  estimators::CensoredSample sample{lives, std::vector<char>(lives.size()), std::vector<double>(lives.size())};
  sim::Stream<double> stream({.seed = 5, .scenario = 1, .replicate = 0});
  for (std::size_t i = 0; i < lives.size(); ++i) {
    censoring.give_up(lives[i], stream, sample, i);
    EXPECT_TRUE(sample.is_observed[i] != 0 ? sample.times[i] == lives[i]
                                           : sample.times[i] < lives[i] && lives[i] <= sample.uppers[i]);
  }
  return sample;
}

TEST(IntervalCensoring, OnAGridGivesEachLifeItsCell) {
  auto const law = estimators::life_law("exponential");
  estimators::CensoredSample const sample{{-infinity, 1, 2, 1}, {0, 0, 0, 0}, {1, 2, infinity, 2}};
  auto const given = drawn(IntervalCensoring(*law, {0.7}, sample), {0.3, 1, 1.5, 2, 2.5, 90});
  EXPECT_EQ(given.times, (std::vector<double>{-infinity, -infinity, 1, 1, 2, 2}));
  EXPECT_EQ(given.uppers, (std::vector<double>{1, 1, 2, 2, infinity, infinity}));
  // A hole of the grid: between the ends that are next to it.
  estimators::CensoredSample const holed{{-infinity, 2}, {0, 0}, {1, infinity}};
  auto const hole = drawn(IntervalCensoring(*law, {0.7}, holed), {1.5});
  EXPECT_EQ(hole.times[0], 1);
  EXPECT_EQ(hole.uppers[0], 2);
}

/// Two schedules of visits, at 1 and at 2, half of the lives each: of lives of rate 0.7 the four intervals come with
/// probabilities P/2, and so they do again.
TEST(IntervalCensoring, LooksOnceWhereTheSampleDid) {
  double const rate = 0.7, one = 1 - std::exp(-rate), two = 1 - std::exp(-2 * rate);
  estimators::CensoredSample sample;
  auto const add = [&](double lower, double upper, double share) {
    for (int k = 0; k < std::lround(10'000 * share); ++k) {
      sample.times.push_back(lower);
      sample.uppers.push_back(upper);
      sample.is_observed.push_back(0);
    }
  };
  add(-infinity, 1, one / 2);
  add(1, infinity, (1 - one) / 2);
  add(-infinity, 2, two / 2);
  add(2, infinity, (1 - two) / 2);
  IntervalCensoring const censoring(*estimators::life_law("exponential"), {rate}, sample);
  std::vector<double> lives(40'000);
  sim::Stream<double> stream({.seed = 5, .scenario = 2, .replicate = 0});
  for (double& x : lives) x = stream.exponential() / rate;
  auto const given = drawn(censoring, lives);
  auto const count = [](estimators::CensoredSample const& s, double lower, double upper) {
    double total = 0;
    for (std::size_t i = 0; i < s.times.size(); ++i) total += s.times[i] == lower && s.uppers[i] == upper;
    return total / static_cast<double>(s.times.size());
  };
  for (auto const& [lower, upper] : {std::pair{-infinity, 1.0}, {1.0, infinity}, {-infinity, 2.0}, {2.0, infinity}}) {
    double const wanted = count(sample, lower, upper);
    EXPECT_NEAR(count(given, lower, upper), wanted, 4.5 * std::sqrt(wanted * (1 - wanted) / 40'000)) << upper;
  }
}

/// Lives of rate 0.3, gaps of 1 or 2 with equal chance, lost at 6 or at 9: what comes out has the shares, and the
/// mean length of bounded intervals, of what went in. Lives that choose among the intervals which hold them would not.
TEST(IntervalCensoring, VisitsAsOftenAsTheSampleDid) {
  double const rate = 0.3;
  auto const length = [](sim::Stream<double>& stream) { return stream.open_uniform() < 0.5 ? 1.0 : 2.0; };
  auto const shares = [](estimators::CensoredSample const& s) {
    std::map<std::string, double> result;
    double bounded = 0;
    for (std::size_t i = 0; i < s.times.size(); ++i) {
      auto const kind = s.times[i] == -infinity ? "left" : s.uppers[i] == infinity ? "right" : "between";
      result[kind] += 1 / static_cast<double>(s.times.size());
      if (kind != std::string("between")) continue;
      result["length"] += s.uppers[i] - s.times[i];
      bounded += 1;
    }
    result["length"] /= bounded;
    return result;
  };
  std::size_t const n = 20'000;
  sim::Stream<double> stream({.seed = 5, .scenario = 3, .replicate = 0});
  estimators::CensoredSample sample{std::vector<double>(n), std::vector<char>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    double const x = stream.exponential() / rate, lost = stream.open_uniform() < 0.5 ? 6 : 9;
    double seen = -infinity, next = length(stream);
    while (next < x && next <= lost) {
      seen = next;
      next += length(stream);
    }
    sample.times[i] = seen;
    sample.uppers[i] = infinity;
    if (next <= lost) sample.uppers[i] = next;
  }
  IntervalCensoring const censoring(*estimators::life_law("exponential"), {rate}, sample);
  std::vector<double> lives(n);
  for (double& x : lives) x = stream.exponential() / rate;
  auto const went_in = shares(sample);
  auto came_out = shares(drawn(censoring, lives));
  for (auto const* const what : {"left", "between", "right"})
    EXPECT_NEAR(came_out[what], went_in.at(what), 0.02) << what;
  // A gap is cut where the unit is lost, which shortens them a little. Lengths drawn without weights would be 1.72.
  EXPECT_LT(came_out["length"], went_in.at("length") + 0.02);
  EXPECT_GT(came_out["length"], went_in.at("length") - 0.08);
}

/// Lives of rate r looked at once, at 1: the number d of n that are over by then is binomial, the estimate is
/// -log(1 - d/n), and Wald's interval by the observed information misses where the sum over d says so.
TEST(IntervalCensored, FindsTheExactCoverageOfOneInspection) {
  int const n = 12, over = 5;
  Observations data{.name = "looks.csv"};
  for (int i = 0; i < n; ++i) {
    data.values.push_back(i < over ? -infinity : 1);
    data.uppers.push_back(i < over ? 1 : infinity);
    data.is_observed.push_back(false);
  }
  auto const fitted = fit_censored_data(law_named("exponential"), data, 0.95);
  double const rate = -std::log(1 - over / 12.0);
  EXPECT_NEAR(fitted.fit.theta[0], rate, 1e-7);
  DiagnosisSettings settings;
  settings.replicates = 40'000;
  auto const diagnosis = diagnose_censored(fitted, settings);
  double covered = 0, known = 0;
  for (int d = 1; d < n; ++d) {  // 0 and n have no estimate
    double const p = d / 12.0, estimate = -std::log(1 - p);
    double const error = std::sqrt(p / ((1 - p) * n));  // n (1 - p)/p is the observed information in the rate
    double const probability = std::exp(std::lgamma(n + 1.0) - std::lgamma(d + 1.0) - std::lgamma(n - d + 1.0)) *
                               std::pow(over / 12.0, d) * std::pow(1 - over / 12.0, n - d);
    known += probability;
    if (std::fabs(estimate - rate) <= 1.959963984540054 * error) covered += probability;
  }
  double const coverage = covered / known;
  EXPECT_NEAR(diagnosis.diagnosis.parameters[0].wald.value, coverage,
              4.5 * std::sqrt(coverage * (1 - coverage) / 40'000));
  EXPECT_NEAR(static_cast<double>(diagnosis.diagnosis.failed) / 40'000, 1 - known,
              4.5 * std::sqrt(known * (1 - known) / 40'000));
}

}  // namespace
}  // namespace fisherlab::runs
