#include "claims/instruments/exact/score_moments.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

bool shown(Law const& model, Law const& data, int k) { return score_moment_is_shown({model, data, {}}, k); }

/// The score of a normal sd is of degree 2 in x, and Student's t(nu) has moments below nu.
TEST(ScoreMoments, OfANormalLawAreThoseThatStudentsTailsAllow) {
  auto const normal = law("normal", {0, 1});
  for (double const df : {1.5, 3.0, 3.9}) EXPECT_FALSE(shown(normal, law("student_t", {0, 1, df}), 2)) << df;
  for (double const df : {8.0, 12.0}) EXPECT_TRUE(shown(normal, law("student_t", {0, 1, df}), 2)) << df;
  EXPECT_FALSE(shown(normal, law("student_t", {0, 1, 7}), 4));
  EXPECT_TRUE(shown(normal, law("student_t", {0, 1, 20}), 4));
}

/// The score of a Cauchy location is bounded, of an exponential rate linear, of a normal mean too.
TEST(ScoreMoments, FollowTheScoreNotTheDataAlone) {
  auto const cauchy = law("cauchy", {0, 1});
  EXPECT_TRUE(shown(law("cauchy", {1, 2}), cauchy, 4));
  EXPECT_FALSE(shown(law("normal", {0, 1}), cauchy, 2));
  EXPECT_TRUE(shown(law("exponential", {1}), law("gamma", {0.5, 2}), 4));
  EXPECT_FALSE(shown(law("exponential", {1}), law("lognormal", {0, 4}), 2)) << "carried by values that no run draws";
}

TEST(ScoreMoments, AreNotAskedOfDataOfTheModelOrOutsideItsSupport) {
  EXPECT_TRUE(shown(law("lognormal", {0, 9}), law("lognormal", {0, 9}), 4));
  EXPECT_TRUE(shown(law("gamma", {2, 1}), law("normal", {0, 1}), 4));
}

TEST(ScoreMoments, RefuseTheClaimsThatAverageThem) {
  for (auto const* id : {"score-mean", "information-equality", "density-curvature", "sample-additivity"}) {
    test::Trial trial{id, law("normal", {0, 1}), {5}};
    trial.data = law("cauchy", {0, 1});
    EXPECT_NE(test::refusal(trial).find("of the score of normal on cauchy"), std::string::npos) << test::refusal(trial);
    trial.data = law("exponential", {1});
    EXPECT_EQ(test::refusal(trial), "") << id;
  }
}

}  // namespace
}  // namespace fisherlab::claims
