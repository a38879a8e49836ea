#pragma once

#include <string>

namespace fisherlab {

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
  std::string options;   ///< keys that a study may set
  std::string source;
};

}  // namespace fisherlab
