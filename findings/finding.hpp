#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fisherlab {

/// How the region of a statement lies around its target.
enum class RegionKind { equal, at_least, at_most };

/// Where the truth of a statement must lie: `equal` is [target - margin, target + margin], `at_least` is
/// [target - margin, inf), `at_most` is (-inf, target + margin].
/// A statement that is exact at every n has also `exact_within`, the rounding of its target: an interval that leaves
/// the target by more than that has proved it false, however wide the margin.
struct Region {
  RegionKind kind = RegionKind::equal;
  double target = 0;
  double margin = 0;
  std::optional<double> exact_within = {};
};

/// A statistic of the simulation with its confidence interval.
struct Measurement {
  std::string statistic;
  double estimate = 0;
  double std_error = 0;
  double lower = 0;
  double upper = 0;
  std::int64_t replicates = 0;
  std::int64_t dropped = 0;
  std::string reason = {};
  double needed = 0;  ///< replicates without which no verdict as expected is possible, at the least; 0: not known
};

/// Where the interval lies: inside the region, outside it, or neither.
enum class Verdict { verified, refuted, inconclusive };
/// What a study expects of a finding; `report` never decides the exit code.
enum class Expectation { verified, refuted, report };
/// `pass`: as expected; `fail`: contradicts what was expected; `open`: inconclusive; `report`: shown only.
enum class Outcome { pass, fail, open, report };

/// What one statement came to for one model: a measurement against a region. It holds no clock and no host.
struct Finding {
  std::string claim;
  std::string statement;
  std::string model;
  std::string parameters;
  std::string n;
  Measurement measurement;  ///< what was measured
  Region region;            ///< where the truth must lie
  double level = 0;
  std::optional<double> family_error = {};  ///< where it is judged at one of its own
  Verdict verdict = Verdict::inconclusive;
  Expectation expected = Expectation::verified;
  Outcome outcome = Outcome::open;

  template <class Visit>
  static void fields(Visit const& field) {
    constexpr auto measurement = &Finding::measurement;
    constexpr auto region = &Finding::region;
    field("claim", "id of the claim", &Finding::claim);
    field("statement", "its number in the notes: `(6.7)` an equation, `6.7` another statement", &Finding::statement);
    field("model", "what was simulated", &Finding::model);
    field("parameters", "the truth: `shape=2.5;rate=1.3`", &Finding::parameters);
    field("n", "sample size, or the grid: `20;40;80`", &Finding::n);
    field("statistic", "what was measured, in words", measurement, &Measurement::statistic);
    field("kind", "how the region lies about its target", region, &Region::kind);
    field("estimate", "value of the statistic", measurement, &Measurement::estimate);
    field("std_error", "its Monte Carlo standard error", measurement, &Measurement::std_error);
    field("lower", "lower end of its confidence interval", measurement, &Measurement::lower);
    field("upper", "upper end of it", measurement, &Measurement::upper);
    field("target", "middle or edge of the region where the truth must lie", region, &Region::target);
    field("margin", "how far from the target the region reaches", region, &Region::margin);
    field("exact_within", "rounding of the target where the statement is exact at every n", region,
          &Region::exact_within);
    field("replicates", "replicates that entered", measurement, &Measurement::replicates);
    field("dropped", "replicates whose fit failed", measurement, &Measurement::dropped);
    field("level", "confidence level of the interval, after the split of the family error", &Finding::level);
    field("family_error",
          "error of all findings that are judged together with this one, where that is not the run's: about networks",
          &Finding::family_error);
    field("verdict", "where the interval lies: inside the region, outside, or neither", &Finding::verdict);
    field("expected", "what the study expected", &Finding::expected);
    field("outcome", "whether the verdict is as expected", &Finding::outcome);
    field("reason", "why there is no interval, and how many replicates it would take; else empty", measurement,
          &Measurement::reason);
  }
};

}  // namespace fisherlab
