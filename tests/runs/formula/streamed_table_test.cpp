#include "runs/formula/streamed_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/formula/open_frame.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

std::string file(std::string const& bytes) { return test::file_with(test::fresh_folder(), "file.csv", bytes); }

/// Whether the file streams by under the formula.
bool is_streamed(std::string const& bytes, std::string const& formula, Reading const& reading = {}) {
  auto const path = file(bytes);
  auto const plain = PlainFile::open(path, reading, 0);
  auto const names = plain ? certain_names(plain->header()) : std::nullopt;
  if (!names) return false;
  auto const uses = used_columns(parse_formula(formula, *names), {}, ResponseKind::number);
  return streamed_table(*plain, "file.csv", uses, reading) != nullptr;
}

struct Case {
  std::string bytes;
  FrameSource source;
};

std::vector<Case> const cases = {
    {"y,x,g,other\n1,2,b,u\n3,4.5,a,?\n-1e3,+6,b,\n", {.formula = "y ~ x + g"}},
    {"\xEF\xBB\xBFy;x;g\r\n1;2;b\r\n3;4;a\r\n7;5;a\r\n", {.formula = "y ~ x * g + I(x^2)"}},
    {"\"\",\"y\",\"x\",\"dose\"\n\"1\",1,2,1\n\"2\",3,4,10\n\"3\",5,9,2\n", {.formula = "log(y) ~ x + factor(dose)"}},
    {"\"\",\"y\",\"x\"\n\"1\",1,2\n\"2\",NA,4\n\"3\",5,9\n", {.formula = "y ~ x", .reading = {.skips_missing = true}}},
    {"y\tx\tg\n1\tTRUE\tFALSE\n2\tFALSE\tTRUE\n5\tTRUE\tTRUE\n", {.formula = "y ~ x + g"}},
    {"y,x,w,k,g\n1,4,2,1,2024-01-31\n0,TRUE,0.5,2,x y\n1,5,1,0,2024-01-31\n",
     {.formula = "y ~ x", .response = ResponseKind::share, .count = "k", .group = "g"}},
    {"died,x\nyes,1\nno,2\nno,3\n", {.formula = "died ~ x", .response = ResponseKind::share}},
    {"y,x\n1,\"2\"\n3,\"4\"\n", {.formula = "y ~ factor(x)"}},
};

/// The same values, words and notes as from the whole file.
TEST(StreamedTable, IsWhatTheWholeFileGives) {
  for (auto const& c : cases) {
    auto source = c.source;
    source.file = file(c.bytes);
    auto ours = open_frame(source, 0);
    auto whole = open_whole_frame(source);
    ASSERT_NE(dynamic_cast<WholeTable*>(whole.table.get()), nullptr);
    ASSERT_EQ(dynamic_cast<WholeTable*>(ours.table.get()), nullptr) << c.bytes;
    ASSERT_EQ(ours.table->rows(), whole.table->rows()) << c.bytes;
    EXPECT_EQ(ours.table->name(), whole.table->name());
    EXPECT_EQ(ours.table->names(), whole.table->names());
    EXPECT_EQ(ours.table->notes(), whole.table->notes()) << c.bytes;
    for (std::size_t i = 0; i < whole.table->rows(); ++i) {
      EXPECT_EQ(ours.table->number(i), whole.table->number(i)) << c.bytes;
      EXPECT_EQ(ours.table->line(i), whole.table->line(i)) << c.bytes;
    }
    for (auto const& use : used_columns(whole.formula, whole.side, source.response)) {
      bool const is_of_words = use.either && whole.table->is_of_words(use.place);
      if (use.either) {
        EXPECT_EQ(ours.table->is_of_words(use.place), is_of_words) << c.bytes;
      }
      if (use.words || is_of_words) {
        EXPECT_EQ(ours.table->words(use.place).words, whole.table->words(use.place).words) << c.bytes;
        EXPECT_EQ(ours.table->words(use.place).of_row, whole.table->words(use.place).of_row) << c.bytes;
      }
      if (use.numbers || (use.either && !is_of_words)) {
        EXPECT_EQ(ours.table->numbers(use.place), whole.table->numbers(use.place)) << c.bytes;
      }
    }
    EXPECT_EQ(ours.table->has_truths(), whole.table->has_truths()) << c.bytes;
  }
}

TEST(StreamedTable, LeavesToTheWholeReaderWhatIsNotPlain) {
  EXPECT_TRUE(is_streamed("y,x\n1,2\n2,3\n", "y ~ x"));
  for (std::string const bytes :
       {"y,x\n1,2\n2,NA\n", "y,x\n1,2\n2,a\n", "y,x\n1,a\n2,3\n", "y;x\n1;1,5\n2;2,5\n", "y,x\n1,\"1,5\"\n2,\"2,5\"\n",
        "y,x\n1,2\n\n2,3\n", "y,x\n1,2\n2,3,4\n", "y,x\n1,\"2\n\"\n", "# of 2024\ny,x\n1,2\n", "y,x,x\n1,2,3\n",
        "y,x,2024\n1,2,3\n", "y,x\n1,Inf\n", "y,x\n1,TRUE\n1,maybe\n", "y,x\n1,TRUE\n1,0\n", "y,x\n"})
    EXPECT_FALSE(is_streamed(bytes, "y ~ x")) << bytes;
  EXPECT_FALSE(is_streamed("y,x\n1,a\n2,b\n", "y ~ x + log(x)"));
  EXPECT_FALSE(is_streamed("y,x\n1,2\n", "y ~ x", {.decimal = ','}));
  EXPECT_FALSE(is_streamed("y,x\n1,2\n", "y ~ x", {.has_header = false}));
  EXPECT_FALSE(is_streamed(",y,x\n1,1,2\n3,2,5\n", "y ~ x")) << "the first column may mean something";
}

TEST(StreamedTable, LeavesMessagesToTheWholeReader) {
  FrameSource source{.file = file("y,x\n1,2\n2,a\n"), .formula = "y ~ x"};
  auto opened = open_frame(source, 0);
  EXPECT_NE(dynamic_cast<WholeTable*>(opened.table.get()), nullptr);
  source.formula = "y ~ z";
  EXPECT_THROW(open_frame(source, 0), InputError);
}

/// Columns leave the table with the last variable that looks at them, and not before.
TEST(StreamedTable, GivesTheFrameOfTheWhole) {
  std::string bytes = "y,x,z,g,filler\n";
  for (int i = 0; i < 40'000; ++i)
    bytes += std::to_string(i % 91) + ',' + std::to_string(i % 977 + 1) + ',' + std::to_string(i * 0.25 + 1) + ',' +
             (i % 3 == 0 ? "a" : "b") + ',' + std::string(100, '-') + '\n';
  for (std::string const formula : {"y ~ x + I(x^2) + z + x:g", "y ~ log(x) + x + offset(z)", "log(z) ~ 0 + x*z + g"}) {
    FrameSource source{.file = file(bytes), .formula = formula, .weights = "x"};
    ASSERT_EQ(dynamic_cast<WholeTable*>(open_frame(source).table.get()), nullptr);
    auto const ours = read_model_frame(source);
    source.file = file("# read as a whole\n" + bytes);
    ASSERT_NE(dynamic_cast<WholeTable*>(open_frame(source).table.get()), nullptr);
    auto const whole = read_model_frame(source);
    EXPECT_EQ(ours.data.x, whole.data.x) << formula;
    EXPECT_EQ(ours.data.y, whole.data.y) << formula;
    EXPECT_EQ(ours.data.weights, whole.data.weights) << formula;
    EXPECT_EQ(ours.data.offset, whole.data.offset) << formula;
    EXPECT_EQ(ours.columns, whole.columns) << formula;
    Eigen::Index const last = 39'999, x = 39'999 % 977 + 1;
    EXPECT_EQ(ours.data.weights[last], static_cast<double>(x));
    EXPECT_TRUE((ours.data.x.row(last).array() == static_cast<double>(x)).any()) << formula;
  }
}

TEST(StreamedTable, TellsHowFarItIs) {
  std::string bytes = "y,x\n";
  for (int i = 0; i < 200'000; ++i) bytes += std::to_string(i) + "," + std::to_string(i % 7) + "\n";
  std::vector<double> shares;
  FrameSource source{.file = file(bytes), .formula = "y ~ x"};
  source.reading.progress = [&](double share) { shares.push_back(share); };
  EXPECT_EQ(open_frame(source, 0).table->rows(), 200'000u);
  ASSERT_GE(shares.size(), 2u);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_DOUBLE_EQ(shares.back(), 1);
}

}  // namespace
}  // namespace fisherlab::runs
