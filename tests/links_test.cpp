#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "tests/support/guide.hpp"

namespace fisherlab::test {
namespace {

std::filesystem::path const root = FISHERLAB_SOURCE_DIR;

/// The name that GitHub gives a heading: lower case, spaces to hyphens, without other marks.
std::string anchor_of(std::string const& heading) {
  std::string anchor;
  for (char const c : heading.substr(heading.find_first_not_of("# "))) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

std::set<std::string> anchors_in(std::filesystem::path const& page) {
  std::set<std::string> anchors;
  std::regex const id("<a id=\"([^\"]+)\"");
  for (auto const& line : lines_of(page).prose) {
    if (line.starts_with("#")) anchors.insert(anchor_of(line));
    for (std::sregex_iterator k(line.begin(), line.end(), id), end; k != end; ++k) anchors.insert((*k)[1]);
  }
  return anchors;
}

struct Link {
  std::filesystem::path page;
  std::string target;
};

/// All links of the guide to files, not to other sites.
std::vector<Link> links() {
  std::vector<Link> found;
  std::regex const link(R"(\]\(([^)\s]+)\))");
  for (auto const& page : guide_pages())
    for (auto const& line : lines_of(page).prose)
      for (std::sregex_iterator k(line.begin(), line.end(), link), end; k != end; ++k)
        if (std::string const target = (*k)[1]; target.find("://") == std::string::npos)
          found.push_back({page, target});
  return found;
}

std::filesystem::path file_of(Link const& link) {
  auto const file = link.target.substr(0, link.target.find('#'));
  return file.empty() ? link.page : (link.page.parent_path() / file).lexically_normal();
}

TEST(Links, LeadToFilesAndAnchors) {
  auto const all = links();
  EXPECT_GE(all.size(), 40u);
  for (auto const& link : all) {
    auto const file = file_of(link);
    EXPECT_TRUE(std::filesystem::exists(root / file)) << link.page << " -> " << link.target;
    auto const mark = link.target.find('#');
    if (mark == std::string::npos || file.extension() != ".md") continue;
    EXPECT_TRUE(anchors_in(file).contains(link.target.substr(mark + 1))) << link.page << " -> " << link.target;
  }
}

TEST(Links, LeadFromTheIndexToEveryPage) {
  std::set<std::filesystem::path> linked;
  for (auto const& link : links())
    if (link.page == "docs/README.md" || link.page == "docs/decisions/README.md") linked.insert(file_of(link));
  int pages = 0;
  for (auto const& page : guide_pages())
    if (page.filename() != "README.md") {
      EXPECT_TRUE(linked.contains(page)) << page << " is not in docs/README.md";
      ++pages;
    }
  EXPECT_GE(pages, 20);
}

TEST(Links, NameHeadingsAsGitHubDoes) {
  EXPECT_EQ(anchor_of("## Is my n large enough?"), "is-my-n-large-enough");
  EXPECT_EQ(anchor_of("## `fisherlab compare OLD NEW`"), "fisherlab-compare-old-new");
}

}  // namespace
}  // namespace fisherlab::test
