#include "runs/resume/checkpoint.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/expects.hpp"
#include "runs/resume/saver.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/refusal_of.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

Checkpoint sample() {
  return {{{"version", "0.1.0"}, {"seed", "7"}, {"the study's text", std::string(64, 'a')}},
          "2024-03-01T02:00:00Z",
          12.5,
          std::string("state\0\xFF", 7)};
}

void put(fs::path const& path, std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST(Checkpoint, ReadsBack) {
  auto const file = test::fresh_folder() / "checkpoint.bin";
  put(file, checkpoint_bytes(sample()));
  auto const read = read_checkpoint(file);
  EXPECT_EQ(read.facts, sample().facts);
  EXPECT_EQ(read.started_utc, sample().started_utc);
  EXPECT_EQ(read.seconds, 12.5);
  EXPECT_EQ(read.state, sample().state);
  EXPECT_NO_THROW(expect_same_run(read, sample().facts, file));
}

TEST(Checkpoint, IsRefusedWhereverItIsTorn) {
  auto const file = test::fresh_folder() / "checkpoint.bin";
  auto const bytes = checkpoint_bytes(sample());
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    put(file, bytes.substr(0, k));
    EXPECT_TRUE(test::refusal_of([&] { read_checkpoint(file); }).ends_with("start the run anew without --resume")) << k;
    auto changed = bytes;
    changed[k] = static_cast<char>(changed[k] ^ 4);
    put(file, changed);
    EXPECT_TRUE(test::refusal_of([&] { read_checkpoint(file); }).starts_with("'" + file.string() + "' is ")) << k;
  }
  put(file, bytes + "x");
  EXPECT_NE(test::refusal_of([&] { read_checkpoint(file); }).find("is torn"), std::string::npos);
  put(file, "fisherlab checkpoint 99\n" + bytes.substr(23));
  EXPECT_NE(test::refusal_of([&] { read_checkpoint(file); }).find("another version"), std::string::npos);
  put(file, "PNG");
  EXPECT_NE(test::refusal_of([&] { read_checkpoint(file); }).find("not the state of a run"), std::string::npos);
  EXPECT_NE(test::refusal_of([&] { read_checkpoint(file.parent_path()); }).find("is no file"), std::string::npos);
}

TEST(Checkpoint, SaysWhatChangedSinceItWasSaved) {
  auto facts = sample().facts;
  facts[1].second = "8";
  EXPECT_EQ(test::refusal_of([&] { expect_same_run(sample(), facts, "c.bin"); }),
            "'c.bin' is of another run (seed 7 then and 8 now), give what it was started with, or start the run anew "
            "without --resume");
  facts = sample().facts;
  facts[0].second = "0.2.0";
  EXPECT_EQ(
      test::refusal_of([&] { expect_same_run(sample(), facts, "c.bin"); }),
      "'c.bin' is of another run (version 0.1.0 then and 0.2.0 now), give what it was started with, or start the run "
      "anew without --resume");
  facts[2].second = std::string(64, 'b');
  auto const said = test::refusal_of([&] { expect_same_run(sample(), facts, "c.bin"); });
  EXPECT_NE(said.find("the study's text changed"), std::string::npos) << said;
}

TEST(Saver, KeepsTheLastStateAndOutlivesADiskThatIsFull) {
  auto const folder = test::fresh_folder();
  auto const file = folder / "checkpoint.bin";
  {
    Saver saver(file, sample());
    for (int k = 0; k < 20; ++k) saver.save("state " + std::to_string(k), k);
    saver.finish();
    EXPECT_TRUE(saver.has_saved());
    EXPECT_EQ(saver.trouble(), "");
  }
  EXPECT_EQ(read_checkpoint(file).state, "state 19");
  EXPECT_EQ(read_checkpoint(file).seconds, 19);
  Saver failing("/dev/full/checkpoint.bin", sample());
  failing.save("state", 1);
  failing.finish();
  EXPECT_NE(failing.trouble().find("cannot write"), std::string::npos) << failing.trouble();
  EXPECT_FALSE(failing.has_saved());
}

}  // namespace
}  // namespace fisherlab::runs
