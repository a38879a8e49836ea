#pragma once

#include <functional>
#include <span>
#include <string>

#include "findings/claim_card.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// What the page shows beside the run.
struct HtmlOptions {
  /// The claims in the order of the notes: the order of the page, with titles and formulas. Claims that are not here
  /// come after these, in the order of the findings.
  std::span<ClaimCard const> cards;
  /// The program that draws the pictures. Without it the page says so and has none.
  std::string gnuplot = "gnuplot";
  /// Whether to do without the pictures that are not drawn yet; may be empty.
  std::function<bool()> stop = {};
};

/// The bytes of `report.html`: one page that needs no other file. What went wrong stands first, then where the run
/// comes from, the findings statement by statement, and the scenarios. Every text of the run is escaped.
std::string html_report(RecordedRun const& run, HtmlOptions const& options);

}  // namespace fisherlab::reports
