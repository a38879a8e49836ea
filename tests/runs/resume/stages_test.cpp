#include "runs/resume/stages.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/families.hpp"
#include "runs/diagnosis/functions/functions.hpp"
#include "runs/diagnosis/goodness.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/intervals/median_widths.hpp"
#include "runs/diagnosis/needed_n.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

Stages stages_from(std::string const& state) {
  Stages stages(SaveClock({}, 0), {});
  if (!state.empty()) stages.unpack(state);
  return stages;
}

/// All numbers that a chain of simulations comes to.
std::string exact(Diagnosis const& diagnosis, Goodness const& goodness) {
  Packer packer;
  packer.put(diagnosis.fingerprint);
  packer.put(diagnosis.performance);
  for (auto const& p : diagnosis.parameters) {
    for (double const x : {p.wald_width, p.score_width, p.likelihood_ratio_width}) packer.put(x);
    for (auto const& worth : p.further) {
      packer.put(worth.coverage);
      packer.put(worth.cut_off);
      packer.put(worth.width);
    }
  }
  for (auto const& test : goodness.tests) packer.put(test.p_value);
  packer.put(goodness.sandwich);
  return std::move(packer).take();
}

/// What `fisherlab diagnose` does, in the order that it does it.
std::string chain(std::vector<double> const& values, DiagnosisSettings const& settings) {
  Observations const data{.name = "data.csv", .values = values};
  auto fitted = fit_to_data(test::law("gamma", {1, 1}).model, data, settings.level);
  auto const goodness = check_model(fitted, data, goodness_settings(settings));
  auto diagnosis = diagnose(fitted.law(), fitted.data.n, settings);
  std::string text;
  for (auto const& f : functions_of(fitted, data, parse_functions("mean,quantile(0.9)"), settings))
    for (auto const& interval : f.intervals) text += std::to_string(interval.coverage.value) + ' ';
  if (!goodness.is_refuted) {
    add_calibrated(fitted, data, settings, diagnosis);
    add_ranges(fitted, settings, diagnosis);
    add_widths(fitted.law(), settings, diagnosis);
    for (auto const& needs : search_needed_n(fitted.law(), diagnosis, settings))
      text += needs.variance ? needs.variance->text() : "-";
  } else {
    auto const others = without_model(fitted, data, sim::shipped_models(), settings);
    for (auto const& worth : others.resampling->worth) text += std::to_string(worth.wald.value) + ' ';
  }
  return text + exact(diagnosis, goodness);
}

DiagnosisSettings of_few_replicates() {
  DiagnosisSettings settings;
  settings.replicates = 4096;
  settings.threads = 2;
  return settings;
}

/// The chain, cut again and again and resumed from its state, to its end; `cuts`: how often.
std::string cut_chain(std::vector<double> const& values, int& cuts) {
  std::string state;
  for (cuts = 0;; ++cuts) {
    auto stages = stages_from(state);
    std::atomic<int> asked = 0;
    auto settings = of_few_replicates();
    settings.stages = &stages;
    settings.stop = [&asked, patience = 3 + 60 * cuts] { return ++asked > patience; };
    try {
      return chain(values, settings);
    } catch (sim::Interrupted const&) {
      state = stages.packed();
    }
  }
}

std::vector<double> const gamma_like = {0.9, 1.4, 2.2, 0.7, 1.1, 3.0, 1.9, 0.4, 1.6, 2.6, 1.2, 0.8};
std::vector<double> const of_two_kinds = {1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07, 1.08, 1.09, 1.10, 1.11, 1.12,
                                          9.01, 9.02, 9.03, 9.04, 9.05, 9.06, 9.07, 9.08, 9.09, 9.10, 9.11, 9.12};

TEST(Stages, GiveADiagnosisTheBitsOfOneThatWasNotCut) {
  for (auto const& values : {gamma_like, of_two_kinds}) {  // the second refutes the model: its rows are resampled
    int cuts = 0;
    EXPECT_EQ(cut_chain(values, cuts), chain(values, of_few_replicates()));
    EXPECT_GE(cuts, 4);
  }
}

/// How many replicates are enough depends on the time; resumed, a run has those that it had.
TEST(Stages, KeepWhatTheClockDecided) {
  auto const law = test::law("gamma", {2, 1});
  auto stages = stages_from("");
  auto settings = of_few_replicates();
  settings.stages = &stages;
  settings.enough = [](std::int64_t replicates) { return replicates >= 2048; };
  auto const first = diagnose(law, 12, settings);
  ASSERT_EQ(first.replicates, 2048);
  auto again = stages_from(stages.packed());
  settings.stages = &again;
  settings.enough = [](std::int64_t) { return false; };
  settings.stop = [] { return true; };
  auto const resumed = diagnose(law, 12, settings);
  EXPECT_EQ(resumed.replicates, 2048);
  EXPECT_EQ(resumed.fingerprint, first.fingerprint);
  settings.stages = nullptr;
  settings.stop = {};
  EXPECT_EQ(diagnose(law, 12, settings).replicates, 4096) << "the control: without a state the clock decides";
}

TEST(Stages, DrawNothingAgain) {
  auto stages = stages_from("");
  auto settings = of_few_replicates();
  settings.stages = &stages;
  auto const first = chain(gamma_like, settings);
  auto again = stages_from(stages.packed());
  settings.stages = &again;
  settings.stop = [] { return true; };  // asked before each block
  EXPECT_EQ(chain(gamma_like, settings), first);
}

TEST(Stages, RefuseTheStateOfAnotherChain) {
  auto stages = stages_from("");
  auto settings = of_few_replicates();
  settings.stages = &stages;
  chain(gamma_like, settings);
  auto const state = stages.packed();
  auto other = stages_from(state);
  settings.stages = &other;
  settings.replicates = 1024;  // fewer blocks than were folded
  EXPECT_THROW(chain(gamma_like, settings), InputError);
  for (std::size_t const size : {std::size_t{1}, state.size() / 2, state.size() - 1})
    EXPECT_THROW(stages_from(state.substr(0, size)), InputError);
}

TEST(Stages, SaveInTheMiddleWhatIsFolded) {
  double now = 0;
  std::vector<std::string> saved;
  Stages stages(SaveClock([&now] { return now += 100; }, 8),
                [&saved](std::string state) { saved.push_back(std::move(state)); });
  auto settings = of_few_replicates();
  settings.stages = &stages;
  auto const whole = chain(gamma_like, settings);
  ASSERT_GT(saved.size(), 20u);
  for (std::size_t k = 0; k < saved.size(); k += saved.size() / 7) {
    auto resumed = stages_from(saved[k]);
    settings.stages = &resumed;
    EXPECT_EQ(chain(gamma_like, settings), whole) << k;
  }
}

}  // namespace
}  // namespace fisherlab::runs
