#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(ReplicateIndependence, IsVerifiedForContinuousModels) {
  for (auto const& model : {law("gamma", {2.5, 1.3}), law("normal_mean", {1e6, 1e-3}), law("uniform", {3})})
    test::expect_verified(
        {.claim = "replicate-independence", .model = model, .sizes = {4, 10}, .options = {{"margin", "0.04"}}});
}

TEST(ReplicateIndependence, IsRefutedForSharedStreams) {
  test::Trial const trial{.claim = "replicate-independence",
                          .model = law("gamma", {2.5, 1.3}),
                          .sizes = {10},
                          .defect = {.streams = Streams::shared}};
  test::expect_refuted(trial);
  EXPECT_EQ(test::findings_of(trial)[0].measurement.estimate, 0.5);  // every second sample is that of another
  auto const correlation = test::findings_of(trial)[1].measurement;
  EXPECT_NEAR(correlation.estimate, 1, 0.2);  // in units of a variance over 512 samples
}

TEST(ReplicateIndependence, IsRefutedForOverlappingStreams) {
  test::Trial const trial{.claim = "replicate-independence",
                          .model = law("gamma", {2.5, 1.3}),
                          .sizes = {10},
                          .defect = {.streams = Streams::overlapping}};
  test::expect_refuted(trial);
  EXPECT_EQ(test::findings_of(trial)[0].measurement.estimate, 0.5);
  EXPECT_NEAR(test::findings_of(trial)[1].measurement.estimate, 0.9, 0.2);  // 9 of 10 observations
}

// Marks see nothing in it; one of ten observations makes a correlation of 0.1.
TEST(ReplicateIndependence, SeesACorrelationThatMarksDoNot) {
  test::Trial trial{.claim = "replicate-independence",
                    .model = law("normal_mean", {1e6, 1e-3}),
                    .sizes = {10},
                    .defect = {.streams = Streams::correlated}};
  auto const findings = test::findings_of(trial);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].verdict, Verdict::verified);
  EXPECT_EQ(findings[1].verdict, Verdict::refuted);
  EXPECT_NEAR(findings[1].measurement.estimate, 0.1, 0.02);
  trial.options = {{"relation", "correlation"}};
  test::expect_refuted(trial);
}

}  // namespace
}  // namespace fisherlab::claims
