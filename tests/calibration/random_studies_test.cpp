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

#include "base/statistics/proportion.hpp"
#include "claims/evidence/judge.hpp"
#include "runs/run.hpp"
#include "tests/support/random_cases.hpp"

namespace fisherlab {
namespace {

constexpr double family_error = 0.05;

/// A statement that is exact at every n, and the estimator that it is about.
struct Statement {
  char const* claim;
  char const* estimator;
};

constexpr std::array<Statement, 15> statements = {{
    {"score-mean", ""},
    {"information-equality", ""},
    {"sample-additivity", ""},
    {"density-curvature", ""},
    {"score-covariance", "best_unbiased"},
    {"score-covariance", "sample_mean"},
    {"cramer-rao", "best_unbiased"},
    {"cramer-rao", "sample_mean"},
    {"cramer-rao-trace", "best_unbiased"},
    {"cramer-rao-scalar", "sample_mean"},
    {"cramer-rao-scalar", "best_unbiased"},
    {"cramer-rao-direction", "sample_mean"},
    {"cramer-rao-direction", "best_unbiased"},
    {"unbiasedness", "best_unbiased"},
    {"additivity", ""},
}};

/// Where the parameters of a case lie: anywhere in the domains of their model, or where counts are rare.
enum class Corner { none, rare_counts };

std::vector<sim::ModelCard> cards_of(Corner corner) {
  auto cards = sim::model_cards();
  if (corner == Corner::rare_counts)
    std::erase_if(cards, [](sim::ModelCard const& card) { return !test::RandomCases::has_rare_counts(card); });
  return cards;
}

/// Case number k, from a stream of its own: every statement on every model in turn.
test::Trial trial_number(std::int64_t k, std::uint64_t seed, double information_factor, Corner corner = Corner::none) {
  test::RandomCases random(seed + static_cast<std::uint64_t>(k) * 1000);
  auto const cards = cards_of(corner);
  auto const number = static_cast<std::size_t>(k);
  auto const& card = cards[number % cards.size()];
  auto const& statement = statements[number / cards.size() % statements.size()];
  constexpr std::array<std::int64_t, 8> sizes = {1, 2, 3, 5, 10, 20, 50, 100};
  constexpr std::array<char const*, 3> margins = {"0", "0.05", "0.3"};
  test::Trial trial{.claim = statement.claim,
                    .model = test::law(card.name, corner == Corner::none ? random.numbers(card) : random.rare(card)),
                    .sizes = {random.one_of(sizes)},
                    .options = {{"margin", random.one_of(margins)}},
                    .estimator = statement.estimator};
  if (information_factor == 1) return trial;
  trial.options["margin"] = "0.02";
  trial.defect.information_factor = information_factor;
  return trial;
}

/// False by design: the information of correlated observations is not the sum of their parts.
bool is_control(test::Trial const& trial) {
  return trial.claim == "additivity" && trial.model.model->card().name == "correlated_pair";
}

runs::RunSettings settings_of(std::int64_t k) {
  runs::RunSettings settings;
  settings.seed = 5000 + static_cast<std::uint64_t>(k);
  settings.family_error = family_error;
  constexpr std::array<std::int64_t, 3> firsts = {1024, 2048, 4096};
  settings.first_replicates = firsts[static_cast<std::size_t>(k) % firsts.size()];
  settings.max_replicates = 8192;
  settings.performance = false;
  return settings;
}

/// How many cases a test tries; the environment variable FISHERLAB_RANDOM_CASES asks for another number.
std::int64_t cases(std::int64_t usual) {
  char const* const text = std::getenv("FISHERLAB_RANDOM_CASES");
  std::int64_t const asked = text != nullptr ? std::atoll(text) : 0;
  return asked > 0 ? asked : usual;
}

/// The seed of a test; the environment variable FISHERLAB_RANDOM_SEED is added to it.
std::uint64_t seed_of(std::uint64_t usual) {
  char const* const text = std::getenv("FISHERLAB_RANDOM_SEED");
  return usual + (text != nullptr ? std::strtoull(text, nullptr, 10) : 0);
}

struct Tried {
  std::int64_t runs = 0, refused = 0, refuted = 0, verified = 0, open = 0;
  std::map<std::string, std::int64_t> refuted_of, runs_of;  ///< of each claim and of each model
};

std::optional<claims::Question> question_of(test::Trial const& trial) {
  try {
    return test::question_of(trial, Expectation::verified);
  } catch (InputError const&) {
    return std::nullopt;
  }
}

void add(test::Trial const& trial, std::vector<Finding> const& findings, Tried& tried) {
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
      if (finding.verdict == Verdict::refuted) std::printf("  refuted: %s\n", test::text_of(finding).c_str());
}

/// Goes on until so many cases were accepted.
Tried try_cases(std::int64_t wanted, std::uint64_t seed, double information_factor,
                bool (*chosen)(std::string const& claim), Corner corner = Corner::none) {
  Tried tried;
  for (std::int64_t k = 0; tried.runs < wanted; ++k) {
    auto const trial = trial_number(k, seed, information_factor, corner);
    if (!chosen(trial.claim) || is_control(trial)) continue;
    auto const question = question_of(trial);
    if (!question) {
      ++tried.refused;
      continue;
    }
    add(trial, runs::run({*question}, settings_of(k), {}).findings, tried);
  }
  return tried;
}

Interval share(std::int64_t part, std::int64_t whole) {
  return proportion_interval({.successes = part, .trials = whole}, 0.1);
}

void print(char const* name, Tried const& tried) {
  std::printf("%s: of %lld cases %lld refuted (upper 95 %% bound %.4f), %lld verified, %lld open; %lld more refused\n",
              name, static_cast<long long>(tried.runs), static_cast<long long>(tried.refuted),
              share(tried.refuted, tried.runs).upper, static_cast<long long>(tried.verified),
              static_cast<long long>(tried.open), static_cast<long long>(tried.refused));
}

/// True statements anywhere in the parameter spaces: the share of runs that refute one, with its upper bound, is at
/// most the declared error. No claim and no model has a share of its own that contradicts it: more refutations than
/// binomial chance would give with probability 1e-4.
TEST(RandomStudies, RefuteTrueStatementsNoOftenerThanDeclared) {
  auto const tried = try_cases(cases(2400), seed_of(1), 1.0, [](std::string const&) { return true; });
  print("true statements", tried);
  EXPECT_LE(share(tried.refuted, tried.runs).upper, family_error);
  EXPECT_GT(tried.verified, tried.runs / 10) << "a study that decides nothing is never wrong";
  for (auto const& [name, runs] : tried.runs_of) {
    auto const refuted = tried.refuted_of.at(name);
    EXPECT_GT(binomial_at_least({.successes = refuted, .trials = runs}, family_error), 1e-4)
        << name << ": " << refuted << " of " << runs;
  }
}

/// The same where counts are rare, probabilities and means from 1e-6 to 0.1: what carries the mean of a second
/// derivative or a square is often not drawn once, and the sample looks like one of a law without it.
TEST(RandomStudies, RefuteNoTrueStatementAboutRareCountsOftenerThanDeclared) {
  auto const tried = try_cases(
      cases(600), seed_of(3), 1.0, [](std::string const&) { return true; }, Corner::rare_counts);
  print("rare counts", tried);
  EXPECT_LE(share(tried.refuted, tried.runs).upper, family_error);
  EXPECT_GT(tried.verified, 0) << "a study that decides nothing is never wrong";
  for (auto const& [name, runs] : tried.runs_of) {
    auto const refuted = tried.refuted_of.at(name);
    EXPECT_GT(binomial_at_least({.successes = refuted, .trials = runs}, family_error), 1e-4)
        << name << ": " << refuted << " of " << runs;
  }
}

/// The check can fail: with the stated information 10 % off, the claims that compare it with data refute in most of
/// the cases that they decide.
TEST(RandomStudies, RefuteAWrongInformation) {
  auto const sees = [](std::string const& claim) {
    return claim == "information-equality" || claim == "sample-additivity";
  };
  auto const tried = try_cases(300, 2, 1.1, sees);
  print("information 10 % off", tried);
  EXPECT_GT(tried.refuted, 2 * tried.verified);
  EXPECT_GT(share(tried.refuted, tried.runs).lower, family_error);
}

}  // namespace
}  // namespace fisherlab
