#include "claims/setting.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <set>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/text/number.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

Scenario scenario(Law const& law, std::int64_t n) { return {{law, law, {}}, n}; }

TEST(Setting, WritesParametersThenConstants) {
  EXPECT_EQ(parameters_text(test::law("gamma", {2.5, 1.3})), "shape=2.5;rate=1.3");
  EXPECT_EQ(parameters_text(test::law("normal_mean", {-4, 0.1})), "mean=-4;sd=0.1");
  EXPECT_EQ(parameters_text(test::law("exponential", {1.0 / 3})), "rate=0.3333333333333333");
  EXPECT_EQ(exact_text(1e-300), "1e-300");
}

TEST(Setting, NamesTheModelAndWhatDiffersFromIt) {
  auto const gamma = test::law("gamma", {3, 3});
  auto const exponential = test::law("exponential", {1});
  EXPECT_EQ(model_text({gamma, gamma, {}}), "gamma");
  EXPECT_EQ(model_text({exponential, gamma, {}}), "exponential on gamma(shape=3;rate=3)");
  EXPECT_EQ(model_text({exponential, test::law("exponential", {2}), "scale for rate"}),
            "exponential on exponential(rate=2) [scale for rate]");
}

TEST(Scenario, GivesEachLawAndSizeItsOwnStream) {
  std::vector<Scenario> const all = {
      scenario(test::law("gamma", {2.5, 1.3}), 10),
      scenario(test::law("gamma", {2.6, 1.3}), 10),
      scenario(test::law("gamma", {2.5, 1.30001}), 10),
      scenario(test::law("gamma", {2.5, 1.3}), 11),
      scenario(test::law("gamma", {1.3, 2.5}), 10),
      scenario(test::law("weibull", {2.5, 1.3}), 10),
      scenario(test::law("normal_mean", {2, 0.5}), 10),
      scenario(test::law("normal_mean", {2, 0.6}), 10),
      scenario(test::law("normal", {2, 0.5}), 10),
      scenario(test::law("normal", {2, 0.5}), 1),
      scenario(test::law("correlated_pair", {2, 3, 0.5}), 10),
      scenario(test::law("correlated_pair", {2, 3, 0.4}), 10),
  };
  std::set<std::uint64_t> streams;
  std::set<std::string> identities;
  for (auto const& s : all) {
    streams.insert(s.stream());
    identities.insert(s.identity());
  }
  EXPECT_EQ(streams.size(), all.size());
  EXPECT_EQ(identities.size(), all.size());
}

// One digit apart the hashes differ in about half of their bits: none of 63 neighbours shares more than 50 bits of 64.
TEST(Scenario, SpreadsNeighboursOverAllBits) {
  auto const first = scenario(test::law("exponential", {0.4}), 10).stream();
  int checked = 0;
  for (std::int64_t n = 11; n < 74; ++n, ++checked) {
    auto const differing = std::popcount(first ^ scenario(test::law("exponential", {0.4}), n).stream());
    EXPECT_GE(differing, 14) << n;
  }
  EXPECT_EQ(checked, 63);
}

TEST(Scenario, SharesTheSamplesOfOneLawAmongItsReadings) {
  auto const gamma = test::law("gamma", {3, 3});
  Scenario const own = scenario(gamma, 10);
  Scenario const misread{{test::law("exponential", {1}), gamma, {}}, 10};
  Scenario const planted{plant({gamma, gamma, {}}, {.information_factor = 1.02}), 10};
  EXPECT_EQ(own.stream(), misread.stream());
  EXPECT_EQ(own.stream(), planted.stream());
  EXPECT_NE(own.identity(), misread.identity());
  EXPECT_NE(own.identity(), planted.identity());
  EXPECT_EQ(own.identity(), scenario(test::law("gamma", {3, 3}), 10).identity());
}

// A stream is a promise: stored results and `replay` rest on it.
TEST(Scenario, KeepsItsStreamOverReleases) {
  EXPECT_EQ(scenario(test::law("gamma", {2.5, 1.3}), 10).stream(),
            stable_hash("gamma(shape=2.5;rate=1.3)|n=10|replicates"));
}

}  // namespace
}  // namespace fisherlab::claims
