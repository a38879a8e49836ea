#include "findings/names.hpp"

#include <gtest/gtest.h>

namespace fisherlab {
namespace {

TEST(Names, AreThoseOfTheFindingsFile) {
  EXPECT_EQ(to_string(RegionKind::equal), "equal");
  EXPECT_EQ(to_string(RegionKind::at_least), "at_least");
  EXPECT_EQ(to_string(RegionKind::at_most), "at_most");
  EXPECT_EQ(to_string(Verdict::verified), "verified");
  EXPECT_EQ(to_string(Verdict::refuted), "refuted");
  EXPECT_EQ(to_string(Verdict::inconclusive), "inconclusive");
  EXPECT_EQ(to_string(Expectation::verified), "verified");
  EXPECT_EQ(to_string(Expectation::refuted), "refuted");
  EXPECT_EQ(to_string(Expectation::report), "report");
  EXPECT_EQ(to_string(Outcome::pass), "pass");
  EXPECT_EQ(to_string(Outcome::fail), "fail");
  EXPECT_EQ(to_string(Outcome::open), "open");
  EXPECT_EQ(to_string(Outcome::report), "report");
}

}  // namespace
}  // namespace fisherlab
