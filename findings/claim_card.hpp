#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fisherlab {

/// An option that a case may set for a claim: its help, its check and its default.
struct ClaimOption {
  std::string name;                  ///< the key in a study
  std::string meaning;               ///< in words
  std::string fallback;              ///< what a case that does not set it means; empty: nothing, or what `meaning` says
  std::vector<std::string> choices;  ///< the texts that it may have; empty: any that can be read
};

/// What `fisherlab show CLAIM` prints.
struct ClaimCard {
  std::string id;                    ///< kebab-case, permanent: it keys streams and history
  std::string statement;             ///< the notes' number
  std::string title;                 ///< the statement in words
  std::string formula;               ///< the statement
  std::string evidence;              ///< what is measured, and by which interval
  std::string null_law;              ///< the law that the interval rests on, and whether it is exact
  std::string margin;                ///< the default margin and why a user would care
  std::string control;               ///< what must be refuted
  std::vector<ClaimOption> options;  ///< keys that a case may set
  /// The estimator of a case that names none; empty where one must be named, nothing where none is taken.
  std::optional<std::string> estimator = {};
  std::string source;           ///< author and year, or the notes
  std::string hypotheses = {};  ///< what the statement asks of the model and the estimator, in words
};

}  // namespace fisherlab
