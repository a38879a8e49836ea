#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/interval.hpp"
#include "findings/finding.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::reports {

/// The findings of one claim, counted.
struct ClaimSummary {
  std::string claim;
  std::string statement;  ///< of its first finding
  int verified = 0;       ///< as expected
  int refuted = 0;        ///< as expected
  int failed = 0;
  int open = 0;
  int shown = 0;  ///< never decide the exit code
  /// Of the verified finding whose estimate lies farthest; empty when none was verified.
  std::optional<Interval> margins_from_target;
};

/// The findings in the order in which people need them. The pointers lead into the span that was summarised.
struct Summary {
  std::vector<Finding const*> failed;
  std::vector<Finding const*> open;
  std::vector<Finding const*> shown;
  int passed = 0;
  int with_own_error = 0;            ///< of them all, those that are judged at a family error of their own
  std::vector<ClaimSummary> claims;  ///< in order of first appearance
};

Summary summarise(std::span<Finding const> findings);

/// How far the estimate lies from the target, in margins, with the ends of its interval: |estimate - target|/margin, or
/// that on the side where the margin lies and 0 on the other. 1 is the edge of the region; infinite for a margin of 0
/// that is needed.
Interval margins_from_target(Finding const& finding);

/// One sentence: "12 findings: 9 as expected, 1 failed, 1 open, 1 shown only."
std::string counts_sentence(Summary const& summary);

/// What a reader must know of a run that did not do all of its work: "Interrupted: what is here was decided until
/// then." Empty for a complete run.
std::string status_sentence(RunStatus status);

/// "[0.94, 0.96]", "at least 0.98" or "at most 0.02".
std::string region_text(Region const& region);

/// The interval with its level, "[0.905, 0.919] at level 1 - 2.5e-09"; "none" where there is a reason for none; and the
/// family error where it is not the run's.
std::string interval_text(Finding const& finding);
/// The interval alone, "[0.93, 0.95]".
std::string ends_text(Measurement const& measurement);

/// In per cent of the margin, "31 [5, 98]"; "0" where nothing else is possible, "-" when there is none.
std::string margins_text(std::optional<Interval> const& margins);

}  // namespace fisherlab::reports
