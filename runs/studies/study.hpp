#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "claims/shipped.hpp"
#include "runs/calibration/calibration.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// A study made ready: its settings, and one question for each claim, model and theta of its cases, with all n.
struct Study {
  std::string name;                         ///< of the file, without .toml
  std::string title;                        ///< one line, as the file has it
  std::string description;                  ///< as the file has it
  std::string text;                         ///< the TOML as read
  runs::RunSettings settings;               ///< seed, error, replicates, deadline
  std::vector<claims::Question> questions;  ///< in the order of the file
  std::vector<runs::Subject> subjects;      ///< claim and case behind each question about a model
  std::vector<std::string> notes;           ///< to be told: what was left out, and why
};

/// Reads a study (docs/study-format.md) and puts each claim to each case. `name`: the file in messages; `folder`: where
/// paths of data start; `catalogue`: what it can name.
/// @throws InputError naming file and line: no TOML, an unknown key, a claim that does not fit its case.
Study parse_study(std::string_view toml, std::string const& name, std::string const& folder = ".",
                  claims::Catalogue const& catalogue = claims::shipped());

/// The study of a run, as it was: its text, and its name, which is a shipped one or the path that it was read from.
/// @throws InputError as parse_study
Study recorded_study(std::string_view toml, std::string const& name,
                     claims::Catalogue const& catalogue = claims::shipped());

/// Refuses a study with a scenario that the machine cannot do at this many replicates (limits.hpp).
/// @throws InputError
void check_workload(Study const& study, std::int64_t replicates);

/// A shipped study by name, or any by the path of its file (it ends in .toml or has a slash). `added`: TOML that is
/// read as if it stood at the end of the file.
/// @throws InputError as parse_study, or when there is none.
Study load_study(std::string const& name_or_path, claims::Catalogue const& catalogue = claims::shipped(),
                 std::string const& added = {});

/// The text of a shipped study.
std::string shipped_text(std::string const& name);

/// Names of the shipped studies, sorted.
std::vector<std::string> shipped_studies();

}  // namespace fisherlab::runs
