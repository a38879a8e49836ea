#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "findings/finding.hpp"

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
  /// Largest share of the margin that the interval of a verified finding reaches into; empty when none was verified.
  std::optional<double> margin_used;
};

/// The findings in the order in which people need them. The pointers lead into the span that was summarised.
struct Summary {
  std::vector<Finding const*> failed;
  std::vector<Finding const*> open;
  std::vector<Finding const*> shown;
  int passed = 0;
  std::vector<ClaimSummary> claims;  ///< in order of first appearance
};

Summary summarise(std::span<Finding const> findings);

/// Share of the margin that the interval reaches into, measured from the target on the side where the margin lies: 0
/// when it does not pass the target, 1 at the edge of the region, infinite for a margin of 0 that is needed.
double margin_used(Finding const& finding);

/// One sentence: "12 findings: 9 as expected, 1 failed, 1 open, 1 shown only."
std::string counts_sentence(Summary const& summary);

/// "[0.94, 0.96]", "at least 0.98" or "at most 0.02".
std::string region_text(Region const& region);

/// The interval with its level, "[0.905, 0.919] at level 1 - 2.5e-09".
std::string interval_text(Finding const& finding);
/// The interval alone, "[0.93, 0.95]".
std::string ends_text(Measurement const& measurement);

/// "37 %", or "-" when there is none.
std::string margin_text(std::optional<double> margin_used);

}  // namespace fisherlab::reports
