#include "reports/tables/calibration_table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "findings/csv/table_csv.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab::reports {
namespace {

/// Counts out of 200 runs.
CalibrationRow row(std::string const& claim, DefectKind kind, double size, std::int64_t verified,
                   std::int64_t refuted) {
  return {.claim = claim,
          .model = "gamma(shape=2.5;rate=1.3) n=5 estimator=a,\"b\"",
          .defect = kind,
          .size = size,
          .runs = 200,
          .verified = verified,
          .refuted = refuted,
          .inconclusive = 200 - verified - refuted};
}

std::vector<CalibrationRow> sample_rows() {
  using enum DefectKind;
  auto control = row("score-mean", none, 0, 1, 150);
  control.expected = Expectation::refuted;
  control.model += " control";
  auto other_case = row("efficiency", information, 0.2, 0, 200);
  other_case.model = "normal(mean=2;sd=3) n=10";
  return {row("score-mean", none, 0, 190, 3),
          row("score-mean", information, 0.2, 200, 0),
          row("score-mean", score, 0.01, 100, 0),
          row("score-mean", score, 0.02, 0, 198),
          row("score-mean", score, 0.05, 0, 199),
          row("score-mean", score, 0.1, 0, 200),
          row("score-mean", shift, 0.1, 100, 20),
          row("score-mean", shift, 0.2, 0, 150),
          control,
          row("efficiency", none, 0, 200, 0),
          row("efficiency", information, 0.05, 0, 200),
          row("efficiency", information, 0.1, 0, 200),
          row("efficiency", information, 0.2, 0, 200),
          other_case};
}

std::vector<FarRow> sample_far() {
  return {{"score-mean", "gamma(shape=2.5;rate=1.3) n=5", "norm of the whitened mean score", {8e-4, 2048}, 20'000, 15},
          {"attainment", "poisson(mean=3.5) n=5", "efficiency of sample_mean", {8e-4, 2048}, 20'000, 40}};
}

TEST(CalibrationCsv, HasTheApprovedBytes) {
  auto rows = sample_rows();
  for (auto const& far : sample_far()) rows.push_back(far.as_calibration_row());
  test::expect_golden("calibration.csv", table_csv(rows).bytes);
}

TEST(CalibrationCsv, CountsTheVerifiedRunsOfAControl) {
  EXPECT_EQ(sample_rows()[0].counted(), 3);
  EXPECT_EQ(sample_rows()[8].counted(), 1);
  EXPECT_EQ(sample_rows()[3].counted(), 198);
}

TEST(CalibrationTable, HasTheApprovedText) {
  test::expect_golden("calibration_table.txt",
                      calibration_table(sample_rows(), 0.1, 100) + '\n' + far_table(sample_far(), {2e-9, 65'536}, 100));
}

TEST(CalibrationTable, NamesTheClaimsThatContradict) {
  auto const rows = std::vector{row("coverage", DefectKind::none, 0, 100, 100)};
  EXPECT_NE(calibration_table(rows, 0.1, 100).find("these claims contradict it: coverage. Do not trust"),
            std::string::npos);
  EXPECT_NE(calibration_table({}, 0.1, 100).find("No planted truth was put to the test."), std::string::npos);
  EXPECT_NE(far_table({}, {2e-9, 65'536}, 100).find("no far level was checked"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::reports
