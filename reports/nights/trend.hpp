#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/drift.hpp"
#include "findings/finding.hpp"
#include "reports/nights/history.hpp"
#include "reports/tables/terminal_table.hpp"

namespace fisherlab::reports {

/// One finding on one night. The pointers lead into the history.
struct Night {
  HistoryRun const* run = nullptr;   ///< which night
  Finding const* finding = nullptr;  ///< what it found
};

/// One finding over the runs of a study that hold it. Runs of one seed share their draws, so only the last of them is
/// a night.
struct Series {
  std::vector<Night> nights;   ///< oldest first
  std::optional<Drift> drift;  ///< the largest, by nights; empty where none can be tested
  double threshold = 0;        ///< |z| from which the drift is flagged
  bool flagged = false;        ///< the drift reaches the threshold
  /// Median distance of the estimate from the target, in margins, over the older and the newer half of the nights;
  /// empty unless the finding is expected to be verified, has a margin and four nights.
  std::optional<double> margin_before;
  std::optional<double> margin_after;  ///< of the newer half
};

/// All runs of one study, oldest first.
struct StudyTrend {
  std::string study;                    ///< name of the study
  std::vector<HistoryRun const*> runs;  ///< oldest first
  std::size_t earlier = 0;              ///< runs of the study that were not read
  std::vector<Series> series;           ///< in the order of the latest run, then those that it lacks
  std::size_t tested = 0;               ///< series with a drift to test: the family of the threshold
  std::size_t flagged = 0;              ///< series whose drift is flagged
};

/// Sorts a history by study and finding and tests every series for a drift. For each study the probability of any false
/// flag, over all its findings and however often the history is looked at as it grows, is `false_alarm` at most: also
/// where each look is at the latest runs alone, since those that came earlier count in the threshold.
std::vector<StudyTrend> trends(std::span<HistoryRun const> history, double false_alarm = 1e-3);

/// What of a history is shown night by night; empty for the overview alone.
struct TrendFilter {
  std::optional<std::string> claim;  ///< its id; empty for all
  std::optional<std::string> model;  ///< its name; empty for all
  std::size_t most_nights = 30;      ///< the latest so many are shown of a finding, and of the runs

  /// Whether it leaves nothing out.
  bool is_empty() const { return !claim && !model; }
  /// Whether a finding is shown.
  bool holds(Finding const& finding) const {
    return (!claim || finding.claim == *claim) && (!model || finding.model == *model);
  }
};

/// When a run of the study began, to the minute; to the second where two of its runs began within one minute.
std::string started_text(StudyTrend const& trend, HistoryRun const& run);

/// The trend of one study for a terminal: its runs with their times and rates, drifts, estimates that leave their
/// target, and a line a claim; with a filter, every finding that it holds instead of the claims, night by night, with
/// its interval drawn.
std::string trend_text(StudyTrend const& trend, TrendFilter const& filter, TerminalStyle style);

}  // namespace fisherlab::reports
