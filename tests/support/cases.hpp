#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/catalogue.hpp"
#include "claims/instruments/probes/planted.hpp"
#include "findings/names.hpp"
#include "runs/run.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::test {

/// A law by its numbers: parameters, then known constants, in the order of the model's card.
inline claims::Law law(std::string const& model, std::vector<double> const& numbers) {
  auto const card = sim::find_model_card(model);
  expects(card && numbers.size() == card->parameters.size() + card->constants.size(), "no such law: " + model);
  auto const p = static_cast<std::ptrdiff_t>(card->parameters.size());
  std::vector<double> const constants(numbers.begin() + p, numbers.end());
  return {sim::make_model(model, constants), {numbers.begin(), numbers.begin() + p}};
}

/// A claim put to a law, as a study would.
struct Trial {
  std::string claim;
  claims::Law model;
  std::vector<std::int64_t> sizes;
  std::map<std::string, std::string> options = {};
  std::string estimator = {};
  std::optional<claims::Law> data = {};  ///< the model's own law unless set
  claims::Defect defect = {};
};

inline claims::Question question_of(Trial const& trial, Expectation expected) {
  claims::Case the_case;
  the_case.setting = claims::plant({trial.model, trial.data.value_or(trial.model), {}}, trial.defect);
  the_case.sizes = trial.sizes;
  the_case.expected = expected;
  the_case.estimator = trial.estimator;
  the_case.options = trial.options;
  auto const* const claim = claims::find_claim(trial.claim);
  expects(claim != nullptr, "no such claim: " + trial.claim);
  return claims::ask(*claim, the_case);
}

/// Why a trial is refused, or nothing where it is not.
inline std::string refusal(Trial const& trial, Expectation expected = Expectation::verified) {
  try {
    question_of(trial, expected);
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

/// A small budget with the family error of a nightly run, from a fixed seed.
inline runs::RunSettings small_budget() {
  runs::RunSettings settings;
  settings.seed = 7;
  settings.family_error = 1e-6;
  settings.first_replicates = 4096;
  settings.max_replicates = 262'144;
  settings.threads = 1;
  settings.performance = false;
  return settings;
}

/// The findings of a trial that expects nothing.
inline std::vector<Finding> findings_of(Trial const& trial, runs::RunSettings const& settings = small_budget()) {
  return runs::run({question_of(trial, Expectation::report)}, settings, {}).findings;
}

inline std::string text_of(Finding const& f) {
  return f.claim + " on " + f.model + " (" + f.parameters + "), n = " + f.n + ", " + f.measurement.statistic + ": " +
         std::string(to_string(f.verdict)) + ", estimate " + exact_text(f.measurement.estimate) + " in [" +
         exact_text(f.measurement.lower) + ", " + exact_text(f.measurement.upper) + "] after " +
         std::to_string(f.measurement.replicates) + " replicates";
}

/// All findings of a trial end with one verdict.
inline void expect_all(Verdict verdict, Trial const& trial, runs::RunSettings const& settings = small_budget()) {
  auto const expected = verdict == Verdict::refuted ? Expectation::refuted : Expectation::verified;
  auto const findings = runs::run({question_of(trial, expected)}, settings, {}).findings;
  EXPECT_FALSE(findings.empty());
  for (auto const& finding : findings) EXPECT_EQ(finding.verdict, verdict) << text_of(finding);
}

inline void expect_verified(Trial const& trial, runs::RunSettings const& settings = small_budget()) {
  expect_all(Verdict::verified, trial, settings);
}
inline void expect_refuted(Trial const& trial, runs::RunSettings const& settings = small_budget()) {
  expect_all(Verdict::refuted, trial, settings);
}

/// The packed information of one observation.
inline std::vector<double> information_of(claims::Law const& law) {
  std::vector<double> packed(sim::packed_size(law.theta.size()));
  law.model->information(std::span<double const>(law.theta), packed.data());
  return packed;
}

}  // namespace fisherlab::test
