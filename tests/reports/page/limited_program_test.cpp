#include "reports/page/limited_program.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "reports/page/gnuplot.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::reports {
namespace {

using Clock = std::chrono::steady_clock;

/// A program that does what the shell is told.
std::string program_that(std::string const& does) {
  auto const path = test::fresh_folder() / "program";
  std::ofstream(path) << "#!/bin/sh\n" << does << '\n';
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path.string();
}

TEST(RunLimited, GivesTheOutputOfAProgramThatEnds) {
  auto const output = run_limited(program_that("echo \"$1\"; cat"), "word", "input", {});
  EXPECT_EQ(output.text, "word\ninput");
  EXPECT_FALSE(output.was_ended);
  std::string const large(3'000'000, 'x');
  EXPECT_EQ(run_limited(program_that("cat"), "", large, {.seconds = 20, .bytes = 4'000'000}).text, large);
  EXPECT_EQ(run_limited(program_that("echo half; exit 1"), "", "", {}).text, "");
  EXPECT_EQ(run_limited("no-such-program", "", "", {}).text, "");
  EXPECT_FALSE(run_limited("no-such-program", "", "", {}).was_ended);
}

TEST(RunLimited, EndsWhatHangsOrFloods) {
  auto const start = Clock::now();
  for (auto const* does : {"sleep 1000", "sleep 1000 & sleep 1000", "exec >&-; sleep 1000", "cat; sleep 1000 &"}) {
    auto const output = run_limited(program_that(does), "", "x", {.seconds = 0.3});
    EXPECT_TRUE(output.was_ended) << does;
    EXPECT_EQ(output.text, "") << does;
  }
  EXPECT_TRUE(run_limited(program_that("yes"), "", "", {.seconds = 20, .bytes = 100'000}).was_ended);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10));
}

TEST(RunLimited, EndsWhenItIsTold) {
  auto const start = Clock::now();
  int asked = 0;
  auto const output =
      run_limited(program_that("sleep 1000"), "", "", {.seconds = 1000, .stop = [&asked] { return ++asked > 5; }});
  EXPECT_TRUE(output.was_ended);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10));
}

TEST(Gnuplot, ThatFloodsOrIsToldToStopCostsPicturesAlone) {
  std::vector<std::string> const scripts(3, "plot x");
  EXPECT_TRUE(draw_svg(scripts, program_that("yes '<svg'")).empty());
  auto const hanging = program_that("sleep 1000");
  EXPECT_TRUE(draw_svg(scripts, hanging, [] { return true; }).empty());
  EXPECT_EQ(gnuplot_version(program_that("yes 5.4.4")), "");
}

}  // namespace
}  // namespace fisherlab::reports
