#pragma once

#include <string>

#include "reports/tables/compare.hpp"

namespace fisherlab::reports {

/// The folders of two runs, as seen from the page; empty where no link leads there.
struct RunPlaces {
  std::string before;
  std::string after;
};

/// The bytes of a page about two runs: whether they are the same bits, verdicts that changed, worse first, and the
/// findings and measures that moved most, each with both intervals, which lead to their rows where it is known where
/// the runs are. It needs no other file; every text is escaped.
std::string compare_html(Comparison const& comparison, RunPair const& runs, RunPlaces const& places = {});

}  // namespace fisherlab::reports
