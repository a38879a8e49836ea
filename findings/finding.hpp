#pragma once

#include <cstdint>
#include <string>

namespace fisherlab {

/// How the region of a statement lies around its target.
enum class RegionKind { equal, at_least, at_most };

/// Where the truth of a statement must lie: `equal` is [target - margin, target + margin], `at_least` is
/// [target - margin, inf), `at_most` is (-inf, target + margin].
struct Region {
  RegionKind kind = RegionKind::equal;
  double target = 0;
  double margin = 0;
};

/// A statistic of the simulation with its confidence interval.
struct Measurement {
  std::string statistic;  ///< what was measured, in words: "largest relative error over directions"
  double estimate = 0;
  double std_error = 0;  ///< Monte Carlo standard error of `estimate`
  double lower = 0;      ///< confidence interval at the level that was asked for
  double upper = 0;
  std::int64_t replicates = 0;  ///< replicates that entered
  std::int64_t dropped = 0;     ///< replicates whose fit failed
};

enum class Verdict { verified, refuted, inconclusive };
/// What a study expects of a finding; `report` never decides the exit code.
enum class Expectation { verified, refuted, report };
/// `pass`: as expected; `fail`: contradicts what was expected; `open`: inconclusive; `report`: shown only.
enum class Outcome { pass, fail, open, report };

/// One row of `findings.csv`. It holds no clock and no host.
struct Finding {
  std::string claim;      ///< kebab-case id
  std::string statement;  ///< the notes' number, as "6.2"
  std::string model;
  std::string parameters;  ///< "shape=2.5;rate=1.3"
  std::string n;           ///< sample size, or the grid as "20;40;80"
  Measurement measurement;
  Region region;
  double level = 0;  ///< confidence level of the interval, after the split of the family error
  Verdict verdict = Verdict::inconclusive;
  Expectation expected = Expectation::verified;
  Outcome outcome = Outcome::open;
};

}  // namespace fisherlab
