#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> smoke(std::string const& seed, fs::path const& out, fs::path const& history) {
  return {"verify", "smoke", "--seed", seed, "--out", out.string(), "--quiet", "--history", history.string()};
}

std::size_t count_of(std::string const& word, std::string const& text) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

void expect_refused(std::vector<std::string> const& words, std::string const& said) {
  auto const outcome = run_program(words);
  EXPECT_EQ(outcome.exit_code, 2) << said << outcome.out;
  EXPECT_EQ(outcome.out, "") << said;
  EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST(History, HoldsTheRunsOfTwoProgramsAtOnce) {
  auto const folder = fresh_folder();
  auto const history = folder / "nights.db";
  Outcome second;
  auto const first = run_program(smoke("1", folder / "one", history),
                                 [&](int) { second = run_program(smoke("2", folder / "two", history)); });
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(second.exit_code, 0) << second.err;
  auto const shown = run_program({"history", history.string()});
  EXPECT_EQ(shown.exit_code, 0) << shown.out << shown.err;
  EXPECT_EQ(shown.err, "");
  EXPECT_TRUE(shown.out.starts_with("Study smoke: 2 runs\n")) << shown.out;
  EXPECT_NE(shown.out.find("Drift: nothing to test yet"), std::string::npos);
  auto const claim = run_program({"history", history.string(), "--claim", "coverage", "--model", "bernoulli"});
  EXPECT_EQ(claim.exit_code, 0);
  EXPECT_EQ(count_of("\ncoverage bernoulli(", claim.out), 2u) << claim.out;
}

TEST(History, IsAPageThatLeadsToTheNightsBesideIt) {
  auto const folder = fresh_folder();
  auto const history = folder / "nights.db", out = folder / "site";
  for (auto const* seed : {"1", "2"}) {
    ASSERT_EQ(run_program(smoke(seed, out / (std::string("night-") + seed), history)).exit_code, 0);
    // A history knows a night by its second: the next one starts in another.
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  auto const shown = run_program({"history", history.string(), "--format", "html", "--out", out.string()});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_EQ(shown.out, "Open " + (out / "index.html").string() + "\n");
  auto const page = bytes_of(out / "index.html");
  EXPECT_NE(page.find("<a href=\"nights.csv\">"), std::string::npos);
  EXPECT_EQ(bytes_of(out / "nights.csv").find("study,started_utc,seed,seconds,claim,statement,findings,"), 0u);
  EXPECT_NE(page.find("<a href=\"night-1/report.html\">"), std::string::npos);
  EXPECT_NE(page.find("<a href=\"night-2/report.html\">"), std::string::npos);
  EXPECT_NE(bytes_of(out / "night-2" / "report.html").find("(seed 1): "), std::string::npos)
      << "the page of a night says what changed";
  auto const again =
      run_program({"report", (out / "night-2").string(), "--format", "html", "--history", history.string()});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(bytes_of(out / "night-2" / "report.html").find("(seed 1): "), std::string::npos);
  auto const compared = run_program(
      {"compare", (out / "night-1").string(), (out / "night-2").string(), "--format", "html", "--out", out.string()});
  EXPECT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_NE(bytes_of(out / "compare.html").find("<h1>No verdict changed"), std::string::npos);
}

TEST(History, RefusesBadInputBeforeAnyWork) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const history = folder / "nights.db";
  auto const foreign = file_with(folder, "foreign.db", "name,value\n" + std::string(200, 'x'));
  expect_refused(smoke("1", out, foreign), "cannot be read as a history");
  expect_refused(smoke("1", out, folder), "is a folder");
  expect_refused(smoke("1", out, folder / "missing" / "nights.db"), "there is no folder");
  EXPECT_FALSE(fs::exists(out));
  expect_refused({"history"}, "a history is a file");
  expect_refused({"history", history.string()}, "there is no history");
  expect_refused({"history", foreign}, "cannot be read as a history");
  ASSERT_EQ(run_program(smoke("1", out, history)).exit_code, 0);
  expect_refused({"history", history.string(), "--claim", "coverige"}, "did you mean 'coverage'?");
  expect_refused({"history", history.string(), "--model", "gama"}, "did you mean 'gamma'?");
}

TEST(Compare, TellsTheSameBitsFromOtherSeeds) {
  auto const folder = fresh_folder();
  auto const run = [&](std::string const& seed, std::string const& name) {
    auto const out = (folder / name).string();
    EXPECT_EQ(run_program({"verify", "smoke", "--seed", seed, "--out", out, "--quiet"}).exit_code, 0);
    return out;
  };
  auto const one = run("1", "one"), again = run("1", "again"), other = run("2", "other");
  auto const same = run_program({"compare", one, again});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_TRUE(same.out.starts_with("Same bits: ")) << same.out;
  auto const differs = run_program({"compare", one, other});
  EXPECT_EQ(differs.exit_code, 0) << differs.err;
  EXPECT_TRUE(differs.out.starts_with("Not the same bits: the tallies differ, findings.csv differs.")) << differs.out;
  EXPECT_NE(differs.out.find("seed: 1 -> 2"), std::string::npos) << differs.out;

  auto const path = folder / "other" / "findings.csv";
  auto const worse = std::regex_replace(bytes_of(path), std::regex("verified,verified,pass"), "refuted,verified,fail",
                                        std::regex_constants::format_first_only);
  std::ofstream(path, std::ios::binary) << worse;
  EXPECT_EQ(run_program({"compare", one, other}).exit_code, 2) << "a file that was changed";
  forget_hashes(other);
  auto const failed = run_program({"compare", one, other});
  EXPECT_EQ(failed.exit_code, 1) << failed.err;
  EXPECT_NE(failed.out.find("1 worse, 0 better"), std::string::npos) << failed.out;
  auto const mended = run_program({"compare", other, one});
  EXPECT_EQ(mended.exit_code, 0) << "better is not worse";
}

TEST(Compare, RefusesWhatIsNoRun) {
  auto const folder = fresh_folder();
  auto const empty = folder / "empty";
  fs::create_directories(empty);
  expect_refused({"compare", empty.string()}, "two runs are compared");
  expect_refused({"compare", empty.string(), empty.string()}, "manifest.json");
  expect_refused({"compare", (folder / "missing").string(), empty.string()}, "missing");
  expect_refused({"compare", "a", "b", "c"}, "one too many");
}

}  // namespace
}  // namespace fisherlab::test
