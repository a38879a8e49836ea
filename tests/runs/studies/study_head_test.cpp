#include "runs/studies/study_head.hpp"

#include <gtest/gtest.h>

#include <string>

#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

TEST(StudyHead, HasTitleDescriptionAndNumberOfCases) {
  auto const head = study_head(
      "title = \"Two  lines\\nin one\"\ndescription = \"What it tests.\"\n"
      "[[case]]\nn = 1\n[[case]]\nn = 2\n[[influence]]\nclaim = \"x\"\n");
  EXPECT_EQ(head.title, "Two lines in one");
  EXPECT_EQ(head.about, "What it tests.");
  EXPECT_EQ(head.cases, 3u);
  EXPECT_EQ(study_head("[case]\nn = 1\n").cases, 1u) << "one table, as studies may have it";
}

TEST(StudyHead, IsEmptyWhereTheTextIsNoStudy) {
  auto const head = study_head("title = \"cut");
  EXPECT_TRUE(head.title.empty());
  EXPECT_EQ(head.cases, 0u);
}

TEST(StudyHead, CountsTheSubjectsOfAShippedStudy) {
  EXPECT_EQ(study_head(shipped_text("smoke")).title, load_study("smoke").title);
  EXPECT_GE(load_study("smoke").questions.size(), study_head(shipped_text("smoke")).cases);
}

}  // namespace
}  // namespace fisherlab::runs
