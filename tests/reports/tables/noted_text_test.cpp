#include "reports/tables/noted_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reports/tables/summary_md.hpp"

namespace fisherlab::reports {
namespace {

ReplicateRow row_of(Noted why, int scenario, std::int64_t replicate) {
  ReplicateRow row;
  row.why = why;
  row.scenario = scenario;
  row.replicate = replicate;
  return row;
}

TEST(NotedSentence, CountsAndSaysHowToDrawTheFirstAgain) {
  auto const failed = row_of(Noted::failed, 2, 17), extreme = row_of(Noted::extreme, 3, 99);
  EXPECT_EQ(noted_sentence({}), "");
  EXPECT_EQ(
      noted_sentence(std::vector{failed}),
      "replicates.csv names 1 replicate whose fit failed; `fisherlab replay DIR 2 17`, DIR the folder of the run, "
      "draws the first again.");
  EXPECT_EQ(noted_sentence(std::vector{extreme, extreme}),
            "replicates.csv names 2 replicates at the ends of refuted findings; `fisherlab replay DIR 3 99`, DIR the "
            "folder of the run, draws the first again.");
  EXPECT_NE(noted_sentence(std::vector{failed, failed, extreme})
                .find("2 replicates whose fit failed and 1 at the ends of refuted findings"),
            std::string::npos);
}

TEST(SummaryMarkdown, EndsWithTheReplicatesThatAreNamed) {
  std::vector const noted = {row_of(Noted::failed, 2, 17)};
  EXPECT_TRUE(summary_markdown({}, RunStatus::complete, noted).ends_with("\n" + noted_sentence(noted) + "\n"));
}

}  // namespace
}  // namespace fisherlab::reports
