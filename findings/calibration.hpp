#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/statistics/interval.hpp"
#include "findings/finding.hpp"

namespace fisherlab {

/// What can be wrong by a graded size; `none` is the case as the study has it, a planted truth.
enum class DefectKind { none, information, score, shift };

/// "none", "information", "score", "shift".
std::string_view to_string(DefectKind kind);

/// The verdicts of many runs of one question. A run is `refuted` or `verified` against what its case expects when any
/// of its findings is, as expected when all of them are, else `inconclusive`: what the exit code of `verify` would say.
struct CalibrationRow {
  std::string claim;
  std::string model;  ///< case_text
  DefectKind defect = DefectKind::none;
  double size = 0;
  Expectation expected = Expectation::verified;  ///< of the case
  std::int64_t runs = 0;
  std::int64_t verified = 0;
  std::int64_t refuted = 0;
  std::int64_t inconclusive = 0;

  /// Equal in every field.
  bool operator==(CalibrationRow const&) const = default;

  template <class Visit>
  static void fields(Visit const& field) {
    using C = CalibrationRow;
    field("claim", "id of the claim", &C::claim);
    field("model", "the case: model, parameters, n, estimator and options, and `control` for a control", &C::model);
    field("defect", "what is planted", &C::defect);
    field("size", "size of the defect", &C::size);
    field("runs", "verdicts asked for", &C::runs);
    field("verified", "of them verified against what the case expects", &C::verified);
    field("refuted", "of them refuted against it", &C::refuted);
    field("inconclusive", "of them neither", &C::inconclusive);
    field("lower", "lower end of the 95 % interval of the rate of wrong verdicts, or of refutations of a defect",
          &C::lower);
    field("upper", "upper end of it", &C::upper);
  }

  /// Runs that the interval counts: wrong verdicts of a planted truth (refuted, or verified for a control), refutations
  /// of a planted defect.
  std::int64_t counted() const;
  /// Clopper-Pearson interval of the rate of `counted` at level 0.95.
  Interval rate() const;
  /// Lower end of rate().
  double lower() const { return rate().lower; }
  /// Upper end of rate().
  double upper() const { return rate().upper; }
  /// Sets what a file does not hold: a model that ends with " control" expects a refutation. Gives whether the counts
  /// can be those of `runs`.
  bool complete();
};

/// Whether so many wrong verdicts contradict a probability of at most `error`: the chance of as many is below 1e-6.
///   P(X >= wrong) < 1e-6,   X binomial(runs, error).
bool contradicts(std::int64_t wrong, std::int64_t runs, double error);

/// The smallest rate of wrong verdicts that so many runs would most likely show to be above `error`: with probability
/// 0.95 as many of them are wrong as `contradicts` takes. A larger declared error needs fewer runs; 1 where none would.
double smallest_rate_shown(std::int64_t runs, double error);

/// Whether the wrong verdicts over all planted truths and controls contradict the declared error.
bool contradicts_in_sum(std::span<CalibrationRow const> rows, double family_error);

/// The claims whose wrong verdicts, over all their planted truths and controls, contradict the declared error.
std::vector<std::string> contradicting_claims(std::span<CalibrationRow const> rows, double family_error);

}  // namespace fisherlab
