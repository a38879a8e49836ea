#include "reports/tables/calibration_table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "findings/csv/table_csv.hpp"
#include "reports/tables/calibration_md.hpp"
#include "reports/tables/far_table.hpp"
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
  std::vector<FarRow> rows(6);
  for (auto& row : rows) {
    row.claim = "score-mean";
    row.model = "gamma(shape=2.5;rate=1.3) n=5";
    row.n = "5";
    row.statistic = "norm of the whitened mean score";
    row.basis = "tilted";
    row.replicates = 65'536;
    row.error = 1.5e-9;
    row.samples = 400;
    row.effective = 61.5;
  }
  rows[0].factor = 0.28, rows[0].lower = 0.2, rows[0].upper = 0.36;
  rows[1].claim = "attainment", rows[1].factor = 1.25, rows[1].lower = 1, rows[1].upper = 1.5;
  rows[2].basis = "proof", rows[2].factor = rows[2].lower = rows[2].upper = 0.25;
  rows[3].factor = rows[3].lower = rows[3].upper = 0;
  rows[3].basis = "open", rows[3].note = "too skewed for 65,536 replicates: about 2 million";
  rows[4].basis = "unsettled", rows[4].note = "no sample from any tilt missed";
  rows[5].basis = "unexamined", rows[5].claim = "asymptotic-variance";
  rows[5].note = "it rests on the means of 35 numbers, and tilts are found for at most 12";
  return rows;
}

TEST(CalibrationCsv, HasTheApprovedBytes) { test::expect_golden("calibration.csv", table_csv(sample_rows()).bytes); }

TEST(FarCsv, HasTheApprovedBytes) { test::expect_golden("far.csv", table_csv(sample_far()).bytes); }

TEST(CalibrationCsv, CountsTheVerifiedRunsOfAControl) {
  EXPECT_EQ(sample_rows()[0].counted(), 3);
  EXPECT_EQ(sample_rows()[8].counted(), 1);
  EXPECT_EQ(sample_rows()[3].counted(), 198);
}

TEST(CalibrationTable, HasTheApprovedText) {
  test::expect_golden("calibration_table.txt",
                      calibration_table(sample_rows(), 0.1, 100) + '\n' + far_table(sample_far(), {1e-6, 200}, 100));
}

TEST(CalibrationTable, NamesTheClaimsThatContradict) {
  auto const rows = std::vector{row("coverage", DefectKind::none, 0, 100, 100)};
  EXPECT_NE(calibration_table(rows, 0.1, 100).find("these claims contradict it: coverage. Do not trust"),
            std::string::npos);
  EXPECT_NE(calibration_table({}, 0.1, 100).find("No planted truth was put to the test."), std::string::npos);
  EXPECT_NE(far_table({}, {1e-6, 200}, 100).find("No finding was examined"), std::string::npos);
}

TEST(CalibrationMarkdown, HasEveryClaimWithWhatItSeesAndItsControl) {
  RecordedRun run;
  run.manifest.study_name = "power";
  run.manifest.study = "text";
  run.manifest.seed = 3;
  run.manifest.family_error = 0.1;
  run.calibration = sample_rows();
  std::vector<ClaimCard> cards(2);
  cards[0].id = "score-mean", cards[0].control = "a law | of its own";
  cards[1].id = "leave-one-out", cards[1].control = "half";
  auto const page = calibration_markdown(run, cards);
  EXPECT_NE(page.find(power_mark("text")), std::string::npos);
  EXPECT_NE(page.find("calibrate power --runs 200`, seed 3"), std::string::npos) << page;
  EXPECT_NE(page.find("| `score-mean` | not seen | 0.02 | above 0.2 | a law \\| of its own |\n"), std::string::npos)
      << page;
  EXPECT_NE(page.find("| `leave-one-out` | - | - | - | half |\n"), std::string::npos) << page;
}

TEST(FarTable, SaysThatASumContradicts) {
  auto rows = std::vector(1, sample_far()[1]);
  EXPECT_EQ(far_table(rows, {1e-6, 1}, 100).find("That contradicts it"), std::string::npos);
  rows[0].lower = 1.2;
  EXPECT_NE(far_table(rows, {1e-6, 1}, 100).find("That contradicts it"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::reports
