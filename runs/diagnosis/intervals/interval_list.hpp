#pragma once

#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/recommendation.hpp"

namespace fisherlab::runs {

/// An interval on the data, with what it is worth.
struct JudgedInterval {
  std::string name;  ///< "Wald"
  estimators::Bounds on_data;
  Estimated coverage = {not_known, not_known};
  double above = not_known;    ///< share of samples whose interval lies above the truth
  double width = not_known;    ///< median over samples
  std::int64_t not_found = 0;  ///< samples in which a search failed
  std::optional<CoverageRange> range = {};
  std::optional<double> cut_off = {};

  /// Share of samples whose interval lies below the truth.
  double below() const;
};

/// All intervals of a parameter in the order of tables: Wald, score, likelihood ratio, those of exact laws, and the
/// calibrated one. `diagnosis` may be null: nothing is known then of what they are worth.
std::vector<JudgedInterval> intervals_of(estimators::FittedParameter const& fitted,
                                         ParameterDiagnosis const* diagnosis);

/// By the rule.
Recommendation recommended(std::vector<JudgedInterval> const& intervals, double level);

}  // namespace fisherlab::runs
