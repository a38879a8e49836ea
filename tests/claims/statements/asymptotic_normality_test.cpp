#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "claims/evidence/distribution.hpp"
#include "runs/replicates.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Margins of 0.05 where the claim's own is 0.03, and small n.
TEST(AsymptoticNormality, IsVerifiedWithItsRate) {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  test::expect_verified({.claim = "asymptotic-normality",
                         .model = law("exponential", {0.4}),
                         .sizes = {4, 8, 16, 32, 64},
                         .options = {{"margin", "0.05"}}},
                        settings);
  // A lattice holds its jump, which falls as 1/sqrt(n) too.
  test::expect_verified({.claim = "asymptotic-normality",
                         .model = law("poisson", {2.3}),
                         .sizes = {4, 8, 16, 32, 64},
                         .options = {{"margin", "0.06"}}},
                        settings);
}

TEST(AsymptoticNormality, HasNoRateWhereItIsExact) {
  test::Trial trial{.claim = "asymptotic-normality",
                    .model = law("normal_mean", {-4, 0.5}),
                    .sizes = {5, 20, 80},
                    .options = {{"rate", "none"}}};
  test::expect_verified(trial);
  EXPECT_EQ(test::findings_of(trial).size(), 1u);
  trial.options.clear();
  auto settings = test::small_budget();
  settings.max_replicates = 4096;
  EXPECT_EQ(test::findings_of(trial, settings)[0].verdict, Verdict::inconclusive);  // a distance of 0 has no rate
}

// The limit is exponential: all mass on one side, and a distance that stays.
TEST(AsymptoticNormality, IsRefutedForTheMaximumOfUniformData) {
  test::expect_refuted({.claim = "asymptotic-normality", .model = law("uniform", {3}), .sizes = {20, 40, 80, 160}});
}

TEST(AsymptoticNormality, IsRefutedForPlantedDefects) {
  auto const exponential = law("exponential", {0.4});
  test::expect_refuted(
      {.claim = "asymptotic-normality", .model = exponential, .sizes = {100}, .defect = {.information_factor = 2}});
  test::expect_refuted(
      {.claim = "asymptotic-normality", .model = exponential, .sizes = {100}, .defect = {.scale_for_rate = true}});
}

// Gamma(2.5, 1.3), both parameters: the distance of the norm to its limit, .108 .060 .032
// .0165 .0085 from 400,000 replicates. The
// probe keeps |w| - sqrt(2), whose limit at e is 1 - exp(-(e + sqrt(2))^2/2).
TEST(AsymptoticNormality, GivesTheKnownDistancesOfAGammaNorm) {
  auto const question = test::question_of(
      {.claim = "asymptotic-normality", .model = law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160, 320}},
      Expectation::report);
  auto const& sampled = *question.sampled();
  std::vector<double> limit;
  for (int k = 0; k < sim::Histogram::cell_count; ++k) {
    double const norm = std::max(sim::Histogram::upper_edge(k) + std::sqrt(2.0), 0.0);
    limit.push_back(1 - std::exp(-0.5 * norm * norm));
  }
  double const known[] = {0.108, 0.060, 0.032, 0.0165, 0.0085};
  for (std::size_t k = 0; k < 5; ++k) {
    std::int64_t const replicates = k < 3 ? 65'536 : 524'288;
    sim::Tally tally(sampled.probes[k].shape);
    runs::fold_replicates(sampled.scenarios[k], {&sampled.probes[k]}, {5, 0, replicates},
                          {.threads = 1, .stop = {}, .advance = {}}, {&tally});
    auto const distance = kolmogorov_distance(tally.positions.back().cells, limit, 1e-6);
    // A difference of two empirical laws: sd at most 1/2 sqrt(1/R + 1/400,000), five of them, and the rounding.
    EXPECT_NEAR(distance.estimate, known[k], 2.5 * std::sqrt(1 / static_cast<double>(replicates) + 1 / 4e5) + 5e-4)
        << k;
  }
}

}  // namespace
}  // namespace fisherlab::claims
