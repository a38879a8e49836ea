#pragma once

#include <string>

#include "findings/csv/table_csv.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::test {

/// The study `smoke` with all that a run can keep.
inline runs::Study smoke(int threads) {
  auto study = runs::load_study("smoke");
  study.settings.threads = threads;
  study.settings.pictures = true;
  study.settings.keep_estimates = true;
  study.settings.first_replicates = 8192;
  return study;
}

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
