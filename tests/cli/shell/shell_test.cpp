#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/shell/description.hpp"
#include "cli/shell/man_page.hpp"
#include "cli/shell/shell_completion.hpp"
#include "cli/shell/value_words.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

/// What a shell's command line prints on either stream.
std::string printed_by(std::string const& command) {
  auto* const pipe = ::popen(("{ " + command + "; } 2>&1").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), size);
  EXPECT_EQ(::pclose(pipe), 0) << command << '\n' << text;
  return text;
}

bool has(std::string const& program) { return std::system(("command -v " + program + " >/dev/null").c_str()) == 0; }

/// What bash offers for the last of `words`, which stand after "fisherlab".
std::string offered_by_bash(std::string const& words) {
  return printed_by("bash -c 'source <(" FISHERLAB_PROGRAM " completion bash); cd " FISHERLAB_SOURCE_DIR
                    "; COMP_WORDS=(fisherlab " +
                    words + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _fisherlab; echo \"${COMPREPLY[*]}\"'");
}

TEST(BashCompletion, OffersWhatMayStandThere) {
  if (!has("bash")) GTEST_SKIP() << "no bash";
  struct Case {
    std::string words, offered;
  };
  std::vector<Case> const cases = {{"ver", "verify"},
                                   {"--v", "--version"},
                                   {"verify --q", "--quiet"},
                                   {"verify no", "notes"},
                                   {"verify --seed 7 no", "notes"},
                                   {"verify --seed = 7 --quiet no", "notes"},
                                   {"verify --seed \"\"", ""},
                                   {"verify --out studi", "studies"},
                                   {"verify --out = studi", "studies"},
                                   {"verify studies/sm", "studies/smoke.toml"},
                                   {"diagnose weib", "weibull"},
                                   {"diagnose weibull data/ball", "data/ball_bearings.csv"},
                                   {"simulate gam", "gamma"},
                                   {"simulate --theta shape = 2,rate = 1 gam", "gamma"},
                                   {"simulate gamma --estimator mle,mom", "mle,moments"},
                                   {"report . --format \"\"", "markdown latex junit html theory power"},
                                   {"report . --format latex,ju", "latex,junit"},
                                   {"history db --claim asymptotic-n", "asymptotic-normality"},
                                   {"list \"\"", "models claims estimators studies"},
                                   {"show cramer-rao-t", "cramer-rao-trace"},
                                   {"completion \"\"", "bash zsh"},
                                   {"compare a b \"\"", "--all --format --out --help"},
                                   {"nothing \"\"", ""}};
  for (auto const& [words, offered] : cases) EXPECT_EQ(offered_by_bash(words), offered + "\n") << words;
}

TEST(BashCompletion, OffersEverySubcommandAndOption) {
  if (!has("bash")) GTEST_SKIP() << "no bash";
  std::string names;
  for (auto const& sub : cli::program_text().subcommands) {
    names += sub.name + " ";
    std::string options;
    for (auto const& option : sub.options) options += option.name + " ";
    EXPECT_EQ(offered_by_bash(sub.name + " -"), options + "--help\n") << sub.name;
  }
  names.back() = '\n';
  EXPECT_EQ(offered_by_bash("\"\""), names);
}

/// The names that stand in no catalogue are those of the help text.
TEST(ValueWords, NameWhatTheHelpNames) {
  int checked = 0;
  for (auto const& [word, known] : cli::value_words())
    for (auto const& sub : cli::program_text().subcommands)
      for (auto const& list : {sub.places, sub.options})
        for (auto const& argument : list)
          if (cli::base_word(argument.value.word) == word &&
              (word == "FORMAT" || word == "TABLE" || word == "WHAT" || word == "SHELL"))
            for (auto const& name : known.names) {
              EXPECT_NE(argument.meaning.find(name), std::string::npos) << word << ' ' << name;
              ++checked;
            }
  EXPECT_GE(checked, 4 + 3 + 4 + 2);
}

/// A new subcommand is completed without a word elsewhere.
TEST(ValueWords, AreThoseOfTheArguments) {
  cli::ProgramText program;
  program.subcommands.push_back(
      {.name = "paint",
       .places = {{.name = "COLOUR", .value = cli::values::list_of(cli::values::one_of("COLOUR", {"red", "blue"}))}},
       .options = {{.name = "--size", .value = cli::values::plain("N")},
                   {.name = "--out", .value = cli::values::folder("DIR")}}});
  auto const words = cli::value_words(program);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[0].first, "DIR");
  EXPECT_EQ(words[0].second.paths, cli::Value::Paths::folders);
  EXPECT_EQ(words[1].first, "COLOUR");
  EXPECT_EQ(words[1].second.names, (std::vector<std::string>{"red", "blue"}));
  EXPECT_NE(cli::bash_completion(program).find("'COLOUR') names='red blue'"), std::string::npos);
}

TEST(ZshCompletion, IsAScriptThatZshReads) {
  auto const script = run_program({"completion", "zsh"});
  EXPECT_TRUE(script.out.starts_with("#compdef fisherlab\n"));
  for (auto const& sub : cli::program_text().subcommands) {
    EXPECT_NE(script.out.find("\n    " + sub.name + ")\n"), std::string::npos) << sub.name;
    for (auto const& option : sub.options)
      EXPECT_NE(script.out.find("'" + option.name + (option.value.word.empty() ? "[" : "=[")), std::string::npos)
          << option.name;
  }
  if (!has("zsh")) GTEST_SKIP() << "no zsh";
  EXPECT_EQ(printed_by("" FISHERLAB_PROGRAM " completion zsh | zsh -n"), "");
}

TEST(ManPage, HasEverySubcommandAndOption) {
  auto const program = cli::program_text();
  auto const page = cli::man_page(program);
  EXPECT_EQ(page, run_program({"man"}).out);
  for (auto const& sub : program.subcommands) {
    auto const start = page.find(".SS " + sub.name + "\n");
    ASSERT_NE(start, std::string::npos) << sub.name;
    auto const part = page.substr(start, page.find("\n.S", start + 1) - start);
    for (auto const& option : sub.options) {
      std::string name;
      for (char const c : option.name) name += c == '-' ? std::string("\\-") : std::string(1, c);
      EXPECT_NE(part.find("\\fB" + name + "\\fR"), std::string::npos) << sub.name << ' ' << option.name;
    }
  }
}

TEST(ManPage, RendersWithoutAWarning) {
  if (!has("groff")) GTEST_SKIP() << "no groff";
  EXPECT_EQ(printed_by(FISHERLAB_PROGRAM " man | groff -man -ww -Tascii -z"), "");
}

TEST(Shell, IsAskedForWhereMissingOrUnknown) {
  EXPECT_EQ(run_program({"completion"}).exit_code, 2);
  auto const unknown = run_program({"completion", "bsh"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_EQ(unknown.err, "fisherlab: there is no completion for 'bsh', did you mean 'bash'?\n");
}

/// What is needed is shown so, and told by the subcommand after what does not exist.
TEST(Help, MarksWhatIsNeeded) {
  auto const help = run_program({"simulate", "--help"}).out;
  EXPECT_NE(help.find("Usage: fisherlab simulate [OPTIONS] MODEL\n"), std::string::npos) << help;
  EXPECT_NE(help.find("MODEL (needed)"), std::string::npos) << help;
  EXPECT_NE(run_program({"simulate", "--tehta", "1"}).err.find("did you mean '--theta'?"), std::string::npos);
  EXPECT_NE(run_program({"simulate", "gamma", "--theta", "shape=1,rate=1"}).err.find("needs --n"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
