#pragma once

#include <string>

#include "findings/csv/table_csv.hpp"
#include "runs/run.hpp"

namespace fisherlab::test {

/// Every byte that a run leaves, but for clocks.
inline std::string bytes_of(runs::RunResult const& result) {
  std::string bytes = result.fingerprint + std::to_string(result.looks) + ' ' + std::to_string(result.replicates);
  for_each_table(result, [&bytes](TableCard const& card, auto const& records) {
    (bytes += card.file) += table_csv(records).bytes;
  });
  for (auto const& note : result.notes) bytes += note;
  return bytes;
}

}  // namespace fisherlab::test
