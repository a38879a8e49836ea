#include "sim/models/scalar/lane_by_lane.hpp"

#include <gtest/gtest.h>

#include "claims/catalogue.hpp"
#include "runs/run.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scalar_exponential.hpp"

namespace fisherlab::claims {
namespace {

using test::ScalarExponential;

Case case_of(sim::AnyModel model, std::vector<std::int64_t> sizes) {
  Law const law{std::move(model), {0.7}};
  return {{law, law, ""}, std::move(sizes), Expectation::verified, "", {}};
}

runs::RunResult answer(std::vector<Question> const& questions) {
  runs::RunSettings settings;
  settings.first_replicates = 16'384;
  settings.max_replicates = 262'144;
  settings.threads = 1;
  return run(questions, settings, {});
}

TEST(LaneByLane, DrawsWhatTheLaneModelDraws) {
  auto const scalar = sim::run_lane_by_lane(ScalarExponential{});
  auto const lanes = sim::make_model("exponential", {});
  sim::Sample a(7, 1), b(7, 1);
  double const rate = 0.7;
  sim::StreamKey const key{3, 5, 16};
  scalar->draw({&rate, 1}, key, a);
  lanes->draw({&rate, 1}, key, b);
  for (std::int64_t i = 0; i < 7; ++i)
    for (int lane = 0; lane < sim::lane_count; ++lane)
      EXPECT_NEAR(a(i)[lane], b(i)[lane], 1e-14 * b(i)[lane]) << i << ' ' << lane;
}

TEST(LaneByLane, HoldsAUsersModelToTheTheory) {
  auto const model = sim::run_lane_by_lane(ScalarExponential{});
  auto const result = answer({ask(*find_claim("score-mean"), case_of(model, {20})),
                              ask(*find_claim("asymptotic-variance"), case_of(model, {10, 40, 160})),
                              ask(*find_claim("coverage"), case_of(model, {80}))});
  ASSERT_EQ(result.findings.size(), 4u);
  for (auto const& finding : result.findings) EXPECT_EQ(finding.verdict, Verdict::verified) << test::text_of(finding);
}

TEST(LaneByLane, IsRefutedForAWrongScore) {
  auto const model = sim::run_lane_by_lane(ScalarExponential{0.05});
  auto const result = answer({ask(*find_claim("score-mean"), case_of(model, {20}))});
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].verdict, Verdict::refuted);
}

}  // namespace
}  // namespace fisherlab::claims
