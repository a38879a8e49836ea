#pragma once

#include <string>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// A finding in the line of its row: the pale band is its region, the line its interval, the symbol its estimate, in
/// units of the margin from 2.5 below the target to 2.5 above; an arrow where the estimate lies farther away. Empty for
/// a region without a margin, which has no such unit, and for an estimate that is no number. For the eye alone: the
/// numbers stand beside it.
std::string interval_svg(Finding const& finding);

/// What these drawings share, once on the page within `<defs>`: bands of regions and symbols in their size.
std::string interval_symbols();

}  // namespace fisherlab::reports
