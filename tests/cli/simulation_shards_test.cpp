#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class MergedSimulation : public ::testing::Test {
 protected:
  fs::path folder_ = fresh_folder();

  std::string at(std::string const& name) const { return (folder_ / name).string(); }
  std::string shard_at(int part, int parts) const {
    return at("shard-" + std::to_string(part) + "-of-" + std::to_string(parts));
  }
  static Words simulate(Words const& more, std::string const& replicates = "20000") {
    Words words = {"simulate", "gamma", "--theta", "shape=2.5,rate=1.3", "--n",        "10,25",
                   "--seed",   "3",     "--quiet", "--estimator",        "mle,moments"};
    words.insert(words.end(), {"--controls", "score", "--replicates", replicates});
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void do_shards(int parts, Words const& more = {}) const {
    for (int part = 1; part <= parts; ++part) {
      auto const name = std::to_string(part) + '/' + std::to_string(parts);
      auto words = simulate({"--shard", name, "--out", shard_at(part, parts)});
      words.insert(words.end(), more.begin(), more.end());
      auto const outcome = run_program(words);
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    }
  }
  Words merge(int parts) const {
    Words words = {"merge", at("merged")};
    for (int part = 1; part <= parts; ++part) words.push_back(shard_at(part, parts));
    return words;
  }
  std::string refusal(Words const& words) const {
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out << outcome.err;
    EXPECT_FALSE(fs::exists(folder_ / "merged")) << "nothing is written";
    return outcome.err;
  }
  void expect_merged_is_whole() const {
    EXPECT_EQ(bytes_of(folder_ / "merged" / "performance.csv"), bytes_of(folder_ / "whole" / "performance.csv"));
    auto merged = manifest_in(folder_ / "merged"), whole = manifest_in(folder_ / "whole");
    for (auto* manifest : {&merged, &whole})
      for (char const* const key : {"command", "threads", "wall_seconds", "replicates_per_second", "started_utc"})
        manifest->erase(key);
    EXPECT_EQ(merged, whole);
  }
};

TEST_F(MergedSimulation, HasTheBytesOfOneProcess) {
  ASSERT_EQ(run_program(simulate({"--out", at("whole")})).exit_code, 0);
  for (int const parts : {1, 3, 7}) {
    do_shards(parts);
    auto const merged = run_program(merge(parts));
    EXPECT_EQ(merged.exit_code, 0) << merged.err;
    EXPECT_NE(merged.out.find("gamma shape=2.5;rate=1.3, n = 10"), std::string::npos) << merged.out;
    expect_merged_is_whole();
  }
  EXPECT_NE(run_program(simulate({"--out", at("merged"), "--resume"})).out.find("came to its end already"),
            std::string::npos);
}

TEST_F(MergedSimulation, GoesOnWhereAShardWasCut) {
  fs::path const out = shard_at(1, 1);
  Words const shard = simulate({"--shard", "1/1", "--out", out.string(), "--resume"}, "8e5");
  ASSERT_EQ(run_program(simulate({"--out", at("whole")}, "8e5")).exit_code, 0);
  for (int const signal : {SIGKILL, SIGTERM}) {
    cut_run(shard, out, signal);
    EXPECT_NE(refusal(merge(1)).find("is not complete (shard 1/1 lacks "), std::string::npos);
  }
  ASSERT_EQ(run_program(shard).exit_code, 0);
  ASSERT_EQ(run_program(merge(1)).exit_code, 0);
  expect_merged_is_whole();
}

TEST_F(MergedSimulation, IsRefusedWhatDoesNotBelongTogether) {
  do_shards(3);
  auto const one = shard_at(1, 3), two = shard_at(2, 3), three = shard_at(3, 3), out = at("merged");
  EXPECT_NE(refusal({"merge", out, one, three}).find("1 of 3 shards is missing (2)"), std::string::npos);
  EXPECT_NE(refusal({"merge", out, one, two, three, two}).find("are both shard 2/3"), std::string::npos);
  EXPECT_NE(refusal({"merge", out, one, two, three, "--history", at("nights.db")}).find("leave out --history"),
            std::string::npos);
  EXPECT_NE(refusal({"report", one}).find("holds a shard, a part of a run"), std::string::npos);
  Words const other = simulate({"--shard", "2/3", "--out", at("other")}, "20001");
  ASSERT_EQ(run_program(other).exit_code, 0);
  EXPECT_NE(refusal({"merge", out, one, at("other"), three}).find("(replicates 20000 there and 20001 here)"),
            std::string::npos);
  EXPECT_NE(refusal(simulate({"--shard", "2/3", "--out", at("other"), "--resume"})).find("replicates 20001 then"),
            std::string::npos);
  ASSERT_EQ(
      run_program({"verify", "smoke", "--quiet", "--max-replicates", "2048", "--shard", "2/3", "--out", at("verified")})
          .exit_code,
      0);
  EXPECT_NE(refusal({"merge", out, one, at("verified"), three}).find("is of another run than"), std::string::npos);
  auto const state = bytes_of(fs::path(two) / "checkpoint.bin");
  file_with(two, "checkpoint.bin", bytes_of(fs::path(one) / "checkpoint.bin"));
  EXPECT_NE(refusal(merge(3)).find("are both shard 1/3"), std::string::npos);
  file_with(two, "checkpoint.bin", state);
  EXPECT_EQ(run_program(merge(3)).exit_code, 0) << "what was refused was not harmed";
}

}  // namespace
}  // namespace fisherlab::test
