#include "runs/folder/our_files.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include "findings/run_tables.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> remade = {"report.html", "report.md", "report.tex",
                                                    "junit.xml",   "theory.md", "power.md"};

std::vector<std::string> all_names() {
  std::vector<std::string> names(remade.begin(), remade.end());
  for (std::string_view const name :
       {std::string_view("summary.md"), std::string_view("advice.json"), std::string_view("manifest.json"),
        std::string_view("samples.csv"), checkpoint_file})
    names.emplace_back(name);
  for_each_table(RunTables{}, [&names](TableCard const& card, auto const&) { names.emplace_back(card.file); });
  return names;
}

}  // namespace

std::vector<std::string> const& our_files() {
  static auto const names = all_names();
  return names;
}

bool is_remade(std::string_view name) { return std::ranges::find(remade, name) != remade.end(); }

/// They are called `.NAME.PROCESS.COUNT.tmp` (base/files/atomic_write.cpp).
std::vector<fs::path> torn_files(fs::path const& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    auto const name = entry->path().filename().string();
    if (!name.ends_with(".tmp")) continue;
    bool const is_ours = std::ranges::any_of(our_files(), [&name](auto const& ours) {
      return name.starts_with("." + ours + ".") &&
             name.find_first_not_of("0123456789.", ours.size() + 2) == name.size() - 3;
    });
    if (is_ours) found.push_back(entry->path());
  }
  return found;
}

}  // namespace fisherlab::runs
