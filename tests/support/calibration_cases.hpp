#pragma once

#include <cstdint>
#include <vector>

#include "claims/catalogue.hpp"
#include "runs/calibration/calibration.hpp"
#include "runs/calibration/far_level.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::test::calibration {

using namespace claims;  // its words make up this file

inline runs::Subject subject_of(test::Trial const& trial, Expectation expected = Expectation::verified) {
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
inline runs::RunSettings budget(int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 3;
  settings.family_error = 0.1;
  settings.first_replicates = 2048;
  settings.max_replicates = 32'768;
  settings.threads = threads;
  return settings;
}

inline std::vector<runs::Subject> a_few() {
  auto const normal_mean = test::law("normal_mean", {-4, 0.5});
  return {
      subject_of(
          {.claim = "score-mean", .model = test::law("normal", {2, 3}), .sizes = {5}, .options = {{"margin", "0.02"}}}),
      subject_of({.claim = "attainment", .model = normal_mean, .sizes = {5}, .options = {{"margin", "0.05"}}}),
      subject_of({.claim = "score-mean", .model = test::law("uniform", {3}), .sizes = {5}}, Expectation::refuted),
      subject_of({.claim = "score-mean", .model = normal_mean, .sizes = {5}}, Expectation::report),
  };
}

inline std::vector<runs::Subject> far_subjects() {
  return {
      subject_of({.claim = "coverage",
                  .model = test::law("bernoulli", {0.2}),
                  .sizes = {10},
                  .options = {{"against", "exact"}}}),
      subject_of({.claim = "score-mean", .model = test::law("poisson", {0.05}), .sizes = {1}}),
      subject_of({.claim = "replicate-independence", .model = test::law("exponential", {3}), .sizes = {20}}),
  };
}

inline runs::FarSettings far_settings(std::int64_t part = 0, std::int64_t parts = 1) {
  runs::FarSettings settings;
  settings.study = budget(0);
  settings.study.family_error = 1e-6;
  settings.study.first_replicates = 16'384;
  settings.samples = 800;
  settings.part = {part, parts};
  return settings;
}

}  // namespace fisherlab::test::calibration
