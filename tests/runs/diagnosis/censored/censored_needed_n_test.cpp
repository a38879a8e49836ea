#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/needed_n.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

Needs searched(DiagnosisSettings const& settings) {
  std::vector<double> const lives = {0.5, 1, 1.5, 2, 2, 2.5, 3, 3.5, 4, 5};
  auto const data = fit_censored_data(sim::make_model("exponential", {}),
                                      {"lives", lives, std::vector<bool>(lives.size(), true), {}}, 0.95);
  CensoredDraws const draws(data);
  auto const law = data.fitted.law();
  auto const at = [&](std::int64_t n, DiagnosisSettings const& there) {
    return diagnose_censored_at(law, n, draws, {}, there).diagnosis;
  };
  return search_needed_n(at, {.replicates = settings.replicates, .observations = 6e7}, {}, at(10, settings), settings)
      .front();
}

// Without censoring rate_hat = n/sum has variance rate^2 n^2/((n - 1)^2 (n - 2)): n Var is within 5 % from the n on
// where n^3/((n - 1)^2 (n - 2)) <= 1.05, which is 83.
TEST(CensoredNeededN, IsThatOfTheExactVarianceWithoutCensoring) {
  auto const ratio = [](double n) { return n * n * n / ((n - 1) * (n - 1) * (n - 2)); };
  ASSERT_GT(ratio(82), 1.05);
  ASSERT_LE(ratio(83), 1.05);
  DiagnosisSettings settings;
  settings.replicates = 65'536;
  auto const needs = searched(settings);
  ASSERT_TRUE(needs.variance && needs.variance->n);
  EXPECT_NEAR(static_cast<double>(*needs.variance->n), 83, 4 * needs.variance->error);
  EXPECT_LT(needs.variance->error, 20);
}

TEST(CensoredNeededN, SaysThatThereWasNoTime) {
  DiagnosisSettings settings;
  settings.replicates = 8192;
  settings.seconds_left = [] { return -1.0; };
  auto const needs = searched(settings);
  ASSERT_TRUE(needs.variance);
  EXPECT_EQ(needs.variance->text(), "n above 10 (--budget left no time for more)");
}

}  // namespace
}  // namespace fisherlab::runs
