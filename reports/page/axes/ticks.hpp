#pragma once

#include <set>
#include <string>

#include "reports/page/law_plots.hpp"

namespace fisherlab::reports {

/// What gnuplot is told of the ticks of a logarithmic axis between two positive values: powers of ten where these are
/// many, else 1, 2 and 5 times them, or closer; three at least.
std::string log_tics(char axis, double from, double to);

/// Ticks of a logarithmic x axis at the smallest and the largest of some values, and at those between that leave room
/// for their label; in the middle, too, where that makes fewer than three.
std::string value_tics(std::set<double> const& values);

/// Three ticks or more at round numbers of a linear axis, within the range.
std::string even_tics(char axis, PlotRange const& range);

}  // namespace fisherlab::reports
