#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace fisherlab {

/// How often the interval of one finding misses at the level at which a study uses it. `basis` says what that rests on:
///   tilted      importance sampling from tilted stored draws
///   bounded     the same with misses that are worth fewer than ten, where a thousand times as much would be below .01
///   proof       an exact interval: a proportion or a distance of laws
///   constant    what is measured cannot vary
///   open        no interval at this number of replicates, hence no verdict that could be wrong
///   unsettled   sampled, but so few of the weighted samples count that the factor is not known
///   unexamined  no function of means of what replicates contribute, or of too many
struct FarRow {
  std::string claim;             ///< its id
  std::string model;             ///< the case: model, parameters, n, estimator and options
  std::string n;                 ///< of the finding
  std::string statistic;         ///< what the interval is of
  std::string basis;             ///< one of the words above
  std::int64_t replicates = 0;   ///< of the look
  double error = 0;              ///< that the interval is charged with there
  std::int64_t samples = 0;      ///< from tilted laws
  double effective = 0;          ///< misses that the weighted ones are worth
  std::optional<double> factor;  ///< probability of a miss over `error`; none where it is not known
  std::optional<double> lower;   ///< 95 % interval of the factor
  std::optional<double> upper;
  std::string note;  ///< why it is open, unsettled or unexamined

  /// Equal in every field.
  bool operator==(FarRow const&) const = default;

  template <class Visit>
  static void fields(Visit const& field) {
    using F = FarRow;
    field("claim", "id of the claim", &F::claim);
    field("model", "the case: model, parameters, n, estimator and options, and `control` for a control", &F::model);
    field("n", "sample size, or sizes of a grid", &F::n);
    field("statistic", "what the interval is of", &F::statistic);
    field("basis",
          "what the factor rests on: `tilted`, `bounded`, `proof`, `constant`, `open`, `unsettled` or `unexamined`",
          &F::basis);
    field("replicates", "of the look that is examined", &F::replicates);
    field("error", "that the interval is charged with at this look", &F::error);
    field("samples", "samples from tilted laws", &F::samples);
    field("effective", "misses that the weighted ones are worth", &F::effective);
    field("factor", "probability of a miss over `error`; empty where it is not known", &F::factor);
    field("lower", "lower end of its 95 % interval", &F::lower);
    field("upper", "upper end of its 95 % interval", &F::upper);
    field("note", "why there is no factor", &F::note);
  }

  /// Whether the factor is known.
  bool is_known() const { return factor.has_value(); }
};

/// The factors of a run: an interval that misses `factor` times as often as it is charged costs that much of its share
/// of the family error.
struct FarSum {
  std::int64_t rows = 0;     ///< with a factor
  std::int64_t unknown = 0;  ///< without
  double mean = 0;           ///< of the factors: the wrong verdicts of the run over the declared ones
  double lower = 0;          ///< 95 % interval of the mean
  double upper = 0;
};

/// Over rows with a factor; a proof counts as the quarter that the reserve leaves of its charge.
FarSum far_sum(std::span<FarRow const> rows);

}  // namespace fisherlab
