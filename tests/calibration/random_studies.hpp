#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "tests/support/random_cases.hpp"

namespace fisherlab::test {

constexpr double family_error_of_random_studies = 0.05;

inline runs::RunSettings settings_of(std::int64_t k) {
  runs::RunSettings settings;
  settings.seed = 5000 + static_cast<std::uint64_t>(k);
  settings.family_error = family_error_of_random_studies;
  constexpr std::array<std::int64_t, 3> firsts = {1024, 2048, 4096};
  settings.first_replicates = firsts[static_cast<std::size_t>(k) % firsts.size()];
  settings.max_replicates = 8192;
  settings.performance = false;
  return settings;
}

/// How many cases a test tries; the environment variable FISHERLAB_RANDOM_CASES asks for another number.
inline std::int64_t cases(std::int64_t usual) {
  char const* const text = std::getenv("FISHERLAB_RANDOM_CASES");
  std::int64_t const asked = text != nullptr ? std::atoll(text) : 0;
  return asked > 0 ? asked : usual;
}

/// The seed of a test; the environment variable FISHERLAB_RANDOM_SEED is added to it.
inline std::uint64_t seed_of(std::uint64_t usual) {
  char const* const text = std::getenv("FISHERLAB_RANDOM_SEED");
  return usual + (text != nullptr ? std::strtoull(text, nullptr, 10) : 0);
}

struct Tried {
  std::int64_t runs = 0, refused = 0, refuted = 0, verified = 0, open = 0;
  std::map<std::string, std::int64_t> refuted_of, runs_of;  ///< of each claim and of each model
};

inline std::optional<claims::Question> question_of(Trial const& trial) {
  try {
    return question_of(trial, Expectation::verified);
  } catch (InputError const&) {
    return std::nullopt;
  }
}

inline void add(Trial const& trial, std::vector<Finding> const& findings, Tried& tried) {
  auto const is = [&](Verdict verdict) {
    return [verdict](Finding const& finding) { return finding.verdict == verdict; };
  };
  bool const refuted = std::ranges::any_of(findings, is(Verdict::refuted));
  ++tried.runs;
  tried.refuted += refuted;
  tried.verified += std::ranges::all_of(findings, is(Verdict::verified));
  tried.open += !refuted && std::ranges::any_of(findings, is(Verdict::inconclusive));
  for (auto const& name : {trial.claim, trial.model.model->card().name}) {
    ++tried.runs_of[name];
    tried.refuted_of[name] += refuted;
  }
  if (refuted && std::getenv("FISHERLAB_SHOW_REFUTED") != nullptr)
    for (auto const& finding : findings)
      if (finding.verdict == Verdict::refuted) std::printf("  refuted: %s\n", text_of(finding).c_str());
}

inline Interval share(std::int64_t part, std::int64_t whole) {
  return proportion_interval({.successes = part, .trials = whole}, 0.1);
}

inline void print(char const* name, Tried const& tried) {
  std::printf("%s: of %lld cases %lld refuted (upper 95 %% bound %.4f), %lld verified, %lld open; %lld more refused\n",
              name, static_cast<long long>(tried.runs), static_cast<long long>(tried.refuted),
              share(tried.refuted, tried.runs).upper, static_cast<long long>(tried.verified),
              static_cast<long long>(tried.open), static_cast<long long>(tried.refused));
}

/// At most the declared share is refuted, with its upper bound; and no claim and no model has more refutations than
/// binomial chance would give with probability 1e-4.
inline void expect_no_more_than_declared(Tried const& tried) {
  EXPECT_LE(share(tried.refuted, tried.runs).upper, family_error_of_random_studies);
  for (auto const& [name, runs] : tried.runs_of) {
    auto const refuted = tried.refuted_of.at(name);
    EXPECT_GT(binomial_at_least({.successes = refuted, .trials = runs}, family_error_of_random_studies), 1e-4)
        << name << ": " << refuted << " of " << runs;
  }
}

}  // namespace fisherlab::test
