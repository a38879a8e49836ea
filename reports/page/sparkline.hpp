#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fisherlab::reports {

/// A small picture of a series, in the line of its row.
struct Sparkline {
  std::vector<double> values;                   ///< oldest first; one that is not finite is a gap
  std::optional<double> level = {};             ///< a line across, which is always in sight
  std::optional<std::size_t> step_before = {};  ///< a mark before the value of this index: a drift
  bool from_zero = false;                       ///< the scale begins at 0
};

/// The SVG of the series, with `words` for those who do not see it. Empty without a finite value.
std::string sparkline_svg(Sparkline const& line, std::string const& words);

}  // namespace fisherlab::reports
