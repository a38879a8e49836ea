#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// Where the observations stand in a CSV file.
struct ObservationColumns {
  std::optional<std::string> values = {};  ///< the observations; may be left out when there is one column beside
  std::optional<std::string> count = {};   ///< how often each was made: whole numbers
  std::optional<std::string> event = {};   ///< 1 where it was observed, 0 where it is known to be larger (a survivor)
  std::optional<std::string> lower = {};   ///< with `upper`, in place of `values`: where each observation lies
  std::optional<std::string> upper = {};   ///< its upper end: missing or infinite for none, as `lower`; equal: exact
};

/// The observations of a CSV file, each as often as it was made.
struct Observations {
  std::string name = {};                ///< of the file, in messages
  std::vector<double> values = {};      ///< one for each time it was made; with `lower` and `upper` the lower ends
  std::vector<bool> is_observed = {};   ///< of each, whether it is no survivor; empty without a column of events
  std::vector<double> uppers = {};      ///< upper ends; empty where no observation has another than it or infinity
  std::vector<std::string> notes = {};  ///< what was recognised and left out of the file, in sentences
  bool is_counted = false;              ///< counts made several of one row, so that their order means nothing
};

/// Reads them (UTF-8; byte order mark, CRLF and spaces around numbers tolerated; `path` "-" is standard input; gzip is
/// uncompressed). Every cell of the columns must be a finite number, TRUE or FALSE; other columns may hold anything.
/// @throws InputError naming file, line and remedy: what CsvTable refuses, missing values unless they are skipped, a
///   cell that is text or not finite, an unknown or repeated column, several columns and none named, counts that are no
///   whole numbers from 0 on, events other than 0 and 1, a lower end above the upper one, or neither.
Observations read_observations(std::string const& path, ObservationColumns const& columns = {},
                               Reading const& reading = {});

/// Takes the upper ends away where all are exact or right-censored: then none is needed.
void forget_needless_uppers(Observations& observations);

/// What is said of a column that may tell survivors and is not used.
std::string unused_events_note(std::string const& column);

}  // namespace fisherlab::runs
