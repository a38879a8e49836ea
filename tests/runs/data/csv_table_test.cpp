#include "runs/data/csv_table.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/files/data_bytes.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

using runs::CsvTable;
using runs::Reading;
using Names = std::vector<std::string>;

CsvTable table(std::string const& bytes, Reading const& reading = {}, Names const& wanted = {}) {
  return {csv_file(bytes), reading, wanted};
}

std::string message(std::string const& bytes, Reading const& reading = {}, Names const& wanted = {}) {
  try {
    table(bytes, reading, wanted);
  } catch (InputError const& error) {
    return error.what();
  }
  return "accepted";
}

void expect_says(std::string const& said, std::string const& part) {
  EXPECT_NE(said.find(part), std::string::npos) << said;
}

TEST(CsvTable, RecognisesSeparatorAndDecimalMark) {
  struct Written {
    std::string bytes;
    std::string note;
  };
  std::vector<Written> const all = {
      {"a,b\n1.5,2\n3.5,4\n", ""},
      {"a;b\n1,5;2\n3,5;4\n", "Cells are separated by ';', the decimal mark is ','."},
      {"a;b\n1.5;2\n3.5;4\n", "Cells are separated by ';', the decimal mark is '.'."},
      {"\xEF\xBB\xBF"
       "a\tb\r\n1,5\t2\r\n3,5\t4\r\n",
       "Cells are separated by a tab ('\\t'), the decimal mark is ','."},
      {"a|b\n1.5|2\n3.5|4\n", "Cells are separated by '|', the decimal mark is '.'."},
      {"a,b\n\"1,5\",\"2\"\n\"3,5\",\"4\"\n", "Cells are separated by ',', the decimal mark is ','."},
      {"a;b;note\n1,5;2;\"one; two\"\n3,5;4;\"a, b\"\n", "Cells are separated by ';', the decimal mark is ','."},
      {"a,b,c\n1.5,2,x;y\n3.5,4,z\n", ""},
  };
  for (auto const& [bytes, note] : all) {
    auto const read = table(bytes);
    ASSERT_EQ(read.rows(), 2u) << bytes;
    EXPECT_EQ(read.cell(0, read.column("a")).value, 1.5) << bytes;
    EXPECT_EQ(read.cell(1, read.column("b")).value, 4) << bytes;
    EXPECT_EQ(read.notes(), note.empty() ? Names{} : Names{note}) << bytes;
  }
}

TEST(CsvTable, ReadsDecimalCommasOfOneColumn) {
  for (std::string const bytes : {"x\n1,5\n2\n", "1,5\n2\n", "x\n-1,5\n2,25\n", "x\n\"1,5\"\n2\n"})
    EXPECT_EQ(std::abs(table(bytes).cell(0, 0).value), 1.5) << bytes;
}

TEST(CsvTable, AsksWhereAFileCanBeReadInTwoWays) {
  expect_says(message("1,5\n2,7\n"), "may hold two columns separated by ',' or one of numbers with decimal commas");
  expect_says(message("x\n1,5\n2,7\n3,9\n"), "say --sep , or --decimal ,");
  EXPECT_EQ(table("1,5\n2,7\n", {.decimal = ','}).columns(), 1u);
  EXPECT_EQ(table("1,5\n2,7\n", {.separator = ','}).columns(), 2u);
  expect_says(message("a|b,c\n1|2,x\n"), "may have its cells separated by ',' or by '|', say which with --sep");
  expect_says(message("x;y\n1,234;1\n2,345;2\n"), "may be a decimal one or stand between thousands");
  EXPECT_EQ(table("x;y\n1,234;1\n2,345;2\n", {.decimal = ','}).cell(0, 0).value, 1.234);
  EXPECT_EQ(table("x;y\n1,234;1\n2,34;2\n").cell(0, 0).value, 1.234) << "2,34 shows what the comma is";
}

TEST(CsvTable, ReadsNoThousands) {
  for (std::string const text : {"1,234.5", "1.234,5", "1 234", "1'234", "1,234,567"})
    EXPECT_EQ(runs::parse_cell(text).problem, "'" + text + "' is not a number, take the marks between thousands out");
}

TEST(CsvTable, TakesTheFirstLineForAHeaderOnlyWhereThatIsCertain) {
  EXPECT_TRUE(table("hours\n1\n2\n").has_header());
  EXPECT_FALSE(table("1\n2\n").has_header());
  EXPECT_FALSE(table("NA\n2\n").has_header());
  EXPECT_FALSE(table("TRUE\nFALSE\n").has_header());
  EXPECT_TRUE(table("%,x\n1,2\n3,4\n").has_header()) << "x is certain, so '%' is a name";
  for (std::string const cell : {"<0.05", "> 3", "1.5kg", "12:30", "5%", "1e", "?", "ND", "n.d.", "#1"})
    expect_says(message((cell.starts_with('#') ? "\"" + cell + "\"" : cell) + "\n0.12\n0.33\n"),
                "line 1: '" + cell + "' may name a column or be a datum");
  expect_says(message("1,abc\n2,3\n4,5\n"), "line 1: 'abc' may name a column");
  expect_says(message("2019;2020\n1;2\n", {}, {"2020"}), "line 1: '2020' may name a column");
  EXPECT_EQ(table("<0.05\n0.12\n", {.has_header = true}).rows(), 1u);
  EXPECT_EQ(table("<0.05\n0.12\n", {.has_header = false}).rows(), 2u);
}

TEST(CsvTable, LeavesOutWhatIsNoDatum) {
  auto const commented = table("# made by hand\n#\n\nx,y\n1,2\n\n3,4\n");
  EXPECT_EQ(commented.rows(), 2u);
  EXPECT_EQ(commented.line(1), 7u);
  EXPECT_EQ(commented.notes(),
            (Names{"2 lines at the top that begin with '#' are left out.", "1 empty line is left out."}));
  for (std::string const bytes : {"x,y,\n1,2,\n3,4,\n", "x,y\n1,2,\n3,4,\n"}) {
    auto const trailing = table(bytes);
    EXPECT_EQ(trailing.names(), (Names{"x", "y"}));
    EXPECT_EQ(trailing.cell(0, 0).value, 1) << "not row names";
    EXPECT_EQ(trailing.notes(), Names{"The last column is empty (lines end with a separator) and is left out."});
  }
}

TEST(CsvTable, KeepsAnUnnamedColumnThatDoesNotNameRows) {
  EXPECT_EQ(table(",x\n1.5,2\n1.5,3\n").names(), (Names{"", "x"}));
  EXPECT_EQ(table(",x\n3,2\n1,3\n9,3\n").names(), Names{"x"}) << "an index of which rows were taken";
  EXPECT_EQ(table("id,x\n1,2\n2,3\n").names(), (Names{"id", "x"})) << "a column with a name is the user's";
}

std::string gzip(std::string const& bytes) {
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string result(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

TEST(CsvTable, ReadsGzip) {
  EXPECT_EQ(table(gzip("x\n1\n2\n")).rows(), 2u);
  EXPECT_EQ(table(gzip("x\n1\n") + gzip("2\n3\n")).rows(), 3u) << "two members";
  auto const whole = gzip("x\n1\n2\n");
  for (std::size_t cut = 3; cut < whole.size(); ++cut)
    expect_says(message(whole.substr(0, cut)), "is no whole gzip file");
  auto damaged = whole;
  damaged[damaged.size() - 6] ^= 1;
  expect_says(message(damaged), "is no whole gzip file");
}

}  // namespace
}  // namespace fisherlab::test
