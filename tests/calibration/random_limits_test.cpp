#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/calibration/random_studies.hpp"

namespace fisherlab::test {
namespace {

constexpr std::array<char const*, 9> limits = {"asymptotic-variance",
                                               "directional-variance",
                                               "sandwich",
                                               "efficiency",
                                               "consistency",
                                               "bias",
                                               "wilks",
                                               "rao",
                                               "wald"};

/// Models whose estimates have the limits that the theory states.
std::vector<sim::ModelCard> regular_cards() {
  auto cards = sim::model_cards();
  std::erase_if(cards, [](sim::ModelCard const& card) { return card.regularity != sim::Regularity::regular; });
  return cards;
}

/// Case number k: every limit of maximum likelihood on every regular model in turn, anywhere in its domain, over a grid
/// from sizes at which no expansion holds to a thousand.
Trial limit_number(std::int64_t k, std::uint64_t seed, double information_factor) {
  RandomCases random(seed + static_cast<std::uint64_t>(k) * 1000);
  auto const cards = regular_cards();
  auto const number = static_cast<std::size_t>(k);
  auto const& card = cards[number % cards.size()];
  std::array<std::vector<std::int64_t>, 4> const grids = {
      {{5, 10, 20, 40, 80}, {10, 20, 40, 80, 160, 320}, {20, 40, 80, 160, 320}, {60, 120, 240, 480, 960}}};
  constexpr std::array<char const*, 3> margins = {"0.002", "0.02", "0.1"};
  Trial trial{.claim = limits[number / cards.size() % limits.size()],
              .model = law(card.name, random.numbers(card)),
              .sizes = random.one_of(grids),
              .options = {{"limit-margin", random.one_of(margins)}}};
  if (information_factor == 1) return trial;
  trial.options["limit-margin"] = "0.02";
  trial.defect.information_factor = information_factor;
  return trial;
}

/// Only what is said of the limit: findings at a size or about a rate are about the grid that was chosen.
Tried try_limits(std::int64_t wanted, std::uint64_t seed, double information_factor) {
  Tried tried;
  for (std::int64_t k = 0; tried.runs < wanted; ++k) {
    auto const trial = limit_number(k, seed, information_factor);
    auto question = question_of(trial);
    if (!question) {
      ++tried.refused;
      continue;
    }
    auto findings = runs::run({*question}, settings_of(k), {}).findings;
    std::erase_if(findings,
                  [](Finding const& finding) { return !finding.measurement.statistic.starts_with("limit of"); });
    if (!findings.empty()) add(trial, findings, tried);
  }
  return tried;
}

/// An expansion in 1/n that has not begun at the sizes of the grid ends open, not refuted.
TEST(RandomLimits, AreRefutedNoOftenerThanDeclared) {
  auto const tried = try_limits(cases(80), seed_of(4), 1.0);
  print("limits", tried);
  expect_no_more_than_declared(tried);
  EXPECT_GT(tried.verified, tried.runs / 10) << "a study that decides nothing is never wrong";
}

/// The check can fail: the stated information 20 % off is refuted.
TEST(RandomLimits, AreRefutedWhenTheInformationIsWrong) {
  auto const tried = try_limits(40, 5, 1.2);
  print("limits, information 20 % off", tried);
  EXPECT_GT(share(tried.refuted, tried.runs).lower, family_error_of_random_studies);
}

}  // namespace
}  // namespace fisherlab::test
