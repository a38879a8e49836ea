#include "runs/calibration/calibration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/calibration/far_level.hpp"
#include "tests/support/calibration_cases.hpp"

namespace fisherlab::runs {

using namespace claims;
using namespace test::calibration;
namespace {

runs::Calibration const& calibrated() {
  static auto const result = calibrate(a_few(), budget(), 50, {});
  return result;
}

CalibrationRow const* find(std::string const& claim, DefectKind kind, double size) {
  auto const& rows = calibrated().rows;
  auto const found = std::ranges::find_if(
      rows, [&](CalibrationRow const& r) { return r.claim == claim && r.defect == kind && r.size == size; });
  return found == rows.end() ? nullptr : &*found;
}

TEST(Calibrate, CountsAddUpAndRowsAreUnique) {
  auto const& rows = calibrated().rows;
  std::set<std::string> names;
  int truths = 0;
  for (auto const& row : rows) {
    EXPECT_EQ(row.runs, 50);
    EXPECT_EQ(row.verified + row.refuted + row.inconclusive, row.runs);
    auto const rate = row.rate();
    EXPECT_LE(rate.lower, rate.upper);
    EXPECT_EQ(rate.estimate, static_cast<double>(row.counted()) / 50);
    names.insert(row.claim + row.model + std::string(to_string(row.defect)) + std::to_string(row.size));
    truths += row.defect == DefectKind::none;
  }
  EXPECT_EQ(names.size(), rows.size());
  EXPECT_EQ(truths, 3) << "a case that only reports is left out";
  EXPECT_TRUE(std::ranges::is_sorted(std::span(rows).first(5), {}, &CalibrationRow::defect));
}

TEST(Calibrate, PlantedTruthsAreWrongNoOftenerThanDeclared) {
  int runs = 0;
  for (auto const& row : calibrated().rows) {
    if (row.defect != DefectKind::none) continue;
    EXPECT_FALSE(contradicts(row.counted(), row.runs, 0.1)) << row.claim << ' ' << row.model;
    runs += static_cast<int>(row.runs);
  }
  EXPECT_EQ(runs, 150);
  EXPECT_TRUE(contradicting_claims(calibrated().rows, 0.1).empty());
  auto const* const control = &calibrated().rows.back();
  EXPECT_NE(control->model.find("control"), std::string::npos);
  EXPECT_EQ(control->refuted, 50);
  EXPECT_EQ(control->counted(), 0) << "a control that is refuted is right";
}

TEST(Calibrate, FindsAFifthOfInformationAndNothingTooSmall) {
  auto const* const large = find("attainment", DefectKind::information, 0.2);
  ASSERT_NE(large, nullptr);
  EXPECT_EQ(large->refuted, 50);
  auto const* const score = find("score-mean", DefectKind::score, 0.1);
  ASSERT_NE(score, nullptr);
  EXPECT_EQ(score->refuted, 50);
  auto const* const tiny = find("score-mean", DefectKind::score, 0.005);  // asked while larger ones are seen
  EXPECT_TRUE(tiny == nullptr || tiny->refuted < 50);
}

TEST(Calibrate, DoesNotClaimToSeeWhatAClaimDoesNotUse) {
  auto const* const row = find("attainment", DefectKind::score, 0.2);
  ASSERT_NE(row, nullptr) << "attainment looks at estimates, not at scores";
  EXPECT_FALSE(row->rate().lower > 0.1);
}

TEST(Calibrate, GivesTheSameForAnyNumberOfThreads) {
  auto const subjects = a_few();
  auto const one = calibrate(std::span(subjects).first(1), budget(1), 8, {});
  auto const three = calibrate(std::span(subjects).first(1), budget(3), 8, {});
  EXPECT_EQ(one.rows, three.rows);
  EXPECT_EQ(one.fingerprint, three.fingerprint);
  EXPECT_EQ(one.replicates, three.replicates);
}

TEST(Calibrate, GivesARowThatDoesNotDependOnTheOthers) {
  auto const subjects = a_few();
  auto const alone = calibrate(std::span(subjects).subspan(1, 1), budget(), 50, {});
  for (auto const& row : alone.rows) {
    auto const* const among = find(row.claim, row.defect, row.size);
    ASSERT_NE(among, nullptr);
    EXPECT_EQ(among->refuted, row.refuted);
    EXPECT_EQ(among->verified, row.verified);
  }
}

TEST(Calibrate, TellsAControlThatIsVerified) {
  auto const sound = subject_of({.claim = "score-mean",
                                 .model = test::law("normal_mean", {-4, 0.5}),
                                 .sizes = {5},
                                 .options = {{"margin", "0.1"}}},
                                Expectation::refuted);
  auto const result = calibrate(std::span(&sound, 1), budget(), 20, {});
  ASSERT_EQ(result.rows.size(), 1u) << "nothing is planted on a control";
  EXPECT_EQ(result.rows[0].counted(), 20);
  EXPECT_EQ(contradicting_claims(result.rows, 0.1), std::vector<std::string>{"score-mean"});
}

TEST(Calibrate, StopsBetweenRowsAtTheDeadlineAndInsideThemWhenTold) {
  auto const subjects = a_few();
  runs::CalibrationHooks late;
  double clock = 0;
  late.elapsed_seconds = [&] { return clock += 1; };
  auto settings = budget();
  settings.deadline_seconds = 6;
  auto const short_one = calibrate(subjects, settings, 3, late);
  EXPECT_TRUE(short_one.deadline_reached);
  EXPECT_EQ(short_one.rows.size(), 3u) << "a row takes a second and another passes between rows";
  for (auto const& row : short_one.rows) EXPECT_EQ(row.defect, DefectKind::none) << "truths come first";

  runs::CalibrationHooks told;
  int asked = 0;
  told.stop = [&] { return ++asked > 100; };
  auto const stopped = calibrate(subjects, budget(), 50, told);
  EXPECT_TRUE(stopped.interrupted);
  EXPECT_LT(stopped.rows.size(), calibrated().rows.size());
  for (auto const& row : stopped.rows) EXPECT_EQ(row.runs, 50);
}

TEST(Calibrate, RefusesWhatHasNothingToRepeat) {
  auto const subjects = a_few();
  EXPECT_THROW(calibrate(subjects, budget(), 0, {}), InputError);
  EXPECT_THROW(calibrate(std::span(subjects).last(1), budget(), 5, {}), InputError);
}

TEST(Calibrate, NamesItsCases) {
  test::Trial const trial{.claim = "cramer-rao",
                          .model = test::law("normal_mean", {-4, 0.5}),
                          .sizes = {5, 10},
                          .options = {{"margin", "0.02"}},
                          .estimator = "sample_mean",
                          .defect = {.information_factor = 1.5}};
  EXPECT_EQ(runs::case_text(subject_of(trial, Expectation::refuted).the_case),
            "normal_mean(mean=-4;sd=0.5) [information x 1.5] n=5;10 estimator=sample_mean margin=0.02 control");
}

TEST(Contradicts, IsTheExactBinomialTail) {
  EXPECT_FALSE(contradicts(0, 10, 0.1));
  EXPECT_FALSE(contradicts(5, 10, 0.1));  // P(X >= 5) = 1.6e-3
  EXPECT_FALSE(contradicts(7, 10, 0.1));  // 9.1e-6
  EXPECT_TRUE(contradicts(8, 10, 0.1));   // 3.7e-7
  EXPECT_FALSE(contradicts(2, 1000, 1e-5));
  EXPECT_TRUE(contradicts(4, 1000, 1e-5));
}

TEST(Contradicts, SaysWhatANumberOfRunsCanShow) {
  // 1 wrong run in 1 / 4 in 300 contradict: P(X >= 3) = 4.4e-12 at 1e-6; one needs 1 - (1 - r)^300 = 0.95 for one.
  EXPECT_TRUE(contradicts(2, 300, 1e-6));
  EXPECT_FALSE(contradicts(1, 300, 1e-6)) << "one wrong run in 300 is no evidence against 1e-6 at this strength";
  EXPECT_NEAR(smallest_rate_shown(300, 1e-6), 0.0157, 2e-4);  // two of 300 with probability 0.95
  EXPECT_EQ(smallest_rate_shown(1, 0.1), 1);
  CalibrationRow row;
  row.runs = 1000;
  row.refuted = 2;
  EXPECT_TRUE(contradicts_in_sum(std::vector<CalibrationRow>(4, row), 1e-4));
}

TEST(FarLevel, IsThatOfALookOverAllFindings) {
  runs::RunSettings settings;
  settings.first_replicates = 5000;
  auto const level = level_of_look(settings, 250, 0);
  EXPECT_EQ(level.replicates, 5120);
  EXPECT_NEAR(level.charged, 1e-6 / 250 * (1 - std::sqrt(0.5)), 1e-18);
  EXPECT_NEAR(level.alpha, level.charged / Plan::reserve, 1e-18);
  EXPECT_EQ(level_of_look(settings, 250, 2).replicates, 20'480);
}

TEST(FarLevel, FindsNoIntervalThatSkewnessSpoils) {
  auto const check = check_far_level(far_subjects(), far_settings(), {});
  ASSERT_GE(check.rows.size(), 3u);
  EXPECT_EQ(check.findings, static_cast<std::int64_t>(check.rows.size()));
  EXPECT_EQ(check.rows[0].basis, "proof");
  auto const& skewed = check.rows[1];
  EXPECT_EQ(skewed.basis, "tilted") << skewed.note;
  ASSERT_TRUE(skewed.is_known());
  EXPECT_GT(*skewed.factor, 0.05);
  EXPECT_LT(*skewed.upper, 1.0) << "a quarter of the charge, times at most 1.6";
  EXPECT_LT(far_sum(check.rows).upper, 1);
}

/// At the level of a night: critical values that were 8 % larger missed 1.5 times as often as they were charged for.
TEST(FarLevel, CoversTheSkewnessThatControlsLeave) {
  auto settings = far_settings();
  settings.study.family_error = 3.8e-10;
  settings.study.first_replicates = 65'536;
  settings.study.max_replicates = 65'536;
  settings.samples = 100;
  auto const subject = subject_of({.claim = "consistency",
                                   .model = test::law("exponential", {0.4}),
                                   .sizes = {20, 40, 80, 160, 320},
                                   .options = {{"rate", "none"}, {"margin", "0.02"}}});
  auto const check = check_far_level(std::span(&subject, 1), settings, {});
  ASSERT_EQ(check.rows.size(), 1u);
  auto const& row = check.rows[0];
  ASSERT_EQ(row.basis, "tilted") << row.note;
  EXPECT_NEAR(row.error, 1.1e-10, 0.1e-10);
  EXPECT_GT(*row.lower, 1e-3) << "it does happen";
  EXPECT_LT(*row.upper, 1);
}

TEST(FarLevel, PartsAreTheWholeAndDependOnNothingElse) {
  auto const whole = check_far_level(far_subjects(), far_settings(), {});
  std::vector<FarRow> parts;
  for (std::int64_t part = 0; part < 2; ++part) {
    auto const some = check_far_level(far_subjects(), far_settings(part, 2), {});
    EXPECT_EQ(some.findings, whole.findings);
    parts.insert(parts.end(), some.rows.begin(), some.rows.end());
  }
  ASSERT_EQ(parts.size(), whole.rows.size());
  for (auto const& row : whole.rows) EXPECT_EQ(std::ranges::count(parts, row), 1) << row.claim;
  EXPECT_THROW(check_far_level(far_subjects(), far_settings(2, 2), {}), InputError);
}

TEST(FarSum, IsTheMeanOfTheFactorsThatAreKnown) {
  std::vector<FarRow> rows(4);
  rows[0].basis = rows[1].basis = "tilted";
  rows[0].factor = 0.5, rows[0].lower = 0.2, rows[0].upper = 0.8;
  rows[1].factor = 1.5, rows[1].lower = 1.1, rows[1].upper = 1.9;
  rows[2].basis = "unexamined";
  rows[3].basis = "unsettled";
  auto const sum = far_sum(rows);
  EXPECT_EQ(sum.rows, 2);
  EXPECT_EQ(sum.unknown, 2);
  EXPECT_DOUBLE_EQ(sum.mean, 1);
  EXPECT_DOUBLE_EQ(sum.lower, 0.75);  // 0.3 and 0.4 in quadrature, over 2
  EXPECT_DOUBLE_EQ(sum.upper, 1.25);
}

}  // namespace
}  // namespace fisherlab::runs
