#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/claim_card.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// The bytes of `power.md`: for each claim of `cards` the smallest defect of each kind that a run of `calibrate` sees
/// (calibration_table.hpp), and its own control in words. A claim that the run did not ask has "-".
std::string calibration_markdown(RecordedRun const& run, std::span<ClaimCard const> cards);

/// The line by which a test knows of which study a page was made: a hash of its text.
std::string power_mark(std::string_view study);

}  // namespace fisherlab::reports
