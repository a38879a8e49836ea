#pragma once

#include <string_view>

#include "findings/finding.hpp"
#include "findings/pictures.hpp"

namespace fisherlab {

/// The words of `findings.csv` and of studies: "equal", "at_least", "at_most".
std::string_view to_string(RegionKind kind);
/// "verified", "refuted", "inconclusive".
std::string_view to_string(Verdict verdict);
/// "verified", "refuted", "report".
std::string_view to_string(Expectation expected);
/// "pass", "fail", "open", "report".
std::string_view to_string(Outcome outcome);
/// "covariance", "coverage".
std::string_view to_string(Quantity quantity);

}  // namespace fisherlab
