#pragma once

#include <cmath>
#include <limits>

#include "sim/lanes.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::sim {

/// Where the observations of an expression's law lie: a range, cut at constants.
struct Support {
  Range range = Range::line;
  double lower = -std::numeric_limits<double>::infinity();  ///< above it; of counts the least
  double upper = std::numeric_limits<double>::infinity();   ///< below it; of counts the largest

  bool is_counts() const { return range == Range::counts; }
  bool is_interval() const { return std::isfinite(lower) && std::isfinite(upper); }
  bool holds(double x) const {
    if (is_counts()) return x >= lower && x <= upper && x == std::floor(x) && std::isfinite(x);
    if (range == Range::circle) return std::fabs(x) <= 0x1.921fb54442d18p1;
    return std::isfinite(x) && x > lower && x < upper;
  }
};

/// An observation of a continuous law as a function of y on the line: itself, its log distance from the lower end, or
/// the logit of its place in an interval; the circle is cut at pi.
class ObservationScale {
 public:
  explicit ObservationScale(Support const& support);

  bool is_line() const { return kind_ == Kind::line; }
  bool is_circle() const { return kind_ == Kind::circle; }
  Lanes observation(Lanes const& y) const;
  /// log dx/dy.
  Lanes log_slope(Lanes const& y) const;

 private:
  enum class Kind { line, above, between, circle };

  Kind kind_ = Kind::line;
  double lower_ = 0;
  double width_ = 1;
};

}  // namespace fisherlab::sim
