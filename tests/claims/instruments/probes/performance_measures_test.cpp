#include "claims/instruments/probes/performance_measures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "claims/instruments/maps/whitening.hpp"
#include "estimators/catalogue.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/replicates.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

constexpr std::uint64_t seed = 17;
constexpr double z = 1.959963984540054;

/// Every estimate and reported standard error of one component, as a textbook program would keep them.
struct Stored {
  std::vector<double> estimates;
  std::vector<double> std_errors;
  std::int64_t failed = 0;
};

Stored simulate(Scenario const& scenario, estimators::Estimator const& estimator, std::size_t a, std::int64_t count) {
  auto const& data = scenario.setting.data;
  Stored stored;
  sim::Sample sample(scenario.n, 1);
  estimators::Estimates estimates;
  for (std::int64_t r = 0; r < count; r += sim::lane_count) {
    data.model->draw(data.theta, {seed, scenario.stream(), static_cast<std::uint64_t>(r)}, sample);
    estimator.estimate(sample, estimates);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if (((estimates.found >> lane) & 1) == 0) {
        ++stored.failed;
        continue;
      }
      stored.estimates.push_back(estimates.value[a][lane]);
      if (!estimates.std_error.empty()) stored.std_errors.push_back(estimates.std_error[a][lane]);
    }
  }
  return stored;
}

std::vector<PerformanceRow> rows_of(Scenario const& scenario, estimators::AnyEstimator const& estimator,
                                    std::int64_t count) {
  auto const probe = performance_probe(scenario.setting.model, 0, estimator, scenario.n, 0.95);
  sim::Tally tally(probe.shape);
  runs::fold_replicates(scenario, {&probe}, {seed, 0, count}, {.threads = 1, .stop = {}, .advance = {}}, {&tally});
  return performance_rows(scenario, *estimator, tally, 0.95);
}

double mean(std::vector<double> const& x) {
  double sum = 0;
  for (double const v : x) sum += v;
  return sum / static_cast<double>(x.size());
}

double variance(std::vector<double> const& x) {
  double const m = mean(x);
  double sum = 0;
  for (double const v : x) sum += (v - m) * (v - m);
  return sum / static_cast<double>(x.size() - 1);
}

template <class Function>
std::vector<double> mapped(std::vector<double> const& x, Function f) {
  std::vector<double> result;
  for (double const v : x) result.push_back(f(v));
  return result;
}

void expect_close(double found, double expected, char const* what) {
  EXPECT_NEAR(found, expected, 1e-9 * std::fabs(expected)) << what;
}
void expect_close(Estimated const& found, double value, double mcse, char const* what) {
  expect_close(found.value, value, what);
  expect_close(found.mcse, mcse, what);
}

// Formulas and Monte Carlo standard errors of Morris, White and Crowther (2019), table 6; those of the empirical
// standard error and of the mean square error from moments and not from a normal law.
TEST(PerformanceMeasures, AreThoseOfTheStoredEstimates) {
  auto const law = test::law("gamma", {2.5, 1.3});
  Scenario const scenario{{law, law, {}}, 12};
  auto const mle = estimators::make_estimator("mle", law.model);
  auto const rows = rows_of(scenario, mle, 4096);
  ASSERT_EQ(rows.size(), 2u);
  for (std::size_t a = 0; a < 2; ++a) {
    auto const& row = rows[a];
    auto const stored = simulate(scenario, *mle, a, 4096);
    auto const& e = stored.estimates;
    double const truth = law.theta[a];
    auto const count = static_cast<double>(e.size());
    EXPECT_EQ(row.model, "gamma");
    EXPECT_EQ(row.parameters, "shape=2.5;rate=1.3");
    EXPECT_EQ(row.n, 12);
    EXPECT_EQ(row.estimator, "mle");
    EXPECT_EQ(row.component, a == 0 ? "shape" : "rate");
    EXPECT_EQ(row.replicates, 4096);
    EXPECT_EQ(row.failed, stored.failed);
    EXPECT_EQ(row.truth, truth);

    double const m = mean(e);
    double const emp_se = std::sqrt(variance(e));
    expect_close(row.mean.value(), m, "mean");
    expect_close(row.bias, m - truth, emp_se / std::sqrt(count), "bias");
    auto const squares = mapped(e, [&](double x) { return (x - m) * (x - m); });
    expect_close(row.emp_se.value, emp_se, "emp_se");
    auto const errors = mapped(e, [&](double x) { return (x - truth) * (x - truth); });
    expect_close(row.mse, mean(errors), std::sqrt(variance(errors) / count), "mse");

    auto const variances = mapped(stored.std_errors, [](double s) { return s * s; });
    double const model_se = std::sqrt(mean(variances));
    double const relative = variance(variances) / (4 * count * mean(variances) * mean(variances));
    expect_close(*row.model_se, model_se, model_se * std::sqrt(relative), "model_se");
    EXPECT_NEAR(row.relative_se_error->value, model_se / emp_se - 1, 1e-9);
    std::vector<double> emp_without, ratio_without;  // each replicate in turn
    for (std::size_t r = 0; r < e.size(); ++r) {
      double const emp = std::sqrt((variance(e) * (count - 1) - squares[r] * count / (count - 1)) / (count - 2));
      emp_without.push_back(emp);
      ratio_without.push_back(std::sqrt((mean(variances) * count - variances[r]) / (count - 1)) / emp);
    }
    // The jackknife; its expansion is good to terms of the order of a replicate's fifth power.
    double const factor = (count - 1) / std::sqrt(count);
    EXPECT_NEAR(row.emp_se.mcse / (factor * std::sqrt(variance(emp_without))), 1, 2e-3);
    EXPECT_NEAR(row.relative_se_error->mcse / (factor * std::sqrt(variance(ratio_without))), 1, 2e-3);

    double held = 0, held_mean = 0;
    for (std::size_t k = 0; k < e.size(); ++k) {
      held += std::fabs(e[k] - truth) <= z * stored.std_errors[k];
      held_mean += std::fabs(e[k] - m) <= z * stored.std_errors[k];
    }
    double const coverage = held / count;
    expect_close(*row.coverage, coverage, std::sqrt(coverage * (1 - coverage) / count), "coverage");
    // From histograms: what lies in the cells of the two ends is shared out, a few replicates of 4,096.
    EXPECT_NEAR(row.be_coverage->value, held_mean / count, 5 / count);
    std::vector<double> influence;  // of a replicate: whether its interval holds m, and how it moves m
    double ends = 0;                // f_L(m) - f_U(m)
    double const width = 0.2 * emp_se;
    for (std::size_t k = 0; k < e.size(); ++k)
      for (double const sign : {-1.0, 1.0})
        ends -= sign * (std::fabs(e[k] + sign * z * stored.std_errors[k] - m) <= width) / (2 * width * count);
    for (std::size_t k = 0; k < e.size(); ++k)
      influence.push_back((std::fabs(e[k] - m) <= z * stored.std_errors[k]) + ends * e[k]);
    EXPECT_NEAR(row.be_coverage->mcse / std::sqrt(variance(influence) / count), 1, 0.02);

    double const bound = component_bound(law, mle->target(law.theta), a) / 12;
    expect_close(row.bound.value(), bound, "bound");
    expect_close(row.efficiency.value(), bound / variance(e), "efficiency");
    EXPECT_LT(*row.efficiency_lower, *row.efficiency);
    EXPECT_GT(*row.efficiency_upper, *row.efficiency);
  }
}

TEST(PerformanceMeasures, LeaveOutWhatIsNotDefined) {
  auto const normal = test::law("normal_mean", {2, 3});
  auto const median =
      rows_of({{normal, normal, {}}, 11}, estimators::make_estimator("sample_median", normal.model), 1024);
  ASSERT_EQ(median.size(), 1u);
  EXPECT_EQ(median[0].component, "median of x");
  EXPECT_FALSE(median[0].model_se || median[0].relative_se_error || median[0].coverage || median[0].be_coverage);
  EXPECT_TRUE(median[0].bound && median[0].efficiency);

  auto const uniform = test::law("uniform", {3});  // outside the hypotheses: a formal bound is no bound
  auto const maximum = rows_of({{uniform, uniform, {}}, 11}, estimators::make_estimator("mle", uniform.model), 1024);
  EXPECT_FALSE(maximum[0].bound || maximum[0].efficiency || maximum[0].efficiency_lower);
  EXPECT_LT(maximum[0].bias.value, 0);
}

// Bernoulli data read as normal: five equal observations have no spread, and the fit of the deviation fails.
TEST(PerformanceMeasures, CountFailedFitsAndLeaveThemOut) {
  auto const normal = test::law("normal", {0.5, 0.5});
  Scenario const scenario{{normal, test::law("bernoulli", {0.5}), {}}, 5};
  auto const mle = estimators::make_estimator("mle", normal.model);
  auto const stored = simulate(scenario, *mle, 0, 4096);
  auto const rows = rows_of(scenario, mle, 4096);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_NEAR(static_cast<double>(rows[0].failed) / 4096, 0.0625, 5 * std::sqrt(0.0625 * 0.9375 / 4096));
  EXPECT_EQ(rows[0].failed, stored.failed);
  EXPECT_EQ(rows[0].replicates, 4096);
  expect_close(rows[0].mean.value(), mean(stored.estimates), "mean");
  expect_close(rows[0].emp_se.value, std::sqrt(variance(stored.estimates)), "emp_se");

  auto const all_fail = rows_of({{normal, normal, {}}, 1}, mle, 1024);
  ASSERT_EQ(all_fail.size(), 2u);
  EXPECT_EQ(all_fail[0].failed, 1024);
  EXPECT_FALSE(all_fail[0].coverage || all_fail[0].efficiency);
}

// A Monte Carlo standard error is the spread of its measure over studies: 256 studies of 1,024 replicates. The ratio of
// the two spreads has a standard error of 1/sqrt(2 x 255) = 4.4 %, more where tails are heavy; 20 % are allowed.
TEST(PerformanceMeasures, StandardErrorsAreTheSpreadOverStudies) {
  auto const law = test::law("normal", {2, 3});
  Scenario const scenario{{law, law, {}}, 15};
  auto const mle = estimators::make_estimator("mle", law.model);
  auto const probe = performance_probe(law, 0, mle, scenario.n, 0.95);
  std::vector<std::vector<double>> values(7), mcses(7);
  for (std::int64_t study = 0; study < 256; ++study) {
    sim::Tally tally(probe.shape);
    runs::fold_replicates(scenario, {&probe}, {seed, 1024 * study, 1024 * (study + 1)},
                          {.threads = 1, .stop = {}, .advance = {}}, {&tally});
    auto const row = performance_rows(scenario, *mle, tally, 0.95)[1];
    std::size_t k = 0;
    for (auto const& measure :
         {row.bias, row.emp_se, row.mse, *row.model_se, *row.relative_se_error, *row.coverage, *row.be_coverage}) {
      values[k].push_back(measure.value);
      mcses[k++].push_back(measure.mcse);
    }
  }
  for (std::size_t k = 0; k < values.size(); ++k)
    EXPECT_NEAR(std::sqrt(variance(values[k])) / mean(mcses[k]), 1, 0.2) << "measure " << k;
}

// One replicate has no spread: nothing is defined, and nothing is written as 0.
TEST(PerformanceMeasures, AreNotDefinedForOneReplicate) {
  auto const law = test::law("gamma", {2.5, 1.3});
  Scenario const scenario{{law, law, {}}, 12};
  auto const rows = rows_of(scenario, estimators::make_estimator("mle", law.model), 1);
  ASSERT_EQ(rows.size(), 2u);
  for (auto const& row : rows) {
    for (double const number : {row.bias.value, row.bias.mcse, row.emp_se.value, row.mse.mcse})
      EXPECT_TRUE(std::isnan(number));
    EXPECT_FALSE(row.mean || row.model_se || row.relative_se_error || row.coverage || row.be_coverage ||
                 row.efficiency);
  }
  std::string const csv = table_csv(rows).bytes;
  EXPECT_EQ(csv.find("nan"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",,,,,,,,,"), std::string::npos) << csv;
}

}  // namespace
}  // namespace fisherlab::claims
