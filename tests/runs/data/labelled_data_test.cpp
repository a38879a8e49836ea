#include "runs/data/labelled_data.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

using Names = std::vector<std::string>;

std::string message_of(runs::LabelledOptions const& options) {
  try {
    runs::read_labelled_table(options);
  } catch (InputError const& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LabelledData, SortsClassesByNameOrByValue) {
  auto const words = runs::read_labelled({.file = csv_file("a,class\n1,z\n2,b\n3,z\n4,b\n")});
  EXPECT_EQ(words.classes, (Names{"b", "z"}));
  EXPECT_EQ(words.targets, (Eigen::Vector4d(1, 0, 1, 0)));
  auto const numbers = runs::read_labelled({.file = csv_file("a,y\n1,10\n2,9\n3,10\n4,9\n")});
  EXPECT_EQ(numbers.classes, (Names{"9", "10"}));
  EXPECT_EQ(numbers.targets, (Eigen::Vector4d(1, 0, 1, 0)));
}

TEST(LabelledData, FindsTheLabelByItsUsualNameElseLast) {
  auto const named =
      runs::read_labelled_table({.file = csv_file("Target,b,c\n1,5,6\n2,7,8\n4,9,0\n"), .classification = false});
  EXPECT_EQ(named.label, "Target");
  EXPECT_EQ(named.data.columns, (Names{"b", "c"}));
  EXPECT_EQ(named.data.targets, Eigen::Vector3d(1, 2, 4));
  EXPECT_EQ(named.data.inputs(1, 1), 8);
  auto const last =
      runs::read_labelled_table({.file = csv_file("a,b,c\n1,5,6\n2,7,8\n4,9,0\n"), .classification = false});
  EXPECT_EQ(last.label, "c");
}

TEST(LabelledData, KeepsGroupsOutOfTheInputs) {
  auto const table = runs::read_labelled_table(
      {.file = csv_file("a,site,label\n1,east,0\n2,west,1\n3,east,0\n4,west,1\n"), .group = "site"});
  EXPECT_EQ(table.groups, (Names{"east", "west", "east", "west"}));
  EXPECT_EQ(table.data.columns, Names{"a"});
}

TEST(LabelledData, TestRowsFollowTheTrainingColumns) {
  auto const train = runs::read_labelled_table({.file = csv_file("a,b,y\n1,2,n\n3,4,p\n5,6,n\n7,8,p\n")});
  auto const test = runs::read_test({.file = csv_file("y,b,a\np,20,10\n")}, train);
  EXPECT_EQ(test.inputs, (Eigen::RowVector2d(10, 20)));
  EXPECT_EQ(test.targets[0], 1);
  EXPECT_THROW(runs::read_test({.file = csv_file("y,b,a\nq,20,10\n")}, train), InputError);
  EXPECT_THROW(runs::read_test({.file = csv_file("y,c,a\np,20,10\n")}, train), InputError);
}

TEST(LabelledData, LeavesRowNamesOutAndSaysSo) {
  for (std::string const header : {"\"\",", "", "Unnamed: 0,", "rownames,"}) {
    auto const table = runs::read_labelled_table(
        {.file = csv_file(header + "\"speed\",\"dist\"\n\"1\",4,2\n\"2\",4,10\n\"3\",7,4\n"), .classification = false});
    EXPECT_EQ(table.data.columns, Names{"speed"}) << header;
    EXPECT_EQ(table.notes, Names{"The first column ('1' to '3') numbers or names the rows and is left out."});
  }
}

TEST(LabelledData, KeepsTheNumbersOfRowsWhenSomeAreSkipped) {
  auto const table = runs::read_labelled_table(
      {.file = csv_file("a,y\n1,5\nNA,6\n3,7\n4,8\n"), .classification = false, .reading = {.skips_missing = true}});
  EXPECT_EQ(table.rows, (std::vector<int>{1, 3, 4}));
  EXPECT_EQ(table.data.targets, Eigen::Vector3d(5, 7, 8));
}

TEST(LabelledData, RefusesWhatItCannotUse) {
  struct Bad {
    std::string bytes, said;
    std::optional<std::string> label = {};
    bool classification = true;
    std::optional<std::string> group = {};
  };
  std::vector<Bad> const all = {
      {"", "is empty"},
      {"a,y\n", "0 data rows"},
      {"a,y\n1,0\n2,1\n", "2 data rows (too few)"},
      {"a\n1\n2\n3\n", "has one column"},
      {"1,2,9\n3,4,9\n5,6,9\n7,8,9\n", "line 1: holds data where a header line should be"},
      {"1,p\n3,q\n5,p\n7,q\n", "line 1: holds data where a header line should be"},
      {"p,q\nr,s\nt,u\np,q\n", "line 1: 'p' comes again in line 4"},
      {"a;y\n1;2\n3;4;5\n5;6\n", "line 3: has 3 cells where line 1 has 2 (cells are separated by ';'"},
      {"a,,y\n1,2,0\n1,2,0\n1,2,1\n", "line 1: column 2 has no name"},
      {"a,a,y\n1,2,0\n1,2,0\n1,2,1\n", "line 1: two columns are named 'a'"},
      {"a,y\n1,0\n2,1,3\n3,0\n", "line 3: has 3 cells"},
      {"a,y\n1,0\n,1\n3,0\n4,1\n", "line 3: 1 of 4 rows miss a value (this is the first: an empty cell)"},
      {"a,y\n1,0\nNA,1\n3,0\n4,1\n", "line 3: 1 of 4 rows miss a value (this is the first: 'NA')"},
      {"a,y\n1,0\n2,1\nthree,0\n4,1\n", "line 4: column 'a': 'three' is not a number"},
      {"a,b,y\n1,u,0\n2,v,1\n3,w,0\n4,u,1\n", "line 2: column 'b' holds words such as 'u'"},
      {"a,y\n1,0\n2,1\n3,\n4,1\n", "line 4: 1 of 4 rows miss a value"},
      {"a,y\n1,0\n2,0\n3,0\n", "has one class only, '0'"},
      {"a,y\n1,0\n2,0\n3,2\n", "line 4: class '2' has this row alone"},
      {"a,y\n1,1\n2,1.0\n3,1\n4,1.0\n5,2\n6,2\n", "write it in one way"},
      {"a,colour\n1,0\n2,0\n3,1\n", "has no column 'color', did you mean 'colour'?", "color"},
      {"a,y\n1,p\n2,q\n3,r\n", "line 2: column 'y' holds words such as 'p', not numbers", {}, false},
      {"a,y\n1,0\n2,0\n3,1\n4,1\n", "has 'y' as its label", {}, true, "y"},
      {"s,y\n1,0\n2,0\n3,1\n4,1\n", "has no column of inputs", {}, true, "s"},
  };
  int ran = 0;
  for (auto const& [bytes, said, label, classification, group] : all) {
    auto const message = message_of({csv_file(bytes), label, classification, group});
    EXPECT_NE(message.find(said), std::string::npos) << bytes << message;
    ++ran;
  }
  EXPECT_EQ(ran, 23);
  std::string many = "a,y\n";
  for (int i = 0; i < 60; ++i) many += "1," + std::to_string(i * 0.5) + '\n';
  EXPECT_NE(message_of({.file = csv_file(many)}).find("has labels of 60 values in 60 rows"), std::string::npos);
  EXPECT_NE(message_of({.file = "/nowhere.csv"}).find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
