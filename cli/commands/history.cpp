#include "reports/nights/history.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/nights/trend.hpp"

namespace fisherlab::cli {
namespace {

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

}  // namespace

int history(HistoryOptions const& options) {
  expects(options.file.has_value(), "a history is a file, name it: fisherlab history DB");
  auto const runs = reports::read_history(*options.file);
  check_known(options.claim, "claim", runs, &Finding::claim);
  check_known(options.model, "model", runs, &Finding::model);
  auto const trends = reports::trends(runs);
  auto const terminal = standard_output();
  std::string text;
  for (auto const& trend : trends)
    text += (text.empty() ? "" : "\n") +
            reports::trend_text(trend, {options.claim, options.model}, {terminal.width, terminal.colour});
  if (trends.empty()) text = "The history holds no runs.\n";
  std::fputs(text.c_str(), stdout);
  bool const drifted = std::ranges::any_of(trends, [](auto const& trend) { return trend.flagged > 0; });
  return drifted ? exit_worse : exit_success;
}

}  // namespace fisherlab::cli
