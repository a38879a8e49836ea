#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A study of several looks, with an experiment.
std::string study_in(fs::path const& folder) {
  return file_with(
      folder, "study.toml",
      "replicates = 4096\nmax_replicates = 65536\n[[case]]\nclaims = [\"score-mean\", \"information-equality\"]\n"
      "model = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\nn = [10, 20]\n"
      "[[case]]\nclaim = \"coverage\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 40\n"
      "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\ntheta = {rate = 0.4}\nn = 40\n"
      "options = {margin = 0.0005}\n"
      "[[influence]]\nclaim = \"influence-derivative\"\nproblem = \"logistic\"\ndata = \"iris\"\n"
      "classes = [\"versicolor\", \"virginica\"]\ninputs = \"standardised\"\nrows = 80\nl2 = 0.1\n");
}

Words operator+(Words left, Words const& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// All that a run leaves but for clocks: tables, the summary, and the manifest without what tells of time and machine.
std::map<std::string, std::string> bytes_in(fs::path const& folder) {
  std::map<std::string, std::string> bytes;
  for (auto const& entry : fs::directory_iterator(folder)) {
    auto const name = entry.path().filename().string();
    if (name.ends_with(".csv") || name.ends_with(".md")) bytes[name] = bytes_of(entry.path());
    if (name != "manifest.json") continue;
    auto manifest = nlohmann::json::parse(bytes_of(entry.path()));
    for (char const* const key : {"command", "threads", "wall_seconds", "replicates_per_second", "started_utc", "host"})
      manifest.erase(key);
    for (char const* const key : {"bytes", "sha256"}) manifest[key].erase("report.html");  // which shows them
    bytes[name] = manifest.dump(1);
  }
  return bytes;
}

class MergedRun : public ::testing::Test {
 protected:
  fs::path folder_ = fresh_folder();
  std::string study_ = study_in(folder_);

  std::string at(std::string const& name) const { return (folder_ / name).string(); }
  std::string shard_at(int look, int part) const {
    return at("shard-" + std::to_string(look) + '-' + std::to_string(part));
  }
  Words verify(Words const& more) const { return Words{"verify", study_, "--quiet", "--seed", "3"} + more; }
  Words shard(int look, int part, int parts, Words const& more = {}) const {
    auto words = verify({"--shard", std::to_string(part) + '/' + std::to_string(parts), "--out", shard_at(look, part)});
    if (look > 1) words = words + Words{"--look", std::to_string(look), "--after", at("merged")};
    return words + more;
  }
  Words merge(int look, int parts) const {
    Words words = {"merge", at("merged")};
    for (int part = 1; part <= parts; ++part) words.push_back(shard_at(look, part));
    return words;
  }
  void do_shards(int look, int parts) const {
    for (int part = 1; part <= parts; ++part) {
      auto const outcome = run_program(shard(look, part, parts, {"--threads", std::to_string(1 + part % 2)}));
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    }
  }
  std::string refusal(Words const& words) const {
    auto const before = fs::exists(folder_ / "merged");
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out << outcome.err;
    EXPECT_LE(outcome.err.size(), 412u) << outcome.err;
    EXPECT_EQ(fs::exists(folder_ / "merged"), before) << "nothing is written";
    return outcome.err;
  }
};

TEST_F(MergedRun, HasTheBytesOfOneProcess) {
  auto const expected = run_program(verify({"--out", at("whole")}));
  ASSERT_TRUE(expected.exit_code == 0 || expected.exit_code == 4) << expected.err;
  int const parts = 3;
  int look = 1;
  for (;; ++look) {
    do_shards(look, parts);
    auto const merged = run_program(merge(look, parts) + Words{"--history", at("nights.db")});
    if (merged.exit_code != 3) {
      EXPECT_EQ(merged.exit_code, expected.exit_code) << merged.err;
      break;
    }
    auto const next = "--look " + std::to_string(look + 1) + " --after " + at("merged");
    EXPECT_NE(merged.out.find(next), std::string::npos) << merged.out;
    EXPECT_NE(merged.out.find("fisherlab merge " + at("merged")), std::string::npos) << merged.out;
    auto const manifest = nlohmann::json::parse(bytes_of(folder_ / "merged" / "manifest.json"));
    EXPECT_EQ(manifest["status"], "interrupted") << "until all looks are merged";
    ASSERT_LT(look, 20);
  }
  EXPECT_GE(look, 3);
  EXPECT_EQ(bytes_in(folder_ / "merged"), bytes_in(folder_ / "whole"));
  EXPECT_FALSE(fs::exists(folder_ / "merged" / "checkpoint.bin"));
  EXPECT_EQ(run_program({"compare", at("whole"), at("merged")}).exit_code, 0);
  EXPECT_NE(run_program({"history", at("nights.db")}).out.find("1 run"), std::string::npos) << "the whole one alone";
  EXPECT_NE(refusal(merge(look, parts)).find("there is no"), std::string::npos) << "nothing is merged twice";
}

TEST_F(MergedRun, GoesOnInOneProcessAfterTheFirstLook) {
  auto const expected = run_program(verify({"--out", at("whole")})).exit_code;
  do_shards(1, 2);
  ASSERT_EQ(run_program(merge(1, 2)).exit_code, 3);
  EXPECT_EQ(run_program(verify({"--out", at("merged"), "--resume"})).exit_code, expected);
  EXPECT_EQ(bytes_in(folder_ / "merged"), bytes_in(folder_ / "whole"));
}

TEST_F(MergedRun, IsRefusedWhatDoesNotBelongTogether) {
  do_shards(1, 3);
  auto const one = shard_at(1, 1), two = shard_at(1, 2), three = shard_at(1, 3), out = at("merged");
  EXPECT_NE(refusal({"merge", out, one, three}).find("1 of 3 shards of look 1 is missing (2)"), std::string::npos);
  EXPECT_NE(refusal({"merge", out, one, two, three, two}).find("are both shard 2/3"), std::string::npos);
  EXPECT_NE(refusal({"merge", out, one, two, at("nothing")}).find("holds no shard"), std::string::npos);
  EXPECT_NE(refusal({"merge", out}).find("merge needs"), std::string::npos);
  EXPECT_NE(refusal({"report", one}).find("holds a shard, a part of a run"), std::string::npos);
  EXPECT_NE(refusal({"compare", one, two}).find("holds a shard, a part of a run"), std::string::npos);

  auto words = verify({"--shard", "2/3", "--out", at("other")});
  words[4] = "4";
  ASSERT_EQ(run_program(words).exit_code, 0);
  EXPECT_NE(refusal({"merge", out, one, at("other"), three}).find("(seed 3 there and 4 here)"), std::string::npos);
  ASSERT_EQ(run_program(verify({"--shard", "2/4", "--out", at("quarter")})).exit_code, 0);
  EXPECT_NE(refusal({"merge", out, one, at("quarter"), three}).find("(shards 3 there and 4 here)"), std::string::npos);

  auto const state = bytes_of(fs::path(two) / "checkpoint.bin");
  file_with(two, "checkpoint.bin", state.substr(0, state.size() / 2));
  EXPECT_NE(refusal(merge(1, 3)).find("is torn"), std::string::npos);
  auto altered = state;  // one bit of a sum
  altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
  file_with(two, "checkpoint.bin", altered);
  EXPECT_NE(refusal(merge(1, 3)).find("is torn"), std::string::npos);
  file_with(two, "checkpoint.bin", state);
  auto const manifest = bytes_of(fs::path(one) / "manifest.json");
  auto edited = manifest;
  edited.replace(edited.find("margin = 0.0005"), 15, "margin = 0.0006");
  file_with(one, "manifest.json", edited);
  EXPECT_NE(refusal(merge(1, 3)).find("the study is another"), std::string::npos);
  file_with(one, "manifest.json", manifest);
  EXPECT_EQ(run_program(merge(1, 3)).exit_code, 3) << "what was refused was not harmed";
}

TEST_F(MergedRun, IsRefusedAStateThatTheShardsDidNotBeginFrom) {
  do_shards(1, 2);
  ASSERT_EQ(run_program(merge(1, 2)).exit_code, 3);
  do_shards(2, 2);
  ASSERT_EQ(run_program(merge(2, 2)).exit_code, 3);
  EXPECT_NE(refusal(merge(2, 2)).find("is not the state that these shards of look 2 began from"), std::string::npos);
  EXPECT_NE(refusal(shard(2, 1, 2)).find("look 2 is not the one that follows"), std::string::npos);
}

TEST_F(MergedRun, IsNotMadeOfAShardThatWasCut) {
  auto const study = file_with(folder_, "long.toml",
                               "replicates = 4194304\n[[case]]\nclaims = [\"score-mean\", \"information-equality\"]\n"
                               "model = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\nn = [10, 20, 40]\n");
  Words const words = {"verify", study, "--quiet", "--shard", "1/1", "--out", at("long")};
  auto const cut = run_program(words + Words{"--deadline", "0.2s"});
  ASSERT_EQ(cut.exit_code, 3) << cut.out << cut.err;
  EXPECT_NE(cut.out.find("--resume goes on"), std::string::npos) << cut.out;
  EXPECT_NE(refusal({"merge", at("merged"), at("long")}).find("is not complete (shard 1/1 lacks "), std::string::npos);
}

TEST_F(MergedRun, NeedsWholeWords) {
  for (char const* const shard : {"", "3", "/", "0/3", "4/3", "1/0", "1/x", "-1/3", "1/200000"})
    EXPECT_NE(refusal(verify({"--shard", shard})), "") << shard;
  EXPECT_NE(refusal(verify({"--shard", "1/2", "--look", "2"})).find("needs --after"), std::string::npos);
  EXPECT_NE(refusal(verify({"--shard", "1/2", "--after", at("merged")})).find("--after goes with"), std::string::npos);
  EXPECT_NE(refusal(verify({"--look", "2"})).find("go with --shard"), std::string::npos);
  EXPECT_NE(refusal(verify({"--shard", "1/2", "--history", at("h.db")})).find("give --history to"), std::string::npos);
  EXPECT_NE(refusal(verify({"--shard", "1/2", "--look", "2", "--after", folder_.string()})).find("no merged state"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
