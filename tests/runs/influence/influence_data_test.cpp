#include "runs/influence/influence_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

/// Twelve rows, two inputs of unlike scale, two sites, two classes.
std::string file_in(std::filesystem::path const& folder) {
  std::string bytes = "x,z,site,label\n";
  for (int i = 0; i < 12; ++i)
    bytes += std::to_string(i) + ',' + std::to_string(100 * (i * 7 % 5)) + ',' + (i % 3 ? "east" : "west") + ',' +
             (i % 2 ? "b" : "a") + '\n';
  return test::file_with(folder, "small.csv", bytes);
}

std::string refusal_of(InfluenceSource const& source) {
  try {
    read_influence_data(source);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

TEST(InfluenceData, StandsInForTestRowsWhereThereAreNone) {
  auto const data = read_influence_data({.file = file_in(test::fresh_folder()), .group = "site"});
  EXPECT_EQ(data.name, "small");
  EXPECT_EQ(data.label, "label");
  EXPECT_TRUE(data.tests_itself);
  EXPECT_EQ(data.train.rows(), 12);
  EXPECT_EQ(data.test_rows, data.train_rows);
  EXPECT_EQ(data.train_rows.front(), 1);
  EXPECT_EQ(data.train_rows.back(), 12);
}

TEST(InfluenceData, GroupsTrainingRowsByTheirPlace) {
  auto const data = read_influence_data({.file = file_in(test::fresh_folder()), .holdout = 0.5, .group = "site"});
  ASSERT_EQ(data.groups.size(), 2u);
  EXPECT_EQ(data.groups[0].name, "east");
  EXPECT_EQ(data.groups[1].name, "west");
  for (auto const& group : data.groups)
    for (int const place : group.rows) {
      int const line = data.train_rows.at(static_cast<std::size_t>(place)) - 1;
      EXPECT_EQ(line % 3 ? "east" : "west", group.name);
    }
  EXPECT_EQ(data.groups[0].rows.size() + data.groups[1].rows.size(), data.train_rows.size());
}

TEST(InfluenceData, HoldsOutTheSameShareOfEachClassBySeed) {
  auto const file = file_in(test::fresh_folder());
  auto const data = read_influence_data({.file = file, .holdout = 0.5, .group = "site", .seed = 4});
  EXPECT_FALSE(data.tests_itself);
  EXPECT_EQ(data.train.rows(), 6);
  EXPECT_EQ((data.train.targets.array() == 1).count(), 3);
  EXPECT_EQ(read_influence_data({.file = file, .holdout = 0.5, .group = "site", .seed = 4}).test_rows, data.test_rows);
  EXPECT_NE(read_influence_data({.file = file, .holdout = 0.5, .group = "site", .seed = 5}).test_rows, data.test_rows);
  auto lines = data.train_rows;
  lines.insert(lines.end(), data.test_rows.begin(), data.test_rows.end());
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(std::unique(lines.begin(), lines.end()) - lines.begin(), 12) << "each row on one side";
}

TEST(InfluenceData, StandardisesByTheTrainingRows) {
  auto const file = file_in(test::fresh_folder());
  auto const plain = read_influence_data({.file = file, .group = "site"});
  EXPECT_GT(scale_ratio(plain.train), 10);
  auto const data = read_influence_data({.file = file, .group = "site", .standardised = true});
  EXPECT_NEAR(scale_ratio(data.train), 1, 1e-12);
  for (int j = 0; j < 2; ++j) {
    EXPECT_NEAR(data.train.inputs.col(j).mean(), 0, 1e-12);
    EXPECT_NEAR(data.train.inputs.col(j).squaredNorm(), 12, 1e-9);
  }
}

TEST(InfluenceData, IsRefusedWhereNothingIsLeft) {
  auto const file = file_in(test::fresh_folder());
  EXPECT_NE(refusal_of({.file = file, .holdout = 2.0, .group = "site"}).find("between 0 and 1"), std::string::npos);
  EXPECT_NE(refusal_of({.file = file, .holdout = 0.99, .group = "site"}).find("it leaves 0 for training"),
            std::string::npos);
  EXPECT_NE(refusal_of({.file = file, .test = file, .holdout = 0.2}).find("both given"), std::string::npos);
  EXPECT_NE(refusal_of({.file = "nowhere.csv"}).find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs
