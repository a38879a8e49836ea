#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/nights/trend.hpp"

namespace fisherlab::reports {

/// One claim on one night, as the sparklines of the index show it.
struct NightRow {
  std::string study;            ///< its name
  std::string started_utc;      ///< when the night began
  std::string seed;             ///< of the night
  double seconds = 0;           ///< that it took
  std::string claim;            ///< id of the claim
  std::string statement;        ///< its place in the notes
  std::int64_t findings = 0;    ///< how many it has
  std::int64_t failed = 0;      ///< of them
  std::int64_t open = 0;        ///< of them
  std::optional<double> used;   ///< how far the farthest verified one lies from its target, in margins
  std::optional<double> lower;  ///< end of its interval
  std::optional<double> upper;  ///< the same

  template <class Visit>
  static void fields(Visit const& field) {
    using R = NightRow;
    field("study", "name of the study", &R::study);
    field("started_utc", "when the night began", &R::started_utc);
    field("seed", "of the night", &R::seed);
    field("seconds", "that it took", &R::seconds);
    field("claim", "id of the claim", &R::claim);
    field("statement", "its place in the notes", &R::statement);
    field("findings", "how many it has", &R::findings);
    field("failed", "how many of them failed", &R::failed);
    field("open", "how many are open", &R::open);
    field("used", "distance of the farthest verified one from its target, in margins; empty where none is", &R::used);
    field("lower", "lower end of the interval of that distance", &R::lower);
    field("upper", "upper end of it", &R::upper);
  }
};

/// All nights, study by study and night by night, the oldest first.
std::vector<NightRow> night_rows(std::span<StudyTrend const> trends);

}  // namespace fisherlab::reports
