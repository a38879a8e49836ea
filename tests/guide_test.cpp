#include "tests/support/guide.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/shell/description.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab::test {
namespace {

/// First and last cell of the rows of a page's tables whose head starts with "| argument |".
std::vector<std::pair<std::string, std::string>> argument_rows(PageLines const& lines) {
  std::vector<std::pair<std::string, std::string>> rows;
  bool in_table = false;
  for (auto const& line : lines.prose) {
    if (line.starts_with("| argument |")) in_table = true;
    if (!line.starts_with("|")) in_table = false;
    if (!in_table || !line.starts_with("| `")) continue;
    auto const last = line.rfind('|', line.size() - 2);
    auto label = code_spans(line).front();
    std::erase(label, '\\');  // in a table the sign of A|B is escaped
    rows.emplace_back(label, line.substr(last));
  }
  return rows;
}

TEST(Guide, HasAPageWithEveryArgumentOfEverySubcommand) {
  auto const program = cli::program_text();
  EXPECT_GE(program.subcommands.size(), 11u);
  for (auto const& sub : program.subcommands) {
    auto const page = "docs/" + sub.name + ".md";
    auto const text = bytes_of(std::filesystem::path(FISHERLAB_SOURCE_DIR) / page);
    EXPECT_NE(text.find(sub.usage()), std::string::npos) << page << " does not have the usage: " << sub.usage();
    std::set<std::string> in_program, in_page;
    for (auto const& list : {sub.places, sub.options})
      for (auto const& argument : list) in_program.insert(argument.label());
    auto const rows = argument_rows(lines_of(page));
    for (auto const& [label, unless_set] : rows) in_page.insert(label);
    EXPECT_EQ(in_program, in_page) << page << ": its table `| argument | ...` against `fisherlab " << sub.name
                                   << " --help`";
    for (auto const& option : sub.options)
      for (auto const& [label, unless_set] : rows) {
        if (label != option.label() || option.unless_set.empty()) continue;
        EXPECT_NE(unless_set.find("`" + option.unless_set + "`"), std::string::npos)
            << page << ": " << label << " is " << option.unless_set << " unless set";
      }
  }
}

/// Options in a piece of code that none of the program's subcommands has, or not the one that the code runs.
class OptionReader {
 public:
  explicit OptionReader(cli::ProgramText const& program) : program_(program) {}

  /// `subcommand`: of the page, for code that starts with an option.
  std::vector<std::string> unknown_in(std::string const& code, std::string subcommand) {
    std::vector<std::string> unknown;
    std::istringstream words(code);
    bool is_ours = false, is_first = true, is_name = false;
    for (std::string word; words >> word; is_first = false) {
      while (!word.empty() && std::string("\"'()").find(word.front()) != std::string::npos) word.erase(0, 1);
      while (!word.empty() && std::string("\"').,:;").find(word.back()) != std::string::npos) word.pop_back();
      if (is_first && word.starts_with("--")) is_ours = true;
      if ((is_first || is_name) && is_subcommand(word)) {
        subcommand = word;
        is_ours = true;
      }
      is_name = word == "fisherlab" || word.ends_with("/fisherlab") || word == "$(program)";
      if (is_name) is_ours = true;
      if (word == "|" || word == "||" || word == "&&" || word == "#") is_ours = false;
      if (!is_ours || word.size() < 3 || !word.starts_with("--") || !std::islower(word[2])) continue;
      ++read;
      auto const name = word.substr(0, word.find('='));
      if (!has(subcommand, name)) unknown.push_back(subcommand + " " + name);
    }
    return unknown;
  }

  int read = 0;

 private:
  bool is_subcommand(std::string const& word) const {
    return std::any_of(program_.subcommands.begin(), program_.subcommands.end(),
                       [&word](auto const& sub) { return sub.name == word; });
  }
  bool has(std::string const& subcommand, std::string const& option) const {
    if (option == "--help" || option == "--version") return true;
    return std::any_of(program_.subcommands.begin(), program_.subcommands.end(), [&](auto const& sub) {
      return (subcommand.empty() || sub.name == subcommand) &&
             std::any_of(sub.options.begin(), sub.options.end(),
                         [&](auto const& known) { return known.name == option; });
    });
  }

  cli::ProgramText const& program_;
};

TEST(Guide, NamesOnlyOptionsThatTheProgramHas) {
  auto const program = cli::program_text();
  OptionReader reader(program);
  for (auto const& page : guide_pages()) {
    auto subcommand = page.parent_path() == "docs" ? page.stem().string() : "";
    if (std::none_of(program.subcommands.begin(), program.subcommands.end(),
                     [&](auto const& sub) { return sub.name == subcommand; }))
      subcommand.clear();
    auto const lines = lines_of(page);
    auto pieces = lines.code;
    for (auto const& line : lines.prose)
      for (auto const& span : code_spans(line)) pieces.push_back(span);
    for (auto const& piece : pieces)
      for (auto const& unknown : reader.unknown_in(piece, subcommand))
        ADD_FAILURE() << page << ": there is no option " << unknown << " in: " << piece;
  }
  EXPECT_GE(reader.read, 60) << "options were read";
}

TEST(Guide, CheckerFindsWhatIsWrong) {
  auto const program = cli::program_text();
  OptionReader reader(program);
  using Words = std::vector<std::string>;
  EXPECT_EQ(reader.unknown_in("fisherlab verify --sede 3", ""), Words{"verify --sede"});
  EXPECT_EQ(reader.unknown_in("build/release/fisherlab report x --seed 3", ""), Words{"report --seed"});
  EXPECT_EQ(reader.unknown_in("--nothing", "verify"), Words{"verify --nothing"});
  EXPECT_EQ(reader.unknown_in("list --all", "compare"), Words{"list --all"});
  EXPECT_EQ(reader.unknown_in("fisherlab verify --seed=3 && cmake --install build", ""), Words{});
  EXPECT_EQ(reader.unknown_in("cmake --install build", "verify"), Words{});
}

}  // namespace
}  // namespace fisherlab::test
