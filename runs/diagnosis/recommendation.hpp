#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "findings/estimated.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// An interval that might be recommended.
struct Candidate {
  std::string name;                                         ///< "Wald"
  estimators::Bounds on_data;                               ///< the interval of the data
  Estimated coverage;                                       ///< simulated at the estimate; NaN where it is not known
  double width = std::numeric_limits<double>::quiet_NaN();  ///< median over samples; NaN: the one on the data counts
  std::optional<CoverageRange> range = {};                  ///< over theta in the interval, where it was tried
};

/// What was recommended, if anything.
struct Recommendation {
  std::string name;    ///< empty where none qualifies
  std::string reason;  ///< why none does, or what became of the others
};

/// The rule, as it is printed: the interval misses the truth between .8 and 1.25 times as often as declared, at the
/// estimate and, up to two Monte Carlo standard errors, at every theta in the interval that was tried; among those the
/// shortest, in the median of samples where that is known; never an unbounded one, unless none is bounded.
Recommendation recommend(std::vector<Candidate> const& candidates, double level);

/// "For shape the likelihood-ratio interval is recommended.", or that none is and why.
std::string recommendation_sentence(std::string const& parameter, Recommendation const& advised);

/// The rule in a sentence.
std::string recommendation_rule(double level);

}  // namespace fisherlab::runs
