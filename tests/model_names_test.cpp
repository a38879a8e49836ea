// What is known of one law stands in that law's own file, as a fact of its card or an offer: no room above asks for a
// model by its name.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::test {
namespace {

std::string text_of(std::filesystem::path const& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A quoted model name beside == or !=.
std::regex comparison() {
  std::string names;
  for (auto const& card : sim::model_cards()) names += (names.empty() ? "" : "|") + card.name;
  return std::regex("[!=]=\\s*\"(" + names + ")\"|\"(" + names + ")\"\\s*[!=]=");
}

TEST(ModelNames, AreComparedWithNoneOutsideTheModelsOwnFiles) {
  std::filesystem::path const root = FISHERLAB_SOURCE_DIR;
  auto const pattern = comparison();
  int files = 0;
  for (auto const* room : {"claims", "estimators", "runs", "reports", "cli"})
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root / room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      if (entry.path().string().find("influence") != std::string::npos) continue;  // its losses have names of laws
      ++files;
      std::smatch found;
      auto const text = text_of(entry.path());
      EXPECT_FALSE(std::regex_search(text, found, pattern)) << entry.path() << ": " << found.str();
    }
  EXPECT_GE(files, 200);
}

TEST(ModelNames, AreFoundWhereTheyAreCompared) {
  EXPECT_TRUE(std::regex_search(std::string("if (name == \"poisson\") return 1;"), comparison()));
  EXPECT_TRUE(std::regex_search(std::string("\"student_t\" != card.name"), comparison()));
  EXPECT_FALSE(std::regex_search(std::string("form == \"printed\""), comparison()));
}

}  // namespace
}  // namespace fisherlab::test
