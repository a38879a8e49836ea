#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(ReplicateIndependence, IsVerifiedForContinuousModels) {
  for (auto const& model : {law("gamma", {2.5, 1.3}), law("normal_mean", {1e6, 1e-3}), law("uniform", {3})})
    test::expect_verified({.claim = "replicate-independence", .model = model, .sizes = {4, 10}});
}

TEST(ReplicateIndependence, IsRefutedForSharedStreams) {
  test::Trial const trial{.claim = "replicate-independence",
                          .model = law("gamma", {2.5, 1.3}),
                          .sizes = {10},
                          .defect = {.shared_streams = true}};
  test::expect_refuted(trial);
  EXPECT_EQ(test::findings_of(trial)[0].measurement.estimate, 0.5);  // every second sample is that of another
}

}  // namespace
}  // namespace fisherlab::claims
