#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "findings/names.hpp"
#include "findings/run_tables.hpp"
#include "findings/words.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab {
namespace {

template <class Value>
std::string holds(std::type_identity<Value>) {
  if constexpr (std::is_same_v<Value, bool>) {
    return "true or false";
  } else if constexpr (std::is_integral_v<Value>) {
    return "whole number";
  } else if constexpr (std::is_same_v<Value, std::string>) {
    return "text";
  } else if constexpr (Worded<Value>) {
    std::string words;
    for (auto const value : values_of<Value>())
      words += (words.empty() ? "`" : ", `") + std::string(to_string(value)) + '`';
    return words;
  } else {
    return "number";
  }
}
template <class Value>
std::string holds(std::type_identity<std::optional<Value>>) {
  return "number or empty";
}
template <class Value>
std::string holds(std::type_identity<std::map<std::string, Value>>) {
  return "object: " + holds(std::type_identity<Value>()) + " of each name";
}

/// A table in Markdown with a line for each column.
template <class Record>
std::string fields_table(std::string const& head) {
  std::string text = "| " + head + " | holds | meaning |\n|---|---|---|\n";
  auto const add = [&](std::string const& name, std::string const& kind, std::string const& meaning) {
    EXPECT_EQ(meaning.find('|'), std::string::npos) << name << " would break its line";
    text += "| `" + name + "` | " + kind + " | " + meaning + " |\n";
  };
  Record const sample{};
  for_each_field(sample, [&](std::string_view name, std::string_view meaning, auto const& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    auto const kind = holds(std::type_identity<Value>());
    add(std::string(name), kind, std::string(meaning));
    if (is_two_columns<Value>) add(mcse_name(name), kind, "Monte Carlo standard error of `" + std::string(name) + "`");
  });
  return text;
}

/// What the lists of fields say of every file.
std::string generated() {
  std::string text;
  RunTables const none;
  for_each_table(none, [&](TableCard const& card, auto const& records) {
    using Record = typename std::remove_cvref_t<decltype(records)>::value_type;
    text += "\n`" + std::string(card.file) + "`: a row is " + std::string(card.rows) + ".\n\n";
    text += fields_table<RowOf<Record>>("column");
  });
  return text + "\n`manifest.json`: one object.\n\n" + fields_table<Manifest>("key") + '\n';
}

/// What stands between the two marks of docs/files.md is made of the lists of fields. Where it is not, the page as it
/// should be is left beside the test's temporary files, to be copied over.
TEST(FilesPage, HasTheColumnsOfEveryRecord) {
  std::filesystem::path const page = std::filesystem::path(FISHERLAB_SOURCE_DIR) / "docs" / "files.md";
  std::string const begin = "<!-- made of the lists of fields -->\n", end = "<!-- end of the lists -->\n";
  auto const is = test::bytes_of(page);
  auto const from = is.find(begin), to = is.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos);
  auto const should = is.substr(0, from) + begin + generated() + is.substr(to);
  if (is == should) return;
  auto const received = std::filesystem::path(testing::TempDir()) / "files.md";
  std::ofstream(received, std::ios::binary) << should;
  ADD_FAILURE() << "compare, and copy over: diff " << page << ' ' << received;
}

TEST(FilesPage, SaysWhichCommandsWriteEachTable) {
  auto const page = test::bytes_of(std::filesystem::path(FISHERLAB_SOURCE_DIR) / "docs" / "files.md");
  int tables = 0;
  for_each_table(RunTables{}, [&](TableCard const& card, auto const&) {
    auto const from = page.find("| `" + std::string(card.file) + "` |");
    ASSERT_NE(from, std::string::npos) << card.file;
    auto const line = page.substr(from, page.find('\n', from) - from);
    for (auto const kind : card.always)
      EXPECT_NE(line.find('`' + std::string(to_string(kind))), std::string::npos) << line;
    ++tables;
  });
  EXPECT_GE(tables, 12);
}

}  // namespace
}  // namespace fisherlab
