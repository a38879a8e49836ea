#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// The widths of each parameter's intervals in one sample, in the order of intervals_of(); those with a simulated
/// cut-off come last.
using Widths = std::vector<std::vector<double>>;

/// The widths in the samples first, first + 1, ... (`lanes` of them, eight at most); samples without an estimate are
/// left out. Callable from any thread.
using WidthSource = std::function<std::vector<Widths>(std::int64_t first, int lanes)>;

/// Of larger samples the widths on the data say the same.
inline constexpr std::int64_t most_width_n = 1000;

/// Fills in the median width of each interval over 101 samples of the source.
/// @throws sim::Interrupted when told to stop.
void add_median_widths(WidthSource const& source, DiagnosisSettings const& settings, Diagnosis& diagnosis);

/// The same over samples drawn at the estimate, for n up to most_width_n.
void add_widths(claims::Law const& law, DiagnosisSettings const& settings, Diagnosis& diagnosis);

}  // namespace fisherlab::runs
