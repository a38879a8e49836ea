#pragma once

#include <string_view>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"
#include "findings/pictures.hpp"

namespace fisherlab {

/// The words of files and of studies, which stand in names.cpp; words.hpp reads them back.
std::string_view to_string(RegionKind kind);
std::string_view to_string(Verdict verdict);
std::string_view to_string(Expectation expected);
std::string_view to_string(Outcome outcome);
std::string_view to_string(Quantity quantity);
std::string_view to_string(RunKind kind);
std::string_view to_string(RunStatus status);

}  // namespace fisherlab
