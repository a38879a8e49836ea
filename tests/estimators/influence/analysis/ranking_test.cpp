#include "estimators/influence/analysis/ranking.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace fisherlab::estimators::influence {
namespace {

using Rows = std::vector<int>;

TEST(Ranked, PutsTheLargestFirstAndKeepsTiesInOrder) {
  EXPECT_EQ(ranked(Vector{{1, 3, 1, 2}}), (Rows{1, 3, 0, 2}));
  EXPECT_EQ(ranked(Vector()), Rows());
}

TEST(NamedRows, AreHarmfulOrHelpfulByTheirSign) {
  auto const named = named_rows(Vector{{-1, 2, 0, -3}}, Vector{{1, 4, 3, 2}});
  EXPECT_EQ(named.harmful, (Rows{3, 0}));
  EXPECT_EQ(named.helpful, (Rows{1}));
  EXPECT_EQ(named.suspects, (Rows{1, 2, 3, 0}));
  EXPECT_EQ(named.all(), (Rows{0, 1, 2, 3}));
}

TEST(NamedRows, AreFew) {
  Vector const effects = Vector::LinSpaced(100, -1, 1);
  auto const named = named_rows(effects, effects.cwiseAbs());
  EXPECT_EQ(named.harmful, (Rows{0, 1, 2, 3, 4}));
  EXPECT_EQ(named.helpful, (Rows{99, 98, 97, 96, 95}));
  EXPECT_EQ(named.suspects.size(), 10u);
}

}  // namespace
}  // namespace fisherlab::estimators::influence
