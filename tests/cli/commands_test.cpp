#include "cli/commands.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace fisherlab::cli {
namespace {

std::vector<Argument> arguments_of(Command const& command) {
  Arguments arguments;
  command.add(arguments);
  auto all = arguments.places();
  all.insert(all.end(), arguments.options().begin(), arguments.options().end());
  return all;
}

TEST(Commands, HaveNamesOfTheirOwnAndSayWhatTheyDo) {
  std::set<std::string> names;
  for (auto const& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.meaning.empty()) << command.name;
    EXPECT_NE(command.footer.find("fisherlab " + command.name), std::string::npos)
        << command.name << " shows no example";
  }
  EXPECT_GE(names.size(), 12u);
}

TEST(Commands, NameEachArgumentOnce) {
  int count = 0;
  for (auto const& command : commands()) {
    std::set<std::string> names;
    for (auto const& argument : arguments_of(command)) {
      EXPECT_TRUE(names.insert(argument.text.name).second) << command.name << ' ' << argument.text.name;
      EXPECT_FALSE(argument.text.meaning.empty()) << command.name << ' ' << argument.text.name;
      ++count;
    }
  }
  EXPECT_GE(count, 50);
}

/// The shell completes by the word.
TEST(Commands, MeanTheSameByAWordWhereverItStands) {
  std::map<std::string, std::pair<std::vector<std::string>, Value::Paths>> known;
  for (auto const& command : commands())
    for (auto const& argument : arguments_of(command)) {
      auto const& value = argument.text.value;
      auto const names = value.names ? value.names() : std::vector<std::string>();
      auto const [first, is_new] = known.try_emplace(base_word(value.word), names, value.paths);
      EXPECT_EQ(first->second.first, names) << command.name << ' ' << value.word;
      EXPECT_EQ(first->second.second, value.paths) << command.name << ' ' << value.word;
    }
  EXPECT_GE(known.size(), 20u);
}

}  // namespace
}  // namespace fisherlab::cli
