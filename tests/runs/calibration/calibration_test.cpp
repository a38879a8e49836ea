#include "runs/calibration/calibration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/calibration/far_level.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {

using namespace claims;
namespace {

runs::Subject subject_of(test::Trial const& trial, Expectation expected = Expectation::verified) {
  runs::Subject subject;
  subject.claim = *find_claim(trial.claim);
  subject.the_case.setting = plant({trial.model, trial.model, {}}, trial.defect);
  subject.the_case.sizes = trial.sizes;
  subject.the_case.expected = expected;
  subject.the_case.estimator = trial.estimator;
  subject.the_case.options = trial.options;
  return subject;
}

/// Three looks of a few thousand replicates at a large family error.
runs::RunSettings budget(int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 3;
  settings.family_error = 0.1;
  settings.first_replicates = 2048;
  settings.max_replicates = 32'768;
  settings.threads = threads;
  return settings;
}

std::vector<runs::Subject> a_few() {
  auto const normal_mean = test::law("normal_mean", {-4, 0.5});
  return {
      subject_of(
          {.claim = "score-mean", .model = test::law("normal", {2, 3}), .sizes = {5}, .options = {{"margin", "0.02"}}}),
      subject_of({.claim = "attainment", .model = normal_mean, .sizes = {5}, .options = {{"margin", "0.05"}}}),
      subject_of({.claim = "score-mean", .model = test::law("uniform", {3}), .sizes = {5}}, Expectation::refuted),
      subject_of({.claim = "score-mean", .model = normal_mean, .sizes = {5}}, Expectation::report),
  };
}

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

TEST(FarLevel, KeepsTheFirstOrderErrorOfAStudentInterval) {
  IntervalLevel const far{2e-9, 65'536};
  auto const near = runs::nearer(far);
  EXPECT_EQ(near.replicates % 1024, 0);
  EXPECT_GT(near.alpha, 3e-4);
  EXPECT_LT(near.alpha, 3e-3);
  // z of 2e-9 is 5.99781; z'^3/sqrt(R') stays.
  double const z_near = 5.99781 * std::pow(static_cast<double>(near.replicates) / 65'536, 1.0 / 6);
  EXPECT_NEAR(near.alpha, std::erfc(z_near / std::sqrt(2.0)), 1e-6);
  auto const kept = runs::nearer({0.05, 4096});
  EXPECT_EQ(kept.alpha, 0.05);
  EXPECT_EQ(kept.replicates, 4096);
}

TEST(FarLevel, IsThatOfTheFirstLookOverAllFindings) {
  runs::RunSettings settings;
  settings.first_replicates = 5000;
  auto const level = first_look(settings, 250);
  EXPECT_EQ(level.replicates, 5120);
  EXPECT_NEAR(level.alpha, 1e-6 / 250 * (1 - std::sqrt(0.5)) / Plan::reserve, 1e-18);
}

/// Neither a coverage's Clopper-Pearson interval nor that of a very skewed mean from few replicates misses oftener than
/// it says.
TEST(FarLevel, FindsNoIntervalThatSkewnessSpoils) {
  std::vector<runs::Subject> const subjects = {
      subject_of({.claim = "coverage",
                  .model = test::law("bernoulli", {0.2}),
                  .sizes = {10},
                  .options = {{"against", "exact"}}}),
      subject_of({.claim = "cramer-rao-trace",
                  .model = test::law("poisson", {0.02}),
                  .sizes = {1},
                  .estimator = "sample_mean"}),
  };
  auto const check = check_far_level(subjects, budget(), {1e-9, 16'384}, 4000, {});
  ASSERT_EQ(check.rows.size(), 2u);
  EXPECT_EQ(check.replicates, 2 * 4000 * check.rows[0].level.replicates);
  for (auto const& row : check.rows) EXPECT_EQ(row.runs, 4000);
  EXPECT_FALSE(contradicts(check.rows[0].misses, 4000, check.rows[0].level.alpha));
  EXPECT_FALSE(contradicts(check.rows[1].misses, 4000, check.rows[1].level.alpha))
      << check.rows[1].misses << " misses at " << check.rows[1].level.alpha;
  EXPECT_TRUE(contradicts(40, 4000, check.rows[1].level.alpha)) << "a check that could not fail";
}

}  // namespace
}  // namespace fisherlab::runs
