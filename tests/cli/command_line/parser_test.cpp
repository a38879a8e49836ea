#include "cli/command_line/parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  std::optional<std::string> what;
  std::string size = "10";
  std::optional<std::string> colour;
  bool loud = false;
  std::string command;
};

Options last;  // what the last run was given: a run is a plain function

void add(Arguments& arguments, Options& options) {
  arguments.place(values::plain("WHAT"), options.what, "What to paint").is_needed = true;
  arguments.option("--size", values::plain("N"), options.size, "How many");
  arguments.option("--colour", values::one_of("COLOUR", {"red", "blue"}), options.colour, "Of the paint");
  arguments.flag("--loud", options.loud, "Tell everybody");
  arguments.command_line(options.command);
}

int run(Options const& options) {
  last = options;
  return 7;
}

Request parsed(std::vector<char const*> words) {
  std::vector<Command> const commands = {
      make_command<Options>({.name = "paint", .meaning = "Paint it", .footer = "  fisherlab paint door"}, add, run)};
  words.insert(words.begin(), "fisherlab");
  return parse_command_line(commands, static_cast<int>(words.size()), words.data());
}

std::string refusal(std::vector<char const*> const& words) {
  try {
    parsed(words);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

TEST(Parser, FillsTheOptionsOfTheRun) {
  auto const request = parsed({"paint", "--colour=red", "door", "--loud", "--size", "3"});
  EXPECT_EQ(request.text, "");
  ASSERT_TRUE(request.run);
  EXPECT_EQ(request.run(), 7);
  EXPECT_EQ(last.what, "door");
  EXPECT_EQ(last.size, "3");
  EXPECT_EQ(last.colour, "red");
  EXPECT_TRUE(last.loud);
  EXPECT_EQ(last.command, "fisherlab paint --colour=red door --loud --size 3");
}

TEST(Parser, LeavesWhatWasNotGiven) {
  auto const request = parsed({"paint"});
  ASSERT_TRUE(request.run) << "the run tells of what it needs";
  request.run();
  EXPECT_FALSE(last.what);
  EXPECT_EQ(last.size, "10");
  EXPECT_FALSE(last.colour);
  EXPECT_FALSE(last.loud);
}

TEST(Parser, GivesTheHelpOfTheProgramOrOfASubcommand) {
  for (auto const& words : std::vector<std::vector<char const*>>{{}, {"--help"}}) {
    auto const request = parsed(words);
    EXPECT_FALSE(request.run);
    EXPECT_NE(request.text.find("paint"), std::string::npos) << request.text;
    EXPECT_NE(request.text.find("Paint it"), std::string::npos) << request.text;
  }
  auto const help = parsed({"paint", "--help"}).text;
  for (auto const* said : {"Usage: fisherlab paint [OPTIONS] WHAT\n", "WHAT (needed)", "--size N=10", "--colour COLOUR",
                           "--loud ", "Tell everybody", "  fisherlab paint door"})
    EXPECT_NE(help.find(said), std::string::npos) << said << '\n' << help;
}

TEST(Parser, RefusesWhatNobodyAskedFor) {
  EXPECT_EQ(refusal({"pait"}), "there is no subcommand 'pait', did you mean 'paint'?");
  EXPECT_EQ(refusal({"--size", "3"}), "option --size belongs to a subcommand, put it after one such as paint");
  EXPECT_EQ(refusal({"--versoin"}), "there is no option --versoin, did you mean '--version'?");
  EXPECT_EQ(refusal({"paint", "--sise=3"}), "there is no option --sise of paint, did you mean '--size'?");
  EXPECT_EQ(refusal({"paint", "door", "wall"}),
            "argument 'wall' of paint is one too many, see `fisherlab paint --help`");
  EXPECT_EQ(refusal({"paint", "door", "--size"}), "option --size needs a value, give one");
  EXPECT_EQ(refusal({"paint", "--size", "1", "--size", "2"}), "option --size is given more than once, give it once");
}

}  // namespace
}  // namespace fisherlab::cli
