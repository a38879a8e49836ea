#pragma once

#include <vector>

#include "estimators/censored/censored_fit.hpp"
#include "runs/diagnosis/censored/censoring_law.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {

/// Gives lives up as those of an interval-censored sample were: by times of inspection that know nothing of the life,
/// drawn from what the sample tells of them. Of a unit only the inspections on either side of its life are known.
/// - Where intervals are equal or apart, the cells of a common grid: a life lies in its cell.
/// - Where all intervals reach to one infinity, each unit was looked at once: that time is one of the sample's.
/// - Else a first inspection, then gaps. The first is an upper end without a lower one, with weight 1/P(X <= end) under
///   the fit, since it is seen when the life is over by then; the least lower end where there is none. A gap is the
///   length of a bounded interval with weight 1/length, since a life falls into long gaps the oftener. They end where
///   the unit is lost: at a time from Kaplan and Meier's law of the last inspections of right-censored lives.
/// A share of the lives, as large as in the sample, is seen exactly. A life between cells of a grid lies between the
/// ends next to it. Sources: Horvitz and Thompson (1952), JASA 47, 663-685, for the weights; Cox (1969) for the law of
/// gaps.
class IntervalCensoring {
 public:
  IntervalCensoring(estimators::LifeLaw const& law, std::vector<double> const& theta,
                    estimators::CensoredSample const& sample);

  /// Puts life `x` into place i of a sample with uppers.
  void give_up(double x, sim::ScalarStream& stream, estimators::CensoredSample& sample, std::size_t i) const;

 private:
  enum class Kind { grid, one_look, visits };

  /// Values with the sums of their weights, to draw from.
  struct Weighted {
    std::vector<double> values, sums;
    void add(double value, double weight);
    double draw(double u) const;
  };

  void put_between_visits(double x, sim::ScalarStream& stream, estimators::CensoredSample& sample, std::size_t i) const;

  Kind kind_ = Kind::grid;
  std::vector<double> ends_;  ///< finite ones, in order, each as often as it is
  double exact_share_ = 0;
  Weighted first_, gaps_;
  CensoringLaw lost_;
};

}  // namespace fisherlab::runs
