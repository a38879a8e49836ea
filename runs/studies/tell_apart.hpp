#pragma once

#include <map>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// What a case says beside claim, model and n: its estimator and its options, by name.
using CaseWords = std::map<std::string, std::string>;

/// The words of a table of a study, as they are written; numbers to four digits.
CaseWords case_words(TomlTable const& table);

/// Findings that would read alike (claim, model, parameters, n and statistic) get what tells their cases apart:
/// "efficiency of moments for shape (limit = 1)". What has no such word keeps its name, and so does every finding that
/// stands alone. `words`: those of each question.
void tell_apart(std::vector<claims::Question>& questions, std::vector<CaseWords> const& words);

}  // namespace fisherlab::runs
