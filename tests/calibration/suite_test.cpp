#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab {
namespace {
using claims::Question;
using test::law;

constexpr double declared_error = 0.2;

/// Seeds of the short form; the environment variable FISHERLAB_CALIBRATION_SEEDS asks for more.
std::int64_t seed_count() {
  char const* const text = std::getenv("FISHERLAB_CALIBRATION_SEEDS");
  std::int64_t const asked = text != nullptr ? std::atoll(text) : 0;
  return asked > 0 ? asked : 60;
}

runs::RunSettings settings_of(std::uint64_t seed) {
  runs::RunSettings settings;
  settings.seed = seed;
  settings.family_error = declared_error;
  settings.first_replicates = 1024;
  settings.max_replicates = 16'384;
  settings.threads = 1;
  settings.performance = false;
  return settings;
}

/// A true statement refuted, or a false one verified.
bool is_wrong(Finding const& finding) {
  return finding.verdict == (finding.expected == Expectation::verified ? Verdict::refuted : Verdict::verified);
}

struct Count {
  std::int64_t runs = 0;
  std::int64_t wrong_runs = 0;
  std::int64_t decided = 0;  ///< findings with a right verdict
  std::int64_t findings = 0;
};

Count count_wrong_runs(std::vector<Question> const& questions) {
  Count count;
  for (std::int64_t const seeds = seed_count(); count.runs < seeds; ++count.runs) {
    auto const result = runs::run(questions, settings_of(1000 + static_cast<std::uint64_t>(count.runs)), {});
    count.findings += static_cast<std::int64_t>(result.findings.size());
    count.wrong_runs += std::ranges::any_of(result.findings, is_wrong);
    count.decided += std::ranges::count_if(
        result.findings, [](Finding const& f) { return f.verdict != Verdict::inconclusive && !is_wrong(f); });
  }
  return count;
}

/// The number of wrong runs does not contradict a probability of at most `declared_error`, and says how far it goes.
void expect_calibrated(Count const& count, char const* name) {
  auto const bound = proportion_interval({.successes = count.wrong_runs, .trials = count.runs}, 0.1).upper;
  std::printf("%s: %lld of %lld runs with a wrong verdict at family error %.1f; upper 95 %% bound %.3f\n", name,
              static_cast<long long>(count.wrong_runs), static_cast<long long>(count.runs), declared_error, bound);
  EXPECT_GT(count.findings, 0);
  boost::math::binomial const law(static_cast<double>(count.runs), declared_error);
  EXPECT_LE(static_cast<double>(count.wrong_runs), boost::math::quantile(complement(law, 1e-6)));
  if (count.runs >= 1000) {
    EXPECT_LE(bound, declared_error);
  }
}

std::string margin_text(double margin) { return std::to_string(margin); }

Question ask(test::Trial trial, double margin, Expectation expected) {
  trial.options["margin"] = margin_text(margin);
  return test::question_of(trial, expected);
}

/// Statements whose truth lies on the edge of its region, where a wrong verdict is likeliest: with a margin of zero a
/// true identity is refuted by any interval that misses it, and nothing can be verified.
std::vector<Question> true_at_the_edge() {
  auto const yes = Expectation::verified;
  auto const normal = law("normal_mean", {-4, 0.5});
  auto const logistic = law("logistic", {2, 3});
  return {
      ask({.claim = "score-mean", .model = law("normal", {2, 3}), .sizes = {10}}, 0, yes),
      ask({.claim = "information-equality", .model = logistic, .sizes = {20}}, 0, yes),
      ask({.claim = "sample-additivity", .model = normal, .sizes = {4}}, 0, yes),
      ask({.claim = "reparameterization", .model = law("poisson", {9.3}), .sizes = {20}, .options = {{"map", "sqrt"}}},
          0, yes),
      ask({.claim = "cramer-rao", .model = normal, .sizes = {5}, .estimator = "sample_mean"}, 0, yes),
      ask({.claim = "attainment", .model = law("poisson", {9.3}), .sizes = {5}}, 0, yes),
      ask({.claim = "coverage", .model = law("bernoulli", {0.2}), .sizes = {98}, .options = {{"against", "exact"}}}, 0,
          yes),
  };
}

/// False statements by a hair: information planted so that the truth lies just outside the region, and an efficiency
/// claimed at the wrong side of its margin.
std::vector<Question> false_at_the_edge() {
  auto const no = Expectation::refuted;
  auto const normal = law("normal_mean", {-4, 0.5});
  double const margin = 0.2;
  double const factor = 1 + margin + 1e-6;
  claims::Defect const less{.information_factor = 1 / factor};  // then E s^2/I is 1.2 and a little
  claims::Defect const more{.information_factor = factor};      // then n Var I is
  return {
      ask({.claim = "sample-additivity", .model = normal, .sizes = {4}, .defect = less}, margin, no),
      ask({.claim = "reparameterization", .model = law("exponential", {0.4}), .sizes = {20}, .defect = less}, margin,
          no),
      ask({.claim = "score-mean", .model = normal, .sizes = {4}, .defect = {.score_offset = margin + 1e-6}}, margin,
          no),
      ask({.claim = "attainment", .model = normal, .sizes = {5}, .options = {{"efficiency", "0.8"}}}, 0.199999, no),
      ask({.claim = "asymptotic-variance", .model = normal, .sizes = {5}, .defect = more}, margin, no),
  };
}

TEST(Calibration, TheSmokeStudyIsWrongNoOftenerThanDeclared) {
  auto const study = runs::load_study("smoke");
  auto const count = count_wrong_runs(study.questions);
  expect_calibrated(count, "smoke");
  EXPECT_GT(count.decided, count.runs);  // it does decide
}

TEST(Calibration, TrueStatementsAtTheEdgeAreRefutedNoOftenerThanDeclared) {
  auto const count = count_wrong_runs(true_at_the_edge());
  expect_calibrated(count, "true at the edge");
}

TEST(Calibration, FalseStatementsAtTheEdgeAreVerifiedNoOftenerThanDeclared) {
  auto const count = count_wrong_runs(false_at_the_edge());
  expect_calibrated(count, "false at the edge");
  EXPECT_GT(count.decided, 0) << "nothing was decided";
}

/// Expected verified, each planted defect fails the run: exit code 1, for ten seeds.
TEST(Calibration, EveryPlantedDefectFailsTheRun) {
  auto const yes = Expectation::verified;
  auto const gamma = law("gamma", {2.5, 1.3});
  std::vector<Question> const defects = {
      test::question_of({.claim = "information-equality",
                         .model = law("normal_mean", {-4, 0.5}),
                         .sizes = {10},
                         .defect = {.information_factor = 1.02}},
                        yes),
      test::question_of({.claim = "score-mean", .model = gamma, .sizes = {10}, .defect = {.score_offset = 0.05}}, yes),
      test::question_of({.claim = "score-mean", .model = gamma, .sizes = {10}, .defect = {.scale_for_rate = true}},
                        yes),
      test::question_of({.claim = "replicate-independence",
                         .model = gamma,
                         .sizes = {10},
                         .defect = {.streams = claims::Streams::shared}},
                        yes),
  };
  int runs = 0;
  for (auto const& defect : defects) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed, ++runs) {
      auto settings = settings_of(seed);
      settings.family_error = 1e-6;
      auto const findings = runs::run({defect}, settings, {}).findings;
      EXPECT_EQ(claims::exit_code(findings), 1) << findings[0].model << ", seed " << seed;
    }
  }
  EXPECT_EQ(runs, 40);
}

}  // namespace
}  // namespace fisherlab
