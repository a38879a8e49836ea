#pragma once

#include <string>
#include <vector>

#include "runs/studies/study.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// The keys of an [[influence]] table.
std::vector<std::string> const& influence_keys();

/// Adds the questions of one [[influence]] table: each claim put to its data set at each penalty. `folder`: where the
/// study lies, for paths of data. Data that may be missing and are missing leave a note in the study instead.
/// @throws InputError naming file and line.
void add_influence_questions(TomlTable const& table, std::string const& folder, claims::Claims const& known,
                             Study& study);

}  // namespace fisherlab::runs
