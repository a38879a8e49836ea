#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "findings/claim_card.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::reports {

struct PagePart;  // page_part.hpp

/// What the page shows beside the run.
struct HtmlOptions {
  /// The claims in the order of the notes: the order of the page, with titles and formulas. Claims that are not here
  /// come after these, in the order of the findings.
  std::span<ClaimCard const> cards;
  /// The program that draws the pictures. Without it the page says so and has none.
  std::string gnuplot = "gnuplot";
  std::string title = {};                        ///< of the study, one line
  std::string about = {};                        ///< what it tests, in a sentence
  RecordedRun const* before = nullptr;           ///< the run before, for what changed since
  bool full = false;                             ///< all pictures, on the screen and on paper, in place of a choice
  std::vector<PagePart> const* parts = nullptr;  ///< what the tables of the run do not hold; it stands before them
  bool beside_data = true;  ///< the page stands in the run's folder: its pictures link to their rows
  /// Whether to do without the pictures that are not drawn yet; may be empty.
  std::function<bool()> stop = {};
};

/// The bytes of `report.html`: one page that needs no other file. First what was tested and how it came out, with a map
/// of all statements and models; then what failed or is open, the findings statement by statement, the scenarios, and
/// where the run comes from. Every text of the run is escaped.
std::string html_report(RecordedRun const& run, HtmlOptions const& options);

}  // namespace fisherlab::reports
