#pragma once

#include <vector>

#include "estimators/censored/censored_fit.hpp"

namespace fisherlab::runs {

/// A piece of a distribution function between two values: its height at either end. Where the data leave open how
/// the rise is spread, `lower` and `upper` differ; a jump has from == to.
struct NpmlePiece {
  double from = 0, to = 0;      ///< infinite at the ends of the line
  double lower = 0, upper = 0;  ///< P(X <= from), before a jump P(X < from), and P(X <= to)
};

/// The nonparametric maximum likelihood estimate of the law of a censored sample, in pieces in order, which are those
/// where it rises: Kaplan and Meier's where observations are seen or known to be larger, else Turnbull's, by
/// self-consistency until no mass moves by more than 1e-7 or 1,000 steps. What Kaplan and Meier leave over beyond the
/// last observation is a piece without end.
/// Sources: Kaplan and Meier (1958), JASA 53, 457-481; Turnbull (1976), JRSS B 38, 290-295.
std::vector<NpmlePiece> npmle(estimators::CensoredSample const& sample);

/// Turnbull's, of any censored sample.
std::vector<NpmlePiece> turnbull(estimators::CensoredSample const& sample);

}  // namespace fisherlab::runs
