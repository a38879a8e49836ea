// docs/write-a-study.md, word by word: its files are written, its commands run, and they say what the page prints.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

/// A block of code of a page.
struct CodeBlock {
  std::string language;
  std::vector<std::string> lines;
};

std::vector<CodeBlock> code_blocks(fs::path const& page) {
  std::vector<CodeBlock> blocks;
  std::ifstream in(page);
  bool is_inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      is_inside = !is_inside;
      if (is_inside) blocks.push_back({line.substr(3), {}});
    } else if (is_inside) {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

/// Runs a command line as a reader would, in `folder`, whose `fisherlab` is this one and whose examples are ours.
std::string output_of(std::string const& command, fs::path const& folder, int& exit_code) {
  auto const out = folder / "output.txt", script = folder / "command.sh";
  std::ofstream(script) << "cd '" << folder.string() << "'\nexport PATH='" << (folder / "bin").string() << "':$PATH\n"
                        << "export COLUMNS=100\n"
                        << command << '\n';
  int const status = std::system(("sh '" + script.string() + "' > '" + out.string() + "' 2>&1").c_str());
  exit_code = status == 0 ? 0 : 1;
  return bytes_of(out);
}

/// A line with a time, or a rate that depends on one.
bool has_time(std::string const& line) {
  return line.find(" replicates in ") != std::string::npos || line.find("replicates/s") != std::string::npos;
}

bool has(std::string const& program) { return std::system((program + " > /dev/null 2>&1").c_str()) == 0; }

TEST(Walkthrough, OfAStudyToAPapersTableAndFigure) {
  auto const folder = fresh_folder();
  fs::create_directories(folder / "bin");
  fs::create_symlink(FISHERLAB_PROGRAM, folder / "bin" / "fisherlab");
  fs::create_symlink(fs::path(FISHERLAB_SOURCE_DIR) / "examples", folder / "examples");
  int studies = 0, commands = 0, lines = 0;
  for (auto const& block : code_blocks(fs::path(FISHERLAB_SOURCE_DIR) / "docs" / "write-a-study.md")) {
    if (block.language == "toml") {
      std::ofstream study(folder / "bearings.toml");
      for (auto const& line : block.lines) study << line << '\n';
      ++studies;
    }
    if (block.language != "console") continue;
    std::string output;
    for (auto const& line : block.lines) {
      if (line.starts_with("$ ")) {
        auto const command = line.substr(2);
        if (command.starts_with("Rscript") && !has("Rscript -e 1")) GTEST_SKIP() << "R is not installed";
        int exit_code = 0;
        output = output_of(command, folder, exit_code);
        EXPECT_EQ(exit_code, 0) << command << '\n' << output;
        ++commands;
      } else if (!line.empty() && line != "..." && !has_time(line)) {
        EXPECT_NE(output.find(line + '\n'), std::string::npos) << "not said: " << line << "\nbut\n" << output;
        ++lines;
      }
    }
  }
  EXPECT_EQ(studies, 1);
  EXPECT_GE(commands, 5);
  EXPECT_GE(lines, 40);
}

}  // namespace
}  // namespace fisherlab::test
