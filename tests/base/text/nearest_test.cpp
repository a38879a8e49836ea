#include "base/text/nearest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fisherlab {
namespace {

std::vector<std::string> const models = {"beta", "gamma", "gumbel", "negative_binomial", "normal", "normal_mean"};

TEST(EditDistance, CountsTheFourKindsOfEdits) {
  EXPECT_EQ(edit_distance("gamma", "gamma"), 0u);
  EXPECT_EQ(edit_distance("gama", "gamma"), 1u);
  EXPECT_EQ(edit_distance("gammma", "gamma"), 1u);
  EXPECT_EQ(edit_distance("gemma", "gamma"), 1u);
  EXPECT_EQ(edit_distance("agmma", "gamma"), 1u);
  EXPECT_EQ(edit_distance("", "gamma"), 5u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("ca", "abc"), 2u) << "a swap with a letter put between";
}

TEST(EditDistance, IsAMetric) {
  std::vector<std::string> const words = {"", "a", "ab", "ba", "abc", "ca", "acb", "bca", "cab", "aabb", "abab"};
  for (auto const& x : words)
    for (auto const& y : words) {
      EXPECT_EQ(edit_distance(x, y), edit_distance(y, x)) << x << ' ' << y;
      EXPECT_EQ(edit_distance(x, y) == 0, x == y);
      for (auto const& z : words) EXPECT_LE(edit_distance(x, z), edit_distance(x, y) + edit_distance(y, z));
    }
}

TEST(Nearest, FindsWhatWasMeant) {
  EXPECT_EQ(nearest("gama", models), "gamma");
  EXPECT_EQ(nearest("Normal", models), "normal");
  EXPECT_EQ(nearest("nromal", models), "normal");
  EXPECT_EQ(nearest("normal_maen", models), "normal_mean");
  EXPECT_EQ(nearest("negativebinomail", models), "negative_binomial");
}

TEST(Nearest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("weibull", models), std::nullopt);
  EXPECT_EQ(nearest("x", models), std::nullopt);
  EXPECT_EQ(nearest("", models), std::nullopt);
  EXPECT_EQ(nearest("a", std::vector<std::string>{"b"}), std::nullopt);
}

TEST(Suggestion, NamesTheNearestOrAll) {
  EXPECT_EQ(suggestion("gama", models), "did you mean 'gamma'?");
  EXPECT_EQ(suggestion("weibull", std::vector<std::string>{"beta", "gamma"}), "choose one of: beta, gamma");
  EXPECT_EQ(suggestion("weibull", {}), "there are none");
}

}  // namespace
}  // namespace fisherlab
