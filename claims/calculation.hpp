#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/statistics/interval.hpp"
#include "claims/experiment.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

struct RatePoint;

/// What a calculation came to: a number between the bounds of its truncation and rounding, and rows for pictures.
struct Calculated {
  Interval interval;                             ///< holds the number for certain
  std::vector<ConvergenceRow> convergence = {};  ///< claim, model and parameters are filled in by the run
};

/// How a claim about a model is answered without a sample: by quadrature, by summation, by algebra.
struct Calculation {
  std::vector<StatedFinding> findings;  ///< what it will calculate
  /// All of them, in their order. @throws InputError where a quadrature does not settle: all are then open.
  std::function<std::vector<Calculated>()> carry_out;
};

/// Adds a finding of a calculation about one observation.
void add_calculated(Calculation& calculation, std::string statistic, Region const& region);

/// A value that is known within `bound`.
inline Calculated calculated(double value, double bound) { return {{value, 0, value - bound, value + bound}}; }

/// The rate of a decay over calculated points, with rows for its picture, in which discrepancies are times `unit`.
Calculated calculated_rate(std::vector<RatePoint> const& points, std::string const& statistic, double unit = 1);

/// The calculation as an experiment that draws nothing and costs the run no error: its level is 1.
Experiment as_experiment(Setting const& setting, Calculation calculation);

}  // namespace fisherlab::claims
