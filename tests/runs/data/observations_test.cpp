#include "runs/data/observations.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>

#include "base/expects.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;
using Numbers = std::vector<double>;
using Column = std::optional<std::string>;

fs::path file_of(std::string const& bytes) {
  fs::path const path = test::fresh_folder() / "data.csv";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

Numbers read(std::string const& bytes, Column const& column = {}, Reading const& reading = {}) {
  return read_observations(file_of(bytes).string(), {.values = column}, reading).values;
}

/// The message without the path of the file in front.
std::string error_of(std::string const& bytes, Column const& column = {}, Reading const& reading = {}) {
  fs::path const path = file_of(bytes);
  try {
    read_observations(path.string(), {.values = column}, reading);
  } catch (InputError const& error) {
    std::string const message = error.what(), prefix = "'" + path.string() + "'";
    EXPECT_EQ(message.find(prefix), 0u) << message;
    return message.substr(prefix.size());
  }
  return "no error";
}

TEST(Observations, TakesOneColumnWithAndWithoutHeader) {
  EXPECT_EQ(read("hours\n3\n5\n"), (Numbers{3, 5}));
  EXPECT_EQ(read("3\n5"), (Numbers{3, 5}));
  EXPECT_EQ(read("\"hours, flown\"\n3\n"), (Numbers{3}));
  EXPECT_EQ(read("hours\n3\n5\n", "hours"), (Numbers{3, 5}));
}

TEST(Observations, TakesANamedColumn) {
  std::string const bytes = "\"\",name,\"value, in m\"\n\"1\",\"a \"\"b\"\"\nc\",1.5\n\"2\",,-2e3\n";
  EXPECT_EQ(read(bytes, "value, in m"), (Numbers{1.5, -2000}));
  EXPECT_EQ(read("2019,2020\n1,2\n3,4\n", "2020", {.separator = ',', .has_header = true}), (Numbers{2, 4}));
}

TEST(Observations, ToleratesMarksSpacesAndLineEndings) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "x\r\n 1 \r\n+2\r\n\t-.5\r\n\r\n"),
            (Numbers{1, 2, -0.5}));
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "1\n2\n"),
            (Numbers{1, 2}));
  EXPECT_EQ(read("x\r1\r2"), (Numbers{1, 2}));
  EXPECT_EQ(read("x\n\"1\"\n"), (Numbers{1}));
}

TEST(Observations, ReadsDoublesExactly) {
  EXPECT_EQ(read("x\n0.1\n5e-324\n1.7976931348623157e308\n"), (Numbers{0.1, 5e-324, 1.7976931348623157e308}));
}

TEST(Observations, RefusesAPathThatIsNoFile) {
  fs::path const folder = testing::TempDir();
  auto const message = [](fs::path const& path) {
    try {
      read_observations(path.string());
    } catch (InputError const& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(message(folder / "no_such_file.csv"),
            "'" + (folder / "no_such_file.csv").string() + "' does not exist, check the path");
  EXPECT_EQ(message(folder), "'" + folder.string() + "' is a directory, name a file in it");
}

TEST(Observations, RefusesAFileWithoutRows) {
  EXPECT_EQ(error_of(""), " is empty, give a header line and one number a line");
  EXPECT_EQ(error_of("\xEF\xBB\xBF\r\n\r\n"), " is empty, give a header line and one number a line");
  EXPECT_EQ(error_of("hours\n"), " has a header line and no data rows, add one number a line");
}

TEST(Observations, RefusesRaggedRows) {
  EXPECT_EQ(
      error_of("a,b\n1,2\n3\n", "a"),
      ", line 3: has 1 cell where line 1 has 2 (cells are separated by ','; one too many or too few), correct it or "
      "name the separator with --sep");
  EXPECT_EQ(
      error_of("a\n1,2,3\n4,5\n"),
      ", line 2: has 3 cells where line 1 has 1 (cells are separated by ','; one too many or too few), correct it "
      "or name the separator with --sep");
  EXPECT_EQ(error_of("a\tb\n1\t2\n3;4\n", "b"),
            ", line 3: has 1 cell where line 1 has 2 (cells are separated by a tab ('\\t'); ';' stands in this line), "
            "correct it or name the separator with --sep");
  EXPECT_EQ(
      error_of("a,b\n1,2\n# note\n3,4\n", "b"),
      ", line 3: has 1 cell where line 1 has 2 (cells are separated by ','; lines that begin with '#' are left out "
      "at the top alone), correct it or name the separator with --sep");
}

TEST(Observations, RefusesCellsThatAreNoNumbers) {
  EXPECT_EQ(error_of("x\n1\ntwo\n"), ", line 3: 'two' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n1.5kg\n"), ", line 2: '1.5kg' is not a number, take the unit out");
  EXPECT_EQ(error_of("x\n\"1,5\"\n2.5\n"),
            ", line 2: '1,5' is not a number, write the decimal point as '.', or give --decimal ,");
  EXPECT_EQ(error_of("x\n0x10\n"), ", line 2: '0x10' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n+-1\n"), ", line 2: '+-1' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("1\n# note\n"), ", line 2: '# note' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n\033[2J\n"), ", line 2: ' [2J' is not a number, correct it or remove the row");
}

TEST(Observations, RefusesCellsThatAreNotFinite) {
  for (std::string const text : {"inf", "-INF", "infinity", "+inf"})
    EXPECT_EQ(error_of("x\n1\n" + text + "\n"), ", line 3: '" + text + "' is not finite, correct it or remove the row");
  EXPECT_EQ(error_of("inf\n1\n"), ", line 1: 'inf' is not finite, correct it or remove the row");
  EXPECT_EQ(error_of("x\n1e400\n"), ", line 2: '1e400' is outside the range of a double, rescale the data");
}

TEST(Observations, CountMissingValuesAndSkipThemWhenTold) {
  std::string const bytes = "x\n1\n\n2\nNA\nnan\nNULL\n.\n#N/A\n4\n";
  EXPECT_EQ(error_of(bytes),
            ", line 3: 6 of 9 rows miss a value (this is the first: an empty cell), give the values or leave such rows "
            "out with --missing skip");
  auto const data = read_observations(file_of(bytes).string(), {}, {.skips_missing = true});
  EXPECT_EQ(data.values, (Numbers{1, 2, 4}));
  EXPECT_EQ(data.notes, std::vector<std::string>{"6 of 9 rows miss a value and are left out."});
  EXPECT_EQ(error_of("x\nNA\n", {}, {.skips_missing = true}), " has no row without a missing value, give some");
  EXPECT_EQ(error_of("nan\n1\n").find(", line 1: 1 of 2 rows miss a value"), 0u) << "a datum, no header";
  EXPECT_EQ(read("x,y\n1,NA\n", "x"), (Numbers{1})) << "other columns may hold anything";
}

TEST(Observations, SuggestsTheNearestColumn) {
  EXPECT_EQ(error_of("hours,plane\n1,2\n", "huors"), " has no column 'huors', did you mean 'hours'?");
  EXPECT_EQ(error_of("hours,plane\n1,2\n", "z"), " has no column 'z', choose one of: hours, plane");
  EXPECT_EQ(error_of("1\n2\n", "x"), " has no column 'x' (it is one column without a header line), leave --column out");
}

TEST(Observations, AsksWhichOfSeveralColumns) {
  EXPECT_EQ(error_of("hours,plane\n1,2\n"), " has 2 columns, choose one with --column: hours, plane");
  EXPECT_EQ(error_of("x,x\n1,2\n", "x"), " has 2 columns named 'x', give each its own name");
  EXPECT_EQ(
      error_of("1;2\n3;4\n"),
      " has 2 columns and no header line, add one that names them, or choose by number with --header no --column 1");
  EXPECT_EQ(read("1;2\n3;4\n", "2", {.has_header = false}), (Numbers{2, 4}));
  EXPECT_EQ(error_of("x;y\n1;2\n"), " has 2 columns, choose one with --column: x, y");
}

TEST(Observations, AreRepeatedByTheirCounts) {
  std::string const bytes = "deaths,count\n0,109\n1,65\n2,22\n3,3\n4,1\n";
  auto const data = read_observations(file_of(bytes).string(), {.count = "count"});
  ASSERT_EQ(data.values.size(), 200u);
  EXPECT_EQ(std::accumulate(data.values.begin(), data.values.end(), 0.0) / 200, 0.61);
  auto const error = [](std::string const& text, ObservationColumns const& columns) {
    try {
      read_observations(file_of(text).string(), columns);
    } catch (InputError const& refused) {
      return std::string(refused.what());
    }
    return std::string("no error");
  };
  auto const says = [](std::string const& message, std::string const& part) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  says(error("x,k\n1,2.5\n", {.count = "k"}), "line 2: the count is 2.5 (not a whole number from 0 on)");
  says(error("x,k\n1,-2\n", {.count = "k"}), "the count is -2");
  says(error("x,k\n1,1e9\n", {.count = "k"}), "over 100 million observations");
  says(error("x,k\n1,0\n", {.count = "k"}), "has counts of 0 alone");
  says(error("x,k\n1,2\n", {.values = "k", .count = "k"}), "one column for two things");
}

TEST(Observations, RefusesBrokenQuotesAndOtherEncodings) {
  EXPECT_EQ(error_of("x\n1\n\"2\n3\n"), ", line 3: opens a quote that is never closed, close it");
  EXPECT_EQ(error_of("\xFF\xFE"
                     "1"),
            " is not UTF-8 text, save it as CSV with UTF-8 encoding");
}

// A column of 0 and 1 beside positive numbers may tell survivors: who does not use it is told so.
TEST(Observations, TellOfAColumnThatMayBeOfSurvivors) {
  auto const notes_of = [](std::string const& bytes, ObservationColumns const& columns) {
    return read_observations(file_of(bytes).string(), columns).notes;
  };
  std::string const lives = "hours,failed\n12,1\n30,0\n7.5,1\n";
  auto const notes = notes_of(lives, {.values = "hours"});
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0],
            "Column 'failed' holds 0 and 1 alone and is not used: where 0 marks what was not seen to its end, add "
            "--event failed.");
  EXPECT_TRUE(notes_of(lives, {.values = "hours", .event = "failed"}).empty());
  EXPECT_TRUE(notes_of("hours,failed\n12,1\n30,2\n", {.values = "hours"}).empty());
  EXPECT_TRUE(notes_of("hours,failed\n-12,1\n30,0\n", {.values = "hours"}).empty()) << "no lives";
}

}  // namespace
}  // namespace fisherlab::runs
