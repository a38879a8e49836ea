#include "runs/diagnosis/censored/censored_widths.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censored_calibration.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

/// tests/data/life.csv, its hours by the exponential law.
CensoredData exponential_lives() {
  auto const data =
      read_observations(std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv", {.values = "hours", .event = "failed"});
  return fit_censored_data(test::law("exponential", {1}).model, data, 0.95);
}

DiagnosisSettings few_samples() {
  DiagnosisSettings settings;
  settings.replicates = 1024;
  return settings;
}

double middle(std::vector<double> x) {
  std::ranges::sort(x);
  return x[x.size() / 2];
}

// With d ends in the total time T: Wald d/T -+ z sqrt(d)/T; score T rate = d + z^2/2 -+ z sqrt(d + z^2/4).
TEST(CensoredWidths, AreMediansOfTheFormulas) {
  auto const data = exponential_lives();
  CensoredDraws const draws(data);
  auto found = diagnose_censored(data, few_samples()).diagnosis;
  ASSERT_TRUE(std::isnan(found.parameters[0].wald_width));
  add_censored_widths(data.fitted.law(), draws, few_samples(), found);
  double const z = normal_quantile(0.975);
  std::vector<double> wald, score;
  auto const samples = draws.of(data.fitted.law(), data.n(), {few_samples().seed, "censored widths"});
  for (std::int64_t first = 0; first < 101; first += 8)
    samples(first, static_cast<int>(std::min<std::int64_t>(8, 101 - first)), [&](int, auto const& sample) {
      double ends = 0, time = 0;
      for (std::size_t i = 0; i < sample.times.size(); ++i) {
        ends += sample.is_observed[i];
        time += sample.times[i];
      }
      wald.push_back(2 * z * std::sqrt(ends) / time);
      score.push_back(2 * z * std::sqrt(ends + z * z / 4) / time);
    });
  ASSERT_EQ(wald.size(), 101u);
  EXPECT_NEAR(found.parameters[0].wald_width, middle(wald), 1e-5 * middle(wald));
  EXPECT_NEAR(found.parameters[0].score_width, middle(score), 1e-5 * middle(score));
  EXPECT_GT(std::fabs(middle(wald) - middle(score)), 1e-3 * middle(wald)) << "the two could be mistaken";
}

// The median width is that of other samples than the data: a long interval on these data does not count.
TEST(CensoredWidths, DecideWhatIsRecommended) {
  auto data = exponential_lives();
  CensoredDraws const draws(data);
  auto const settings = few_samples();
  auto found = diagnose_censored(data, settings).diagnosis;
  std::vector<FunctionFit> none;
  add_calibrated_censored(data, draws, {}, settings, found, none);
  add_censored_widths(data.fitted.law(), draws, settings, found);
  auto intervals = intervals_of(data.fitted.fit.parameters[0], &found.parameters[0]);
  ASSERT_EQ(intervals.size(), 4u);
  for (auto& i : intervals) {
    EXPECT_GT(i.width, 0) << i.name;
    i.coverage = {0.95, 0};
    i.range = {};
  }
  auto const shortest = std::ranges::min_element(intervals, {}, &JudgedInterval::width);
  auto const name = shortest->name;
  shortest->on_data.upper += 1;
  EXPECT_EQ(recommended(intervals, 0.95).name, name);
  for (auto& i : intervals) i.width = not_known;
  EXPECT_NE(recommended(intervals, 0.95).name, name) << "without widths the data decide";
}

// Of more lives the widths on the data say the same.
TEST(CensoredWidths, AreNotLookedForInLargeSamples) {
  auto const data = exponential_lives();
  CensoredDraws const draws(data);
  Diagnosis large;
  large.n = 1001;
  large.parameters.resize(1);
  add_censored_widths(data.fitted.law(), draws, few_samples(), large);
  EXPECT_TRUE(std::isnan(large.parameters[0].wald_width));
}

}  // namespace
}  // namespace fisherlab::runs
