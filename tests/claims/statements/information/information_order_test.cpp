#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial ordered(Law const& first, Law const& second, std::string const& order) {
  return {.claim = "information-order", .model = first, .sizes = {100}, .options = {{"order", order}}, .data = second};
}

TEST(InformationOrder, OrdersCovariancesTheOtherWay) {
  test::expect_verified(ordered(law("normal", {-4, 0.5}), law("normal", {2, 3}), "above"));
  test::expect_verified(ordered(law("poisson", {0.61}), law("poisson", {9.3}), "above"));
}

// trigamma(0.7) > trigamma(2.5), and 0.7/16 < 2.5/1.69.
TEST(InformationOrder, SaysSoWhereTwoAreNotOrdered) {
  auto const trial = ordered(law("gamma", {0.7, 4}), law("gamma", {2.5, 1.3}), "none");
  test::expect_verified(trial);
  EXPECT_EQ(test::findings_of(trial).size(), 4u);
}

TEST(InformationOrder, IsRefutedForTheOtherOrder) {
  test::expect_refuted(ordered(law("normal", {2, 3}), law("normal", {-4, 0.5}), "above"));
}

// At one location and scale I is diag(1, 2)/scale^2 for the normal law, diag(3/4, 5/4) for t of 5 degrees, diag(1/2,
// 1/2) for Cauchy's, diag(1/3, (3 + pi^2)/9) for the logistic.
TEST(InformationOrder, OrdersModelsToo) {
  test::expect_verified(ordered(law("normal", {2, 3}), law("student_t", {2, 3, 5}), "above"));
  test::expect_refuted(ordered(law("student_t", {2, 3, 5}), law("normal", {2, 3}), "above"));
  test::expect_verified(ordered(law("logistic", {2, 3}), law("cauchy", {2, 3}), "none"));
  auto trial = ordered(law("normal", {2, 3}), law("student_t", {2, 3, 5}), "size");
  EXPECT_NEAR(test::findings_of(trial)[0].region.target, 1.0 / 3, 1e-9);
}

// Of normal laws I is diag(1, 2)/sd^2: that of sd 0.5 is 36 times that of sd 3.
TEST(InformationOrder, KnowsByHowMuch) {
  auto trial = ordered(law("normal", {-4, 0.5}), law("normal", {2, 3}), "size");
  trial.sizes = {20};
  test::expect_verified(trial);
  EXPECT_NEAR(test::findings_of(trial)[0].region.target, 35, 1e-9);
  trial.defect.information_factor = 1.2;
  test::expect_refuted(trial);
}

TEST(InformationOrder, IsRefusedWhereItDoesNotHold) {
  auto const message = test::refusal(ordered(law("normal", {2, 3}), law("normal", {-4, 0.5}), "above"));
  EXPECT_NE(message.find("declare a control"), std::string::npos) << message;
  EXPECT_NE(test::refusal(ordered(law("normal", {2, 3}), law("normal", {-4, 0.5}), "none")), "");
  auto const spaces = test::refusal(ordered(law("normal", {2, 3}), law("gamma", {4, 0.5}), "above"));
  EXPECT_NE(spaces.find("one parameter space"), std::string::npos) << spaces;
  EXPECT_NE(test::refusal(ordered(law("logistic", {2, 3}), law("cauchy", {2, 3}), "above")), "");
}

}  // namespace
}  // namespace fisherlab::claims
