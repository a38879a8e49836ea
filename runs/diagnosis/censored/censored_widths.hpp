#pragma once

#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// Fills in the median width of each interval over 101 samples of diagnosis.n lives drawn at `law` and censored as the
/// data were, for n up to most_width_n; a calibrated interval has the cut-off of the data.
/// @throws sim::Interrupted when told to stop.
void add_censored_widths(claims::Law const& law, CensoredDraws const& draws, DiagnosisSettings const& settings,
                         Diagnosis& diagnosis);

}  // namespace fisherlab::runs
