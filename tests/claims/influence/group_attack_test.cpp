#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "estimators/influence/attack.hpp"
#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

/// 260 rows of four inputs, of which 40 train the network and 60 the head.
DataTrial group_trial() {
  auto result = trial("group-attack", "mlp", shared_data(classified(260, 4, 2)), 1e-3);
  result.rows = 60;
  result = with(std::move(result), "network-rows", "40");
  result = with(std::move(result), "width", "12");
  result = with(std::move(result), "splits", "6");
  return with(std::move(result), "steps", "10");
}

TEST(GroupAttack, MovesNoInputOutOfItsBox) {
  auto const within = with(with(with(group_trial(), "state", "imperceptible"), "box", "0.25"), "target", "0.2500001");
  expect_verified(within);
  expect_refuted(with(within, "target", "0.00196"));
}

TEST(GroupAttack, FlipsNothingInABoxOfNoSize) { expect_refuted(with(with(group_trial(), "box", "0"), "splits", "24")); }

TEST(GroupAttack, IsPredictedByTheFirstOrderInASmallBox) {
  auto const small = with(with(with(group_trial(), "state", "predicted"), "box", "0.01"), "target", "0.1");
  expect_verified(small);
  EXPECT_NEAR(value_of(run_of(small)), 1, 0.05);
}

TEST(GroupAttack, FindsTheSmallestBoxInWhichHalfFlips) {
  auto const half = with(with(group_trial(), "state", "smallest-box"), "boxes", "0,0.25,1,4");
  auto const found = run_of(half);
  ASSERT_EQ(found.attack.size(), 4u);
  EXPECT_EQ(found.attack[0].flipped, 0);
  auto const first = std::ranges::find_if(found.attack, [](auto const& row) { return 2 * row.flipped >= row.trials; });
  auto const& m = found.findings[0].measurement;
  EXPECT_EQ(m.lower, first == found.attack.end() ? 4 : first->box);
  EXPECT_EQ(m.upper, first == found.attack.end() ? HUGE_VAL : first->box);
  expect_refuted(with(with(half, "boxes", "0,0.001"), "target", "0.0001"));
}

TEST(GroupAttack, RefusesWhatItCannotAttack) {
  auto few = group_trial();
  few.rows = 200;
  EXPECT_NE(refusal(few).find("120 to hold out"), std::string::npos);
  auto several = trial("group-attack", "mlp", shared_data(classified(260, 4, 3)), 1e-3);
  several.rows = 60;
  EXPECT_NE(refusal(several).find("two classes"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
