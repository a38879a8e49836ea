#pragma once

#include <string_view>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"
#include "findings/pictures.hpp"
#include "findings/replicate_row.hpp"

namespace fisherlab {

/// The words of files and of studies, which stand in names.cpp; words.hpp reads them back.
std::string_view to_string(RegionKind kind);
/// "verified", "refuted", "inconclusive".
std::string_view to_string(Verdict verdict);
/// "verified", "refuted", "report".
std::string_view to_string(Expectation expected);
/// "pass", "fail", "open", "report".
std::string_view to_string(Outcome outcome);
/// "covariance", "coverage".
std::string_view to_string(Quantity quantity);
/// The subcommand: "verify".
std::string_view to_string(RunKind kind);
/// How a run ended, in a word.
std::string_view to_string(RunStatus status);
/// "failed", "extreme".
std::string_view to_string(Noted why);

}  // namespace fisherlab
