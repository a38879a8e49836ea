#include "runs/calibration/calibration_state.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/calibration_cases.hpp"

namespace fisherlab::runs {

using namespace test::calibration;
namespace {

TEST(Calibrate, GoesOnFromEveryStateToTheSameBytes) {
  CalibrationState state;
  CalibrationHooks hooks;
  int grown = 0;
  hooks.state = &state;
  hooks.advance = [&grown] { ++grown; };
  auto const all = a_few();
  auto const whole = calibrate(std::span(all).first(2), budget(2), 5, hooks);
  ASSERT_GT(state.runs.size(), 30u);
  EXPECT_TRUE(std::cmp_equal(grown, state.runs.size()));
  for (std::size_t const done :
       {std::size_t{0}, std::size_t{1}, std::size_t{13}, state.runs.size() - 1, state.runs.size()}) {
    auto part = state;
    part.runs.resize(done);
    CalibrationState resumed;
    resumed.unpack(part.packed());
    grown = 0;
    hooks.state = &resumed;
    auto const result = calibrate(std::span(all).first(2), budget(1), 5, hooks);
    EXPECT_EQ(result.rows, whole.rows) << done;
    EXPECT_EQ(result.fingerprint, whole.fingerprint);
    EXPECT_EQ(result.replicates, whole.replicates);
    EXPECT_EQ(static_cast<std::size_t>(grown), state.runs.size() - done) << "what is done is not done again";
  }
  auto const bytes = state.packed();
  for (std::size_t size = 0; size < bytes.size(); size += 7)
    EXPECT_THROW(CalibrationState().unpack(bytes.substr(0, size)), InputError) << size;
}

TEST(FarLevel, GoesOnFromEveryState) {
  CalibrationState state;
  std::vector<std::string> states;
  CalibrationHooks hooks;
  hooks.state = &state;
  hooks.advance = [&] { states.push_back(state.packed()); };
  auto const whole = check_far_level(far_subjects(), far_settings(), hooks);
  ASSERT_EQ(states.size(), 3u);
  hooks.advance = {};
  for (auto const& bytes : states) {
    CalibrationState resumed;
    resumed.unpack(bytes);
    hooks.state = &resumed;
    auto const result = check_far_level(far_subjects(), far_settings(), hooks);
    EXPECT_EQ(result.rows, whole.rows);
    EXPECT_EQ(result.fingerprint, whole.fingerprint);
    EXPECT_EQ(result.replicates, whole.replicates);
  }
}

}  // namespace
}  // namespace fisherlab::runs
