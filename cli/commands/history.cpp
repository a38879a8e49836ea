#include "reports/nights/history.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/run/page_options.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/csv/table_csv.hpp"
#include "findings/manifest.hpp"
#include "reports/nights/history_page.hpp"
#include "reports/nights/night_row.hpp"
#include "reports/nights/trend.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::size_t looked_at = 100;  ///< nights, unless all are asked for: of hundreds more, reading takes seconds

struct Options {
  std::optional<std::string> file;
  std::optional<std::string> claim;
  std::optional<std::string> model;
  bool all = false;  ///< every night
  PageOptions page;
};

void add(Arguments& arguments, Options& options) {
  arguments.place(values::file("DB"), options.file, "The history file").is_needed = true;
  arguments.option("--claim", values::claim(arguments.catalogue()), options.claim,
                   "Show the findings of this claim night by night");
  arguments.option("--model", values::model(arguments.catalogue()), options.model,
                   "Show the findings of this model night by night");
  add_page_options(arguments, options.page, "index.html, which leads to the pages of runs in folders beside it");
  arguments.flag("--all", options.all,
                 "Look at every night, not the latest hundred, and show all of them, not the latest thirty");
}

/// Refuses a word that no finding of the history has.
void check_known(std::optional<std::string> const& word, std::string const& what,
                 std::vector<reports::HistoryRun> const& history, std::string Finding::*field) {
  if (!word) return;
  std::vector<std::string> known;
  for (auto const& run : history)
    for (auto const& finding : run.findings) known.push_back(finding.*field);
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  expects(std::ranges::binary_search(known, *word),
          "the history holds no " + what + " '" + clipped(printable(*word), 40) + "', " + suggestion(*word, known));
}

/// The pages of the runs in the folders of `place`, by when and from which seed they were started.
std::map<std::pair<std::string, std::uint64_t>, std::string> pages_in(std::filesystem::path const& place) {
  std::map<std::pair<std::string, std::uint64_t>, std::string> pages;
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(place, error)) {
    auto const manifest_file = entry.path() / "manifest.json";
    if (!std::filesystem::exists(entry.path() / "report.html", error) || !std::filesystem::exists(manifest_file, error))
      continue;
    try {
      auto const manifest = manifest_from_json(read_bytes(manifest_file.string()), manifest_file.string());
      pages[{manifest.started_utc, manifest.seed}] = entry.path().filename().string() + "/report.html";
    } catch (InputError const&) {  // no run of ours: it has no page to lead to
    }
  }
  return pages;
}

std::string page_of(std::vector<reports::StudyTrend> const& trends, std::filesystem::path const& place) {
  return reports::history_html(trends, [pages = pages_in(place)](reports::HistoryRun const& run) {
    auto const page = pages.find({run.manifest.started_utc, run.manifest.seed});
    return page == pages.end() ? std::string() : page->second;
  });
}

int run(Options const& options) {
  expects(options.file.has_value(), "a history is a file, name it: fisherlab history DB");
  auto const place = page_folder(options.page);
  expects(!place || (!options.claim && !options.model),
          "--claim and --model choose what is printed, a page shows all claims: leave them out");
  auto const every = std::numeric_limits<std::size_t>::max();
  auto const runs = reports::read_history(*options.file, options.all ? every : looked_at);
  check_known(options.claim, "claim", runs, &Finding::claim);
  check_known(options.model, "model", runs, &Finding::model);
  auto const trends = reports::trends(runs);
  bool const drifted = std::ranges::any_of(trends, [](auto const& trend) { return trend.flagged > 0; });
  if (place) {
    write_page(*place / "index.html", page_of(trends, *place));
    write_atomically(*place / "nights.csv", table_csv(reports::night_rows(trends)).bytes);
    return drifted ? exit_worse : exit_success;
  }
  auto const terminal = standard_output();
  reports::TrendFilter filter{options.claim, options.model};
  if (options.all) filter.most_nights = every;
  std::string text;
  for (auto const& trend : trends)
    text += (text.empty() ? "" : "\n") + reports::trend_text(trend, filter, {terminal.width, terminal.colour});
  if (trends.empty()) text = "The history holds no runs.\n";
  std::fputs(text.c_str(), stdout);
  return drifted ? exit_worse : exit_success;
}

}  // namespace

Command history_command() {
  return make_command<Options>({.name = "history",
                                .meaning = "Show the trend of the runs that `fisherlab verify --history` kept",
                                .footer = "Exit code: 0 no finding drifts, 1 one does, 2 bad input.\n\n"
                                          "  fisherlab history nights.db\n"
                                          "  fisherlab history nights.db --claim coverage"},
                               add, run);
}

}  // namespace fisherlab::cli
