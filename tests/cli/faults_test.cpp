#include <gtest/gtest.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string short_study(fs::path const& folder) {
  return file_with(
      folder, "short.toml",
      "replicates = 4096\nmax_replicates = 4096\n[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\n"
      "theta = {rate = 0.4}\nn = 10\noptions = {margin = 0.05}\n");
}

/// What a line of the shell ends with; `fisherlab` is the program.
int shell(std::string line) {
  line.replace(line.find("fisherlab"), 9, FISHERLAB_PROGRAM);
  int const status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(StandardOutput, ThatCannotBeWrittenEndsEveryCommandWithThree) {
  auto const folder = fresh_folder();
  auto const at = [&folder](char const* name) { return "'" + (folder / name).string() + "'"; };
  auto const study = "'" + short_study(folder) + "'";
  ASSERT_EQ(
      shell("fisherlab verify " + study + " --quiet --history " + at("db") + " --out " + at("run") + " >/dev/null"), 0);
  std::string const data = "'" FISHERLAB_SHIPPED_DATA_DIR "/ball_bearings.csv'";
  std::vector<std::string> const lines = {
      "verify " + study + " --quiet --out " + at("v"),
      "simulate gamma --theta shape=2,rate=1 --n 10 --replicates 1e4 --out " + at("s"),
      "calibrate " + study + " --runs 2 --quiet --out " + at("c"),
      "diagnose weibull " + data + " --out " + at("d"),
      "influence '" FISHERLAB_SHIPPED_DATA_DIR "/iris.csv' --model softmax --out " + at("i"),
      "report " + at("run"),
      "compare " + at("run") + " " + at("run"),
      "history " + at("db"),
      "list models",
      "show gamma",
      "completion bash",
      "man",
      "--help",
      "--version",
      "verify --help"};
  for (auto const& line : lines) {
    EXPECT_EQ(shell("fisherlab " + line + " >/dev/full 2>" + at("err")), 3) << line;
    auto const said = bytes_of(folder / "err");
    EXPECT_NE(said.find("standard output cannot be written to (No space left on device)"), std::string::npos)
        << line << said;
    EXPECT_EQ(shell("fisherlab " + line + " >&- 2>/dev/null"), 3) << line << ", closed";
  }
  for (auto const* name : {"v/report.html", "v/findings.csv", "s/performance.csv", "c/calibration.csv", "d/fit.csv",
                           "i/influence.csv", "run/junit.xml"}) {
    EXPECT_GT(bytes_of(folder / name).size(), 20u) << name;
    EXPECT_EQ(bytes_of(folder / name).find("Reports in"), std::string::npos) << "no file took the place of stdout";
  }
}

TEST(StandardOutput, ThatIsReadNoFurtherCostsNoFile) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  shell("fisherlab verify smoke --quiet --out '" + out.string() + "' 2>'" + (folder / "err").string() + "' | true");
  for (auto const* name : {"findings.csv", "report.html", "manifest.json"}) EXPECT_TRUE(fs::exists(out / name)) << name;
  EXPECT_EQ(nlohmann::json::parse(bytes_of(out / "manifest.json"))["status"], "complete");
  EXPECT_EQ(bytes_of(folder / "err"), "") << "who left knows";
  EXPECT_EQ(run_program({"report", out.string()}).exit_code, 0);
}

TEST(Messages, AreASentenceWhateverTheNamesInIt) {
  std::string const longest(100'000, 'x');
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "long.toml", "[[case]]\nclaim = \"" + longest + "\"\n" + longest + " = 1\n");
  for (Words const& words :
       {Words{longest}, Words{"--" + longest}, Words{"verify", longest}, Words{"show", longest}, Words{"verify", study},
        Words{"verify", "smoke", "--seed", longest}, Words{"simulate", "gamma", "--theta", longest, "--n", "10"},
        Words{"report", longest}, Words{"history", longest}, Words{"verify", "smoke", "--out", longest + "/y"}}) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << words.front().substr(0, 20);
    EXPECT_LE(outcome.err.size(), 420u) << words.front().substr(0, 20);
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
  }
}

TEST(BadStudy, ThatIsNestedBeyondUseIsRefused) {
  auto const folder = fresh_folder();
  std::string deep = "a";
  for (int k = 0; k < 50'000; ++k) deep += ".a";
  int tried = 0;
  for (auto const& text : {deep + " = 1\n", "[" + deep + "]\n", "x = {" + deep + " = 1}\n",
                           "title = \"a.b\"\n# " + deep + "\n" + deep + " = 1\n", "x = " + std::string(100'000, '[')}) {
    auto const outcome =
        run_program({"verify", file_with(folder, "deep.toml", text), "--out", (folder / "o").string()});
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find("deep.toml', line"), std::string::npos) << outcome.err;
    ++tried;
  }
  EXPECT_EQ(tried, 5);
  auto const fine =
      file_with(folder, "fine.toml",
                "title = \"" + std::string(500, '.') + "\"\n# " + deep + "\ndescription = '''" + std::string(200, '.') +
                    "'''\nmax_replicates = 1024\nreplicates = 1024\n[[case]]\n"
                    "claim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n");
  EXPECT_EQ(run_program({"verify", fine, "--quiet", "--out", (folder / "fine").string()}).exit_code, 4);
}

TEST(BadStudy, WhoseAdviceIsNoTextIsRefused) {
  auto const folder = fresh_folder();
  for (std::string const value : {"{}", "1", "true"}) {
    auto const study = file_with(folder, "s.toml",
                                 "[[influence]]\nclaim = \"influence-derivative\"\ndata = \"iris\"\n"
                                 "problem = \"softmax\"\nl2 = 0.1\noptional = " +
                                     value + "\n");
    auto const outcome = run_program({"verify", study, "--out", (folder / "o").string()});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find("'optional' is not a text"), std::string::npos) << outcome.err;
  }
}

TEST(BadFolder, IsFoundBeforeTheRun) {
  auto const outcome = run_program({"verify", "nightly", "--quiet", "--out", "/proc/fisherlab/x"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_EQ(outcome.err.find("Success"), std::string::npos) << outcome.err;
}

TEST(BadHistory, IsFoundBeforeTheRun) {
  auto const folder = fresh_folder();
  auto const pipe = folder / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (Words const& words : {Words{"history", pipe.string()}, Words{"verify", "nightly", "--quiet", "--history",
                                                                    pipe.string(), "--out", (folder / "o").string()}}) {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find("is no file"), std::string::npos) << outcome.err;
  }
}

TEST(Influence, RefusesMoreParametersThanItsTimeAllows) {
  auto const folder = fresh_folder();
  std::string text;
  for (int row = 0; row < 5; ++row) {
    for (int column = 0; column < 10'000; ++column)
      text += (row == 0 ? "x" + std::to_string(column) : std::to_string((row * 7919 + column * 104'729) % 1000)) + ",";
    text += row == 0 ? "y\n" : std::to_string(row) + "\n";
  }
  auto const data = file_with(folder, "wide.csv", text);
  auto const outcome =
      run_program({"influence", data, "--model", "linear", "--l2", "0.1", "--out", (folder / "o").string()});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
  EXPECT_NE(outcome.err.find("parameters are too many"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists(folder / "o"));
}

TEST(Verify, ThatIsToldToEndWhileItDrawsWritesEverything) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const fake =
      file_with(folder, "gnuplot", "#!/bin/sh\ncase $(cat) in *GPVAL*) echo 5.4.4;; *) sleep 1000;; esac\n");
  fs::permissions(fake, fs::perms::owner_all);
  std::string const path = std::getenv("PATH");
  ::setenv("PATH", (folder.string() + ":" + path).c_str(), 1);
  auto const outcome = run_program(
      {"verify", "smoke", "--quiet", "--history", (folder / "db").string(), "--out", out.string()}, [&](int pid) {
        auto const is_done = [&out] {
          return fs::exists(out / "manifest.json") &&
                 bytes_of(out / "manifest.json").find("\"status\": \"complete\"") != std::string::npos;
        };
        for (int k = 0; k < 3000 && !is_done(); ++k) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ::kill(pid, SIGTERM);
      });
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out;
  EXPECT_NE(outcome.err.find("fisherlab report"), std::string::npos) << outcome.err;
  EXPECT_NE(bytes_of(out / "report.html").find("This page has no pictures"), std::string::npos);
  EXPECT_EQ(run_program({"history", (folder / "db").string()}).exit_code, 0);
  EXPECT_EQ(run_program({"report", out.string()}).exit_code, 0);
}

/// What the program writes to a terminal.
std::string on_a_terminal(Words const& words, char const* term) {
  int master = 0;
  pid_t const child = ::forkpty(&master, nullptr, nullptr, nullptr);
  if (child == 0) {
    ::setenv("TERM", term, 1);
    std::vector<char*> argv;
    std::string program = FISHERLAB_PROGRAM;
    argv.push_back(program.data());
    for (auto const& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    ::execv(FISHERLAB_PROGRAM, argv.data());
    ::_exit(127);
  }
  std::string text;
  char chunk[4096];
  for (ssize_t size = 0; (size = ::read(master, chunk, sizeof chunk)) > 0;)
    text.append(chunk, static_cast<std::size_t>(size));
  ::waitpid(child, nullptr, 0);
  ::close(master);
  return text;
}

TEST(Terminal, ThatIsDumbGetsNoControlCharacters) {
  auto const folder = fresh_folder();
  Words const words = {"simulate", "gamma", "--theta",       "shape=2,rate=1", "--n",
                       "100",      "--out", folder.string(), "--replicates",   "1e6"};
  EXPECT_NE(on_a_terminal(words, "xterm").find('\033'), std::string::npos) << "a bar on one that can";
  EXPECT_EQ(on_a_terminal(words, "dumb").find('\033'), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
