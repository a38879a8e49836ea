#include "tests/calibration/random_studies.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace fisherlab::test {
namespace {

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
    std::erase_if(cards, [](sim::ModelCard const& card) { return !RandomCases::has_rare_counts(card); });
  return cards;
}

/// Case number k, from a stream of its own: every statement on every model in turn.
Trial trial_number(std::int64_t k, std::uint64_t seed, double information_factor, Corner corner = Corner::none) {
  RandomCases random(seed + static_cast<std::uint64_t>(k) * 1000);
  auto const cards = cards_of(corner);
  auto const number = static_cast<std::size_t>(k);
  auto const& card = cards[number % cards.size()];
  auto const& statement = statements[number / cards.size() % statements.size()];
  constexpr std::array<std::int64_t, 8> sizes = {1, 2, 3, 5, 10, 20, 50, 100};
  constexpr std::array<char const*, 3> margins = {"0", "0.05", "0.3"};
  Trial trial{.claim = statement.claim,
              .model = law(card.name, corner == Corner::none ? random.numbers(card) : random.rare(card)),
              .sizes = {random.one_of(sizes)},
              .options = {{"margin", random.one_of(margins)}},
              .estimator = statement.estimator};
  if (information_factor == 1) return trial;
  trial.options["margin"] = "0.02";
  trial.defect.information_factor = information_factor;
  return trial;
}

/// False by design: the information of correlated observations is not the sum of their parts.
bool is_control(Trial const& trial) {
  return trial.claim == "additivity" && trial.model.model->card().name == "correlated_pair";
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

/// True statements anywhere in the parameter spaces: the share of runs that refute one, with its upper bound, is at
/// most the declared error. No claim and no model has a share of its own that contradicts it: more refutations than
/// binomial chance would give with probability 1e-4.
TEST(RandomStudies, RefuteTrueStatementsNoOftenerThanDeclared) {
  auto const tried = try_cases(cases(2400), seed_of(1), 1.0, [](std::string const&) { return true; });
  print("true statements", tried);
  expect_no_more_than_declared(tried);
  EXPECT_GT(tried.verified, tried.runs / 10) << "a study that decides nothing is never wrong";
}

/// The same where counts are rare, probabilities and means from 1e-6 to 0.1: what carries the mean of a second
/// derivative or a square is often not drawn once, and the sample looks like one of a law without it.
TEST(RandomStudies, RefuteNoTrueStatementAboutRareCountsOftenerThanDeclared) {
  auto const tried = try_cases(
      cases(600), seed_of(3), 1.0, [](std::string const&) { return true; }, Corner::rare_counts);
  print("rare counts", tried);
  expect_no_more_than_declared(tried);
  EXPECT_GT(tried.verified, 0) << "a study that decides nothing is never wrong";
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
  EXPECT_GT(share(tried.refuted, tried.runs).lower, family_error_of_random_studies);
}

}  // namespace
}  // namespace fisherlab::test
