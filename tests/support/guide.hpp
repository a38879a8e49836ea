#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fisherlab::test {

/// The pages of the guide: README.md and every Markdown file below docs/, relative to the project.
inline std::vector<std::filesystem::path> guide_pages() {
  std::filesystem::path const root = FISHERLAB_SOURCE_DIR;
  std::vector<std::filesystem::path> pages = {"README.md"};
  for (auto const& entry : std::filesystem::recursive_directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") pages.push_back(std::filesystem::relative(entry.path(), root));
  return pages;
}

/// Lines of a page, prose and code apart.
struct PageLines {
  std::vector<std::string> prose;
  std::vector<std::string> code;  ///< inside fences; a line that ends with a backslash is joined to the next
};

inline PageLines lines_of(std::filesystem::path const& page) {
  PageLines lines;
  bool in_code = false, continues = false;
  std::ifstream file(std::filesystem::path(FISHERLAB_SOURCE_DIR) / page);
  for (std::string line; std::getline(file, line);) {
    auto const start = line.find_first_not_of(' ');
    if (start != std::string::npos && line.compare(start, 3, "```") == 0) {
      in_code = !in_code;
    } else if (!in_code) {
      lines.prose.push_back(line);
    } else {
      bool const goes_on = line.ends_with('\\');
      if (goes_on) line.pop_back();
      continues ? lines.code.back() += line : lines.code.emplace_back(line);
      continues = goes_on;
    }
  }
  return lines;
}

/// What stands between backquotes in a line of prose.
inline std::vector<std::string> code_spans(std::string const& line) {
  std::vector<std::string> spans;
  for (std::size_t start = line.find('`'); start != std::string::npos;) {
    auto const end = line.find('`', start + 1);
    if (end == std::string::npos) break;
    spans.push_back(line.substr(start + 1, end - start - 1));
    start = line.find('`', end + 1);
  }
  return spans;
}

}  // namespace fisherlab::test
