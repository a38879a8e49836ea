#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string first_lines(std::string const& bytes, int lines) {
  std::size_t end = 0;
  for (int k = 0; k < lines; ++k) end = bytes.find('\n', end) + 1;
  return bytes.substr(0, end);
}

/// A way to damage a file, by its bytes.
struct Damage {
  std::string name;
  std::function<std::string(std::string const& bytes)> bytes;
};

std::vector<Damage> damages() {
  return {{"empty", [](auto const&) { return ""; }},
          {"one byte", [](auto const& bytes) { return bytes.substr(0, 1); }},
          {"half", [](auto const& bytes) { return bytes.substr(0, bytes.size() / 2); }},
          {"two bytes short", [](auto const& bytes) { return bytes.substr(0, bytes.size() - 2); }},
          {"header and a row", [](auto const& bytes) { return first_lines(bytes, 2); }},
          {"a picture", [](auto const&) { return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16); }},
          {"other JSON", [](auto const&) { return "{\"a\": [1, 2]}\n"; }},
          {"other CSV", [](auto const&) { return "x,y\n1,2\n"; }},
          {"zeros", [](auto const&) { return std::string(64, '\0'); }}};
}

/// Exit code 2 and one sentence that names the file.
void expect_refusal(Words const& words, std::string const& file, std::string const& what) {
  auto const outcome = run_program(words);
  auto const shown = words.front() + ", " + file + ", " + what + ": " + outcome.err;
  EXPECT_EQ(outcome.exit_code, 2) << shown;
  EXPECT_EQ(outcome.out, "") << shown;
  EXPECT_TRUE(outcome.err.starts_with("fisherlab: ")) << shown;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << shown;
  EXPECT_NE(outcome.err.find(file), std::string::npos) << shown;
}

std::string study_in(fs::path const& folder) {
  return file_with(folder, "short.toml",
                   "[[case]]\nclaims = [\"efficiency\", \"asymptotic-normality\"]\nmodel = \"exponential\"\n"
                   "theta = {rate = 0.4}\nn = [10, 20, 40]\n");
}

TEST(DamagedRun, IsRefusedByReportAndCompareWhateverTheDamage) {
  auto const folder = fresh_folder();
  auto const good = (folder / "good").string(), bad = (folder / "bad").string(), out = (folder / "out").string();
  run_program({"verify", study_in(folder), "--max-replicates", "1024", "--quiet", "--out", good});
  std::vector<std::string> files;
  for (auto const& entry : fs::directory_iterator(good))
    if (entry.path().extension() == ".csv" || entry.path().extension() == ".json")
      files.push_back(entry.path().filename().string());
  ASSERT_GE(files.size(), 4u);
  fs::copy(good, bad);
  int tried = 0;
  for (auto const& file : files) {
    auto const bytes = bytes_of(fs::path(good) / file);
    auto const expect_refused = [&](std::string const& what) {
      expect_refusal({"report", bad, "--out", out}, file, what);
      expect_refusal({"compare", good, bad}, file, what);
      expect_refusal({"compare", bad, good}, file, what);
      EXPECT_FALSE(fs::exists(out));
      ++tried;
    };
    for (auto const& damage : damages()) {
      if (damage.bytes(bytes) == bytes) continue;  // a file without rows has no half of them
      file_with(bad, file, damage.bytes(bytes));
      expect_refused(damage.name);
    }
    fs::remove(fs::path(bad) / file);
    expect_refused("missing");
    fs::create_directory(fs::path(bad) / file);
    expect_refused("a folder");
    fs::remove(fs::path(bad) / file);
    file_with(bad, file, bytes);
  }
  EXPECT_GE(tried, 4 * 9);
  EXPECT_EQ(run_program({"compare", good, bad}).exit_code, 0) << "the mended run";
}

TEST(DamagedRun, IsRefusedByHistoryWhateverTheDamage) {
  auto const folder = fresh_folder();
  auto const path = (folder / "nights.db").string(), study = study_in(folder);
  for (auto const* seed : {"1", "2"})
    run_program({"verify", study, "--seed", seed, "--max-replicates", "1024", "--quiet", "--history", path, "--out",
                 (folder / "run").string()});
  auto const bytes = bytes_of(path);
  ASSERT_EQ(run_program({"history", path}).exit_code, 0);
  auto all = damages();
  all.push_back({"zeros in the middle", [](auto text) { return text.replace(text.size() / 2, 512, 512, '\0'); }});
  int tried = 0;
  for (auto const& damage : all) {
    if (damage.name == "empty") continue;  // a history without runs
    file_with(folder, "nights.db", damage.bytes(bytes));
    expect_refusal({"history", path}, "history", damage.name);
    ++tried;
  }
  EXPECT_EQ(tried, static_cast<int>(all.size()) - 1);
  fs::remove(path);
  expect_refusal({"history", path}, "nights.db", "missing");
  expect_refusal({"history", folder.string()}, "is a folder", "a folder");
}

}  // namespace
}  // namespace fisherlab::test
