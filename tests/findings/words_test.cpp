#include "findings/words.hpp"

#include <gtest/gtest.h>

#include "findings/calibration.hpp"
#include "findings/names.hpp"

namespace fisherlab {
namespace {

template <class Enum>
void expect_read_back(std::size_t count) {
  auto const values = values_of<Enum>();
  EXPECT_EQ(values.size(), count);
  for (Enum const value : values) EXPECT_EQ(value_of_word<Enum>(to_string(value)), value);
  for (auto const* word : {"", "unknown", "Verified"}) EXPECT_FALSE(value_of_word<Enum>(word)) << word;
}

TEST(Words, ReadBackAsTheValuesTheyAreOf) {
  expect_read_back<RegionKind>(3);
  expect_read_back<Verdict>(3);
  expect_read_back<Expectation>(3);
  expect_read_back<Outcome>(4);
  expect_read_back<Quantity>(2);
  expect_read_back<DefectKind>(4);
  expect_read_back<RunKind>(7);
  expect_read_back<RunStatus>(4);
  expect_read_back<Noted>(2);
}

}  // namespace
}  // namespace fisherlab
