#include "reports/nights/history.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/nights/trend.hpp"

namespace fisherlab::cli {
namespace {

constexpr std::size_t looked_at = 100;  ///< nights, unless all are asked for: of hundreds more, reading takes seconds

struct Options {
  std::optional<std::string> file;
  std::optional<std::string> claim;
  std::optional<std::string> model;
  bool all = false;  ///< every night
};

void add(Arguments& arguments, Options& options) {
  arguments.place(values::file("DB"), options.file, "The history file").is_needed = true;
  arguments.option("--claim", values::claim(arguments.catalogue()), options.claim,
                   "Show the findings of this claim night by night");
  arguments.option("--model", values::model(arguments.catalogue()), options.model,
                   "Show the findings of this model night by night");
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

int run(Options const& options) {
  expects(options.file.has_value(), "a history is a file, name it: fisherlab history DB");
  auto const every = std::numeric_limits<std::size_t>::max();
  auto const runs = reports::read_history(*options.file, options.all ? every : looked_at);
  check_known(options.claim, "claim", runs, &Finding::claim);
  check_known(options.model, "model", runs, &Finding::model);
  auto const trends = reports::trends(runs);
  auto const terminal = standard_output();
  reports::TrendFilter filter{options.claim, options.model};
  if (options.all) filter.most_nights = every;
  std::string text;
  for (auto const& trend : trends)
    text += (text.empty() ? "" : "\n") + reports::trend_text(trend, filter, {terminal.width, terminal.colour});
  if (trends.empty()) text = "The history holds no runs.\n";
  std::fputs(text.c_str(), stdout);
  bool const drifted = std::ranges::any_of(trends, [](auto const& trend) { return trend.flagged > 0; });
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
