#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fisherlab {

/// Why a replicate is named: it gave no result, or stands at the end of what refuted a finding.
enum class Noted { failed, extreme };

/// A replicate that is worth a look: `fisherlab replay DIR scenario replicate` draws it again.
struct ReplicateRow {
  Noted why = Noted::failed;
  std::string claim;
  int scenario = 0;
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::int64_t replicate = 0;
  std::optional<double> value;
  std::optional<double> distance;
  std::int64_t among = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("why", "it gave no result (the first hundred of each kind), or is among the extremest of a refuted finding",
          &ReplicateRow::why);
    field("claim", "id of the claim that looked at it, of several the first", &ReplicateRow::claim);
    field("scenario", "its number for `fisherlab replay`", &ReplicateRow::scenario);
    field("model", "what it was read as", &ReplicateRow::model);
    field("parameters", "the truth: `shape=2.5;rate=1.3`", &ReplicateRow::parameters);
    field("n", "sample size", &ReplicateRow::n);
    field("estimator", "that was fitted to it; empty where the claim fits none", &ReplicateRow::estimator);
    field("replicate", "its number, from 0", &ReplicateRow::replicate);
    field("value", "what the claim kept of it, of an extreme one", &ReplicateRow::value);
    field("distance",
          "of that value from the mean over the replicates, in their standard deviations; empty for a statistic whose "
          "law alone is kept",
          &ReplicateRow::distance);
    field("among", "how many failed in all, or were looked at", &ReplicateRow::among);
  }
};

}  // namespace fisherlab
