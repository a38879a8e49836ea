#include "runs/data/data_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
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

Numbers read(std::string const& bytes, Column const& column = {}) { return runs::read_column(file_of(bytes), column); }

/// The message without the path of the file in front.
std::string error_of(std::string const& bytes, Column const& column = {}) {
  fs::path const path = file_of(bytes);
  try {
    runs::read_column(path, column);
  } catch (InputError const& error) {
    std::string const message = error.what(), prefix = "'" + path.string() + "'";
    EXPECT_EQ(message.find(prefix), 0u) << message;
    return message.substr(prefix.size());
  }
  return "no error";
}

TEST(ReadColumn, TakesOneColumnWithAndWithoutHeader) {
  EXPECT_EQ(read("hours\n3\n5\n"), (Numbers{3, 5}));
  EXPECT_EQ(read("3\n5"), (Numbers{3, 5}));
  EXPECT_EQ(read("\"hours, flown\"\n3\n"), (Numbers{3}));
  EXPECT_EQ(read("hours\n3\n5\n", "hours"), (Numbers{3, 5}));
}

TEST(ReadColumn, TakesANamedColumn) {
  std::string const bytes = "\"\",name,\"value, in m\"\n\"1\",\"a \"\"b\"\"\nc\",1.5\n\"2\",,-2e3\n";
  EXPECT_EQ(read(bytes, "value, in m"), (Numbers{1.5, -2000}));
  EXPECT_EQ(read("2019,2020\n1,2\n3,4\n", "2020"), (Numbers{2, 4}));
}

TEST(ReadColumn, ToleratesMarksSpacesAndLineEndings) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "x\r\n 1 \r\n+2\r\n\t-.5\r\n\r\n"),
            (Numbers{1, 2, -0.5}));
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "1\n2\n"),
            (Numbers{1, 2}));
  EXPECT_EQ(read("x\r1\r2"), (Numbers{1, 2}));
  EXPECT_EQ(read("x\n\"1\"\n"), (Numbers{1}));
}

TEST(ReadColumn, ReadsDoublesExactly) {
  EXPECT_EQ(read("x\n0.1\n5e-324\n1.7976931348623157e308\n"), (Numbers{0.1, 5e-324, 1.7976931348623157e308}));
}

TEST(ReadColumn, RefusesAPathThatIsNoFile) {
  fs::path const folder = testing::TempDir();
  auto const message = [](fs::path const& path) {
    try {
      runs::read_column(path);
    } catch (InputError const& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(message(folder / "no_such_file.csv"),
            "'" + (folder / "no_such_file.csv").string() + "' does not exist, check the path");
  EXPECT_EQ(message(folder), "'" + folder.string() + "' is a directory, name a file in it");
}

TEST(ReadColumn, RefusesAFileWithoutRows) {
  EXPECT_EQ(error_of(""), " is empty, give a header line and one number a line");
  EXPECT_EQ(error_of("\xEF\xBB\xBF\r\n\r\n"), " is empty, give a header line and one number a line");
  EXPECT_EQ(error_of("hours\n"), " has a header line and no data rows, add one number a line");
}

TEST(ReadColumn, RefusesRaggedRows) {
  EXPECT_EQ(error_of("a,b\n1,2\n3\n", "a"),
            ", line 3: has 1 cells where line 1 has 2 (a comma too many or too few), correct it");
  EXPECT_EQ(error_of("a\n1,2\n"), ", line 2: has 2 cells where line 1 has 1 (a comma too many or too few), correct it");
  EXPECT_EQ(error_of("a,b\n\"x\ny\",2\n\n3,4\n", "b"),
            ", line 4: has 1 cells where line 1 has 2 (a comma too many or too few), correct it");
}

TEST(ReadColumn, RefusesCellsThatAreNoNumbers) {
  EXPECT_EQ(error_of("x\n1\ntwo\n"), ", line 3: 'two' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n1.5kg\n"), ", line 2: '1.5kg' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n\"1,5\"\n"), ", line 2: '1,5' is not a number, write the decimal point as '.'");
  EXPECT_EQ(error_of("x\n0x10\n"), ", line 2: '0x10' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n+-1\n"), ", line 2: '+-1' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("1\n# note\n"), ", line 2: '# note' is not a number, correct it or remove the row");
  EXPECT_EQ(error_of("x\n\033[2J\n"), ", line 2: ' [2J' is not a number, correct it or remove the row");
}

TEST(ReadColumn, RefusesCellsThatAreNotFinite) {
  for (std::string const text : {"nan", "NaN", "inf", "-INF", "infinity", "+inf"})
    EXPECT_EQ(error_of("x\n1\n" + text + "\n"), ", line 3: '" + text + "' is not finite, correct it or remove the row");
  EXPECT_EQ(error_of("nan\n1\n"), ", line 1: 'nan' is not finite, correct it or remove the row");
  EXPECT_EQ(error_of("x\n1e400\n"), ", line 2: '1e400' is outside the range of a double, rescale the data");
}

TEST(ReadColumn, RefusesMissingValues) {
  EXPECT_EQ(error_of("x\n1\n\n2\n"), ", line 3: is an empty cell (missing values are not supported), remove the row");
  EXPECT_EQ(error_of("x,y\n1, \n", "y"),
            ", line 2: is an empty cell (missing values are not supported), remove the row");
  EXPECT_EQ(error_of("x\nNA\n"), ", line 2: 'NA' is a missing value (not supported), remove the row");
  EXPECT_EQ(read("x,y\n1,NA\n", "x"), (Numbers{1})) << "other columns may hold anything";
}

TEST(ReadColumn, SuggestsTheNearestColumn) {
  EXPECT_EQ(error_of("hours,plane\n1,2\n", "huors"), " has no column 'huors', did you mean 'hours'?");
  EXPECT_EQ(error_of("hours,plane\n1,2\n", "z"), " has no column 'z', choose one of: hours, plane");
  EXPECT_EQ(error_of("1\n2\n", "x"), " has no column 'x' (it is one column without a header line), leave --column out");
}

TEST(ReadColumn, AsksWhichOfSeveralColumns) {
  EXPECT_EQ(error_of("hours,plane\n1,2\n"), " has 2 columns, choose one with --column: hours, plane");
  EXPECT_EQ(error_of("x,x\n1,2\n", "x"), " has 2 columns named 'x', give each its own name");
  EXPECT_EQ(error_of("1,2\n3,4\n"), " has 2 columns and no header line, add one that names them");
  EXPECT_EQ(error_of("x;y\n1;2\n"), " has a ';' in its header (cells are separated by commas), save it with commas");
}

TEST(ReadColumn, RefusesBrokenQuotesAndOtherEncodings) {
  EXPECT_EQ(error_of("x\n1\n\"2\n3\n"), ", line 3: opens a quote that is never closed, close it");
  EXPECT_EQ(error_of("\xFF\xFE"
                     "1"),
            " is not UTF-8 text, save it as CSV with UTF-8 encoding");
}

}  // namespace
}  // namespace fisherlab::runs
