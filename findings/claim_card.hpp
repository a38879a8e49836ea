#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fisherlab {

/// An option that a case may set for a claim: its help, its check and its default.
struct ClaimOption {
  std::string name;
  std::string meaning;
  std::string fallback;              ///< what a case that does not set it means; empty: nothing, or what `meaning` says
  std::vector<std::string> choices;  ///< the texts that it may have; empty: any that can be read
};

/// What `fisherlab show CLAIM` prints.
struct ClaimCard {
  std::string id;         ///< kebab-case, permanent: it keys streams and history
  std::string statement;  ///< the notes' number
  std::string title;
  std::string formula;
  std::string evidence;  ///< what is measured, and by which interval
  std::string null_law;  ///< the law that the interval rests on, and whether it is exact
  std::string margin;    ///< the default margin and why a user would care
  std::string control;   ///< what must be refuted
  std::vector<ClaimOption> options;
  /// The estimator of a case that names none; empty where one must be named, nothing where none is taken.
  std::optional<std::string> estimator = {};
  std::string source;
};

}  // namespace fisherlab
