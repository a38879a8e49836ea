#include "cli/run/run_frame.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "base/expects.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::cli {
namespace {

RunOptions options_in(std::filesystem::path const& folder) {
  RunOptions options;
  options.out = (folder / "out").string();
  options.command = "fisherlab verify smoke";
  options.quiet = true;
  return options;
}

TEST(RunFrame, FillsTheManifestOfAnyRun) {
  auto const folder = test::fresh_folder();
  RunFrame const frame(RunKind::verify, options_in(folder), 3);
  auto const manifest = frame.manifest(RunStatus::deadline, 1000, 4);
  EXPECT_EQ(manifest.kind, RunKind::verify);
  EXPECT_EQ(manifest.status, RunStatus::deadline);
  EXPECT_EQ(manifest.command, "fisherlab verify smoke");
  EXPECT_EQ(manifest.threads, 3);
  EXPECT_EQ(manifest.replicates, 1000);
  EXPECT_EQ(manifest.exit_code, 4);
  EXPECT_GT(manifest.wall_seconds, 0);
  EXPECT_DOUBLE_EQ(manifest.replicates_per_second, 1000 / manifest.wall_seconds);
  EXPECT_EQ(manifest.libraries.count("CLI11"), 1u);
  EXPECT_EQ(frame.manifest(status_of(true), 0).exit_code, exit_broken);
}

TEST(RunFrame, WritesNothingBeforeItIsTold) {
  auto const folder = test::fresh_folder();
  RunFrame frame(RunKind::simulate, options_in(folder), 1);
  EXPECT_FALSE(std::filesystem::exists(folder / "out" / "manifest.json"));
  frame.write_tables({});
  EXPECT_TRUE(std::filesystem::exists(folder / "out" / "performance.csv")) << "which any simulation has";
  auto options = options_in(folder);
  options.out = "/dev/null/x";
  EXPECT_THROW(RunFrame(RunKind::verify, options, 1), InputError);
}

TEST(RunFrame, LeavesNothingOfAWorkThatWasRefused) {
  auto const folder = test::fresh_folder();
  { RunFrame const frame(RunKind::influence, options_in(folder), 1); }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(RunFrame, TakesASignalForAWishToStop) {
  auto const folder = test::fresh_folder();
  RunFrame const frame(RunKind::verify, options_in(folder), 1);
  bool const told = frame.watch([](Watch const& watch) {
    EXPECT_FALSE(watch.stop());
    EXPECT_GE(watch.elapsed_seconds(), 0);
    watch.progress({"nothing", 0, 0.5, 1});
    std::raise(SIGINT);
    return watch.stop();
  });
  EXPECT_TRUE(told);
  EXPECT_TRUE(frame.watch([](Watch const& watch) { return watch.stop(); })) << "in all phases of a run";
}

TEST(RunFrame, ClosesWithASentence) {
  Manifest manifest;
  manifest.seed = 7;
  manifest.replicates = 1'200'000;
  manifest.wall_seconds = 12;
  manifest.replicates_per_second = 100'000;
  EXPECT_EQ(study_sentence("smoke", manifest, "3 looks"),
            "\nStudy smoke, seed 7: 1.2 million replicates in 12 s (100 thousand/s), 3 looks.\n");
  EXPECT_EQ(seed_sentence(manifest), "\nSeed 7, 12 s.\n");
}

TEST(RunOptions, SetOnlyWhatWasGiven) {
  std::uint64_t seed = 5;
  int threads = 2;
  read_run_options({}, seed, threads);
  EXPECT_EQ(seed, 5u);
  EXPECT_EQ(threads, 2);
  RunOptions options;
  options.seed = "9";
  options.threads = "4";
  read_run_options(options, seed, threads);
  EXPECT_EQ(seed, 9u);
  EXPECT_EQ(threads, 4);
  options.threads = "0";
  EXPECT_THROW(read_run_options(options, seed, threads), InputError);
}

}  // namespace
}  // namespace fisherlab::cli
