#include "runs/data/labelled_stream.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

struct Streamed {
  std::string bytes;
  LabelledOptions options = {};
};

void expect_same(LabelledData const& ours, LabelledData const& whole, std::string const& bytes) {
  EXPECT_EQ(ours.label, whole.label) << bytes;
  EXPECT_EQ(ours.data.columns, whole.data.columns) << bytes;
  EXPECT_EQ(ours.data.classes, whole.data.classes) << bytes;
  EXPECT_EQ(ours.data.inputs, whole.data.inputs) << bytes;
  EXPECT_EQ(ours.data.targets, whole.data.targets) << bytes;
  EXPECT_EQ(ours.groups, whole.groups) << bytes;
  EXPECT_EQ(ours.rows, whole.rows) << bytes;
  EXPECT_EQ(ours.notes, whole.notes) << bytes;
}

/// The bytes with those of a file.
LabelledOptions in_file(std::string const& bytes, LabelledOptions options) {
  options.file = test::csv_file(bytes);
  return options;
}

std::vector<Streamed> const plain_files = {
    {"a,b,y\n1,2,n\n3,-4.5e1,p\n5,+6,n\n7,8,p\n"},
    {"a,b,y\n1,2,n\n3,4,p\n5,6,n\n7,8,p"},
    {"\xEF\xBB\xBF"
     "a;class;b\r\n1;z;2\r\n2;b;3\r\n3;z;1\r\n4;b;0\r\n"},
    {"\"\",\"y\",\"x\"\n\"1\",10,1\n\"2\",9,2\n\"3\",10,3\n\"4\",9,4\n"},
    {"a\ty\n1\tTRUE\n2\tFALSE\n 5 \t TRUE \n6\tFALSE\n"},
    {"a,y\nTRUE,1\nfalse,2\n0,3\n", {.classification = false}},
    {"Target,b,c\n1,5,6\n2,7,8\n4,9,0\n", {.classification = false}},
    {"a,site,label\n1,east,0\n2,x y,1\n3,east,0\n4,2024-01-31,1\n", {.group = "site"}},
    {"a,site,label\n1,east,0.5\n2,west,1\n3,west,7\n", {.label = "a", .classification = false, .group = "site"}},
    {"a,y,g\n1,5,u\nNA,6,u\n3,7,\n4,8,u\n.,no,u\n5,9,v\n6,nan,v\n,,\n7,10,w\n",
     {.classification = false, .group = "g", .reading = {.skips_missing = true}}},
    {"a,y\n1,p\n,q\n3,p\n4,q\n5,q\n6,NA\n", {.reading = {.skips_missing = true}}},
    {"rownames,a,y\n1,1,p\n2,NA,q\n3,3,p\n4,4,q\n5,5,q\n", {.reading = {.skips_missing = true}}},
};

TEST(LabelledStream, IsWhatTheWholeFileGives) {
  for (auto const& c : plain_files) {
    auto const options = in_file(c.bytes, c.options);
    auto const ours = stream_labelled(options, 0);
    ASSERT_TRUE(ours.has_value()) << c.bytes;
    expect_same(*ours, read_labelled_table(options), c.bytes);
  }
}

TEST(LabelledStream, OfTestRowsIsWhatTheWholeFileGives) {
  auto const train = read_labelled_table(in_file("a,b,y\n1,2,n\n3,4,p\n5,6,n\n7,8,p\n", {}));
  for (std::string const bytes : {"y,b,a\np,20,10\n", "more,b,a,y\n\"Smith, J\",2,1,n\nx;y,3,2,n\n",
                                  "a,b,y,c\n1,2,p,NA\n", "\"\",a,b,y\n1,1,2,n\n2,2,3,p\n"}) {
    auto const options = in_file(bytes, {});
    auto const ours = stream_tests(options, train, 0);
    ASSERT_TRUE(ours.has_value()) << bytes;
    expect_same(*ours, read_test_table(options, train), bytes);
  }
  auto const skipping = in_file("a,b,y\n1,2,p\n1,NA,n\n1,2,\n4,5,n\n", {.reading = {.skips_missing = true}});
  auto const ours = stream_tests(skipping, train, 0);
  ASSERT_TRUE(ours.has_value());
  expect_same(*ours, read_test_table(skipping, train), "with missing values");
  auto const numbers = read_labelled_table(in_file("a,y\n1,2\n3,4\n5,6\n", {.classification = false}));
  auto const options = in_file("y,a\n1,2\n", {.classification = false});
  expect_same(stream_tests(options, numbers, 0).value(), read_test_table(options, numbers), "numbers");
}

/// The sentence of the reader of the whole must be there too, where it refuses.
TEST(LabelledStream, LeavesToTheWholeReaderWhatIsNotPlain) {
  std::string const plain = "a,y\n1,p\n2,q\n3,p\n4,q\n";
  EXPECT_TRUE(stream_labelled(in_file(plain, {}), 0).has_value());
  EXPECT_FALSE(stream_labelled(in_file(plain, {})).has_value()) << "small";
  std::vector<Streamed> const others = {
      {"a,y\n1,p\n2,q\n3,p\n4,NA\n"},
      {"a,y\n1,p\n2,q\nthree,p\n4,q\n"},
      {"a,y\n1,p\n2,q\n3,p\n4,r\n"},
      {"a,y\n1,p\n2,p\n3,p\n"},
      {"a,y\n1,p\n2,q\n"},
      {"a,y\n1,1\n2,1.0\n3,1\n4,1.0\n"},
      {"a,y\n1,p\n\n2,q\n3,p\n4,q\n"},
      {"# of 2024\na,y\n1,p\n2,q\n3,p\n4,q\n"},
      {"1,y\n1,p\n2,q\n3,p\n4,q\n"},
      {"a,a,y\n1,1,p\n2,2,q\n3,3,p\n4,4,q\n"},
      {"a,y\n1,y\n2,q\n3,y\n4,q\n"},
      {"a;y\n1;\"1,5\"\n2;\"1,6\"\n3;\"1,5\"\n4;\"1,6\"\n"},
      {"a,y\n1,p\n2,q\n3,p\n4,q\rr\n"},
      {"a,y\n1,p\n2,q\n3,p\n1e200,q\n"},
      {"y\n1\n2\n3\n"},
      {"a,y\n1,p\n2,q\n3,p\n4,q\n", {.label = "z"}},
      {"a,y\n1,p\n2,q\n3,p\n4,q\n", {.group = "y"}},
      {"s,y\n1,p\n2,q\n3,p\n4,q\n", {.group = "s"}},
      {"a,y\n1,p\n2,q\n3,p\n4,q\n", {.reading = {.has_header = false}}},
      {"a,y\n1,p\n2,q\n3,p\n\"1,5\",NA\n4,q\n", {.reading = {.skips_missing = true}}},
      {"a,y\n1,p\n2,q\n3,p\n,y\n4,q\n", {.reading = {.skips_missing = true}}},
  };
  for (auto const& c : others) EXPECT_FALSE(stream_labelled(in_file(c.bytes, c.options), 0).has_value()) << c.bytes;
  auto const train = read_labelled_table(in_file(plain, {}));
  for (std::string const bytes : {"a,y\n1,r\n", "a,z\n1,p\n", "b,y\n1,p\n", "a,y\n", "a,y\n1,NA\n"})
    EXPECT_FALSE(stream_tests(in_file(bytes, {}), train, 0).has_value()) << bytes;
}

/// 40,000 rows are 4.4 MB, of which every thousandth misses a value; the file of a few bytes less is read as a whole.
TEST(LabelledStream, IsHowLargeFilesAreRead) {
  std::string bytes = "a,b,c,y,filler\n";
  for (int i = 0; i < 40'000; ++i)
    bytes += std::to_string(i % 977) + ',' + (i % 1000 == 7 ? "NA" : std::to_string(i * 0.5)) + ",1e-3," +
             (i % 3 == 0 ? "no" : "yes") + ',' + std::string(80, i % 2 == 0 ? 'e' : 'o') + '\n';
  ASSERT_GT(std::ssize(bytes), least_large_file);
  LabelledOptions options{.group = "filler", .reading = {.skips_missing = true}};
  options = in_file(bytes, options);
  auto const ours = stream_labelled(options);
  ASSERT_TRUE(ours.has_value());
  expect_same(read_labelled_table(options), *ours, "large");
  EXPECT_EQ(ours->data.rows(), 39'960);
  EXPECT_EQ(ours->rows[7], 9);
  EXPECT_EQ(ours->data.inputs(7, 1), 4);
  options.reading.separator = ',';
  options.reading.decimal = '.';
  auto whole = in_file("# read as a whole\n" + bytes, options);
  ASSERT_FALSE(stream_labelled(whole).has_value());
  auto read = read_labelled_table(whole);
  ASSERT_FALSE(read.notes.empty());
  read.notes.erase(read.notes.begin());  // of the comment
  expect_same(*ours, read, "large");
}

/// The message of a bad cell far down in a large file names its line.
TEST(LabelledStream, LeavesMessagesToTheWholeReader) {
  std::string bytes = "a,b,y\n";
  for (int i = 0; i < 40'000; ++i) bytes += std::string(100, '1') + (i == 31'000 ? ",oops," : ",1,") + "5\n";
  try {
    read_labelled_table(in_file(bytes, {.classification = false}));
    ADD_FAILURE() << "accepted";
  } catch (InputError const& error) {
    EXPECT_NE(std::string(error.what()).find("line 31002: column 'b': 'oops' is not a number"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace fisherlab::runs
