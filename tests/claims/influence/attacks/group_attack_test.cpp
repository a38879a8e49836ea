#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

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
  result = with(std::move(result), "group", "margins");
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

/// The 3 and 8 of the digits, 8 x 8 pixels.
DataTrial poses_trial() {
  auto result = trial("group-attack", "mlp", digits_3_8(), 3e-5);
  result.rows = 60;
  for (auto const& [name, value] : {std::pair{"activation", "softplus"},
                                    {"width", "40"},
                                    {"decay", "1e-6"},
                                    {"network-rows", "60"},
                                    {"splits", "4"},
                                    {"steps", "10"},
                                    {"box", "0.5"}})
    result = with(std::move(result), name, value);
  return result;
}

TEST(GroupAttack, FlipsPosesThatAreAllRightBefore) {
  auto const moved = run_of(poses_trial());
  EXPECT_GT(value_of(moved), 0.1);
  ASSERT_EQ(moved.pixels.size(), 64u);
  double largest = 0;
  for (auto const& pixel : moved.pixels) {
    double const change = std::fabs(pixel.after - pixel.before);
    EXPECT_NEAR(255 * change, std::round(255 * change), 1e-9);
    largest = std::max(largest, change);
  }
  EXPECT_LE(largest, 0.5);
  EXPECT_GT(largest, 0.45);
  EXPECT_EQ(moved.pixels[63].line, 8);
  EXPECT_EQ(moved.pixels[63].column, 8);
  auto const still = run_of(with(poses_trial(), "box", "0"));
  EXPECT_EQ(value_of(still), 0);
  EXPECT_TRUE(run_of(with(poses_trial(), "plant", "random")).pixels.empty());
}

TEST(GroupAttack, CostsOtherRowsFewPredictions) {
  auto const lost = with(with(poses_trial(), "state", "held-out"), "target", "0.5");
  expect_verified(lost);
  expect_refuted(with(lost, "target", "-0.5"));
}

TEST(GroupAttack, SeesTheInputsThemselves) {
  auto const inputs = run_of(with(poses_trial(), "features", "inputs"));
  ASSERT_EQ(inputs.attack.size(), 1u);
  EXPECT_EQ(inputs.attack[0].p, 65);
  EXPECT_NE(inputs.attack[0].model.find("on the inputs"), std::string::npos);
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
