#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/run_tables.hpp"
#include "reports/theory/sentences.hpp"

namespace fisherlab::reports {

/// The ids of a sentence's claims.
std::vector<std::string> claims_of(Sentence const& sentence);

/// The sentences of the notes in their order, chapter by chapter, each with its claims, how many findings of the run
/// verified and refuted them, its verdict, and what pictures the page has of it. A claim holds where all of its
/// findings are as expected; what the run did not ask is said to be so.
std::string theory_markdown(RecordedRun const& run);

/// The line by which a test knows of which study a page was made: a hash of its text.
std::string theory_mark(std::string_view study);

}  // namespace fisherlab::reports
