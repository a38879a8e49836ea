#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/refused_table.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

/// Every file below a folder with its size.
std::map<std::string, std::uintmax_t> files_in(fs::path const& folder) {
  std::map<std::string, std::uintmax_t> found;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    found[entry.path().string()] = entry.is_regular_file() ? entry.file_size() : 0;
  return found;
}

/// Below a sentence about an expression: it, and a caret under a place in it.
void expect_picture(std::string const& picture, std::string const& shown) {
  auto const end = picture.find('\n');
  auto const caret = picture.find('^', end);
  EXPECT_TRUE(picture.starts_with("  ")) << shown;
  EXPECT_EQ(picture.substr(std::min(end, picture.size())),
            '\n' + std::string(std::min(caret - end - 1, picture.size()), ' ') + "^\n")
      << shown;
  EXPECT_LE(caret - end - 1, end) << shown;
}

/// Exit code 2 within a second, one sentence of at most 400 characters on stderr, in our words, and nothing else but a
/// picture of an expression.
void expect_refusal(RefusedLine const& line, Outcome const& outcome, std::string const& shown) {
  EXPECT_EQ(outcome.exit_code, 2) << shown << outcome.out;
  EXPECT_EQ(outcome.out, "") << shown;
  EXPECT_TRUE(outcome.err.starts_with("fisherlab: ")) << shown;
  auto const sentence = outcome.err.substr(0, outcome.err.find('\n') + 1);
  EXPECT_TRUE(sentence.ends_with('\n')) << shown;
  if (sentence != outcome.err) expect_picture(outcome.err.substr(sentence.size()), shown);
  EXPECT_LE(std::ranges::count_if(sentence, [](char c) { return (c & 0xC0) != 0x80; }), 401) << shown;
  EXPECT_NE(outcome.err.find(line.said), std::string::npos) << shown << "\nwithout: " << line.said;
  for (auto const* foreign : {"std::", "basic_", "vector", "exception", "terminate", "errno", "\033", "Success"})
    EXPECT_EQ(outcome.err.find(foreign), std::string::npos) << shown << "\nwith " << foreign;
}

/// Runs, histories and states of every kind that the lines name as @x.
void make_things(fs::path const& made) {
  auto const study = file_with(made, "study.toml",
                               "replicates = 1024\nmax_replicates = 1024\n[[case]]\nclaim = \"score-mean\"\n"
                               "model = \"exponential\"\ntheta = {rate = 0.4}\nn = 10\n");
  auto const at = [&made](char const* name) { return (made / name).string(); };
  auto const copied = [&](char const* name) {
    fs::copy(made / "run", made / name);
    return made / name;
  };
  run_program({"verify", study, "--quiet", "--history", at("nights"), "--out", at("run")});
  run_program({"simulate", "gamma", "--theta", "shape=2,rate=1", "--n", "10", "--replicates", "1000", "--quiet",
               "--out", at("simulated")});
  for (std::string const part : {"1", "2"}) {
    run_program({"verify", study, "--quiet", "--shard", part + "/2", "--out", (made / ("shard" + part)).string()});
    run_program({"simulate", "gamma", "--theta", "shape=2,rate=1", "--n", "10", "--replicates", "1000", "--quiet",
                 "--shard", part + "/2", "--out", (made / ("simshard" + part)).string()});
  }
  fs::copy(made / "shard1", made / "nostudy");
  fs::copy_file(made / "simulated" / "manifest.json", made / "nostudy" / "manifest.json",
                fs::copy_options::overwrite_existing);
  fs::copy(fs::path(FISHERLAB_SHIPPED_DATA_DIR) / "iris.csv", made / "iris");
  fs::create_directory(made / "folder");
  file_with(made, "file", "just a text\n");
  file_with(made, "numbers", "x\n0.5\n1.5\n2.25\n3\n");
  ::mkfifo((made / "pipe").c_str(), 0600);
  auto const manifest = bytes_of(made / "run" / "manifest.json");
  auto const with = [&](char const* name, std::string const& bytes) {
    file_with(copied(name), "manifest.json", bytes);
  };
  auto const changed = [&manifest](std::string const& from, std::string const& to) {
    auto text = manifest;
    EXPECT_NE(text.find(from), std::string::npos) << from;
    return text.replace(text.find(from), from.size(), to);
  };
  with("killed", changed("\"complete\"", "\"running\""));
  with("nokind", changed("\"verify\"", "\"vrify\""));
  with("nojson", manifest.substr(0, manifest.size() / 2));
  with("deep", std::string(100'000, '['));
  with("list", "[1, 2]\n");
  with("huge", changed("\"looks\": ", "\"looks\": 1e999"));
  file_with(copied("foreign"), "fit.csv", "x\n");
  file_with(copied("changed"), "findings.csv", "x\n");
  fs::remove(copied("missing") / "findings.csv");
  fs::create_directory(made / "orphan");
  fs::copy(made / "run" / "findings.csv", made / "orphan" / "findings.csv");
  file_with(copied("checkpoint"), "checkpoint.bin", "something else\n");
  file_with(copied("oldstate"), "checkpoint.bin", "fisherlab checkpoint 0\nx\n");
  file_with(copied("tornstate"), "checkpoint.bin", "fisherlab checkpoint 3\n0123\n");
  auto const nights = bytes_of(made / "nights");
  file_with(made, "torn", nights.substr(0, nights.size() - 100));
  auto other = nights, newer = nights;
  other.replace(68, 4, "abcd");  // PRAGMA application_id, by the format of SQLite's files
  file_with(made, "other", other);
  newer.replace(60, 4, std::string("\0\0\0\x63", 4));  // PRAGMA user_version
  file_with(made, "newer", newer);
}

void expect_all_refused(char const* table, std::size_t least = 80) {
  auto const folder = fresh_folder();
  auto const made = folder / "made", files = folder / "files", here = folder / "here";
  for (auto const& path : {made, files, here}) fs::create_directory(path);
  make_things(made);
  auto const lines = refused_lines(fs::path(FISHERLAB_TEST_DATA_DIR) / "refused" / table, files, made);
  ASSERT_GE(lines.size(), least);
  auto const before = files_in(folder);
  fs::current_path(here);  // where reports go unless a line says otherwise
  for (auto const& line : lines) {
    auto const began = std::chrono::steady_clock::now();
    auto const outcome = run_program(line.words);
    std::string shown = std::string(table) + ", line " + std::to_string(line.line) + ": " + outcome.err;
    expect_refusal(line, outcome, shown);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1)) << shown;
    EXPECT_EQ(files_in(folder), before) << shown;
    if (files_in(folder) != before) break;
  }
}

TEST(Refused, CommandLinesInOneSentenceWithNothingWritten) { expect_all_refused("command_lines.txt"); }
TEST(Refused, StudiesInOneSentenceWithNothingWritten) { expect_all_refused("studies.txt"); }
TEST(Refused, ModelsInOneSentenceWithNothingWritten) { expect_all_refused("models.txt", 60); }
TEST(Refused, DataFilesInOneSentenceWithNothingWritten) { expect_all_refused("data_files.txt"); }

}  // namespace
}  // namespace fisherlab::test
