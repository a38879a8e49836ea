#pragma once

#include <span>
#include <string>

#include "findings/replicate_row.hpp"

namespace fisherlab::reports {

/// One sentence: how many replicates stand in `replicates.csv`, why, and how the first of them is drawn again. Empty
/// where none does.
std::string noted_sentence(std::span<ReplicateRow const> noted);

}  // namespace fisherlab::reports
