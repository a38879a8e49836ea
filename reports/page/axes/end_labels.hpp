#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/page/law_plots.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

/// Labels at the right ends of curves, in their colours, in place of a key: short enough to leave the picture its
/// width, and pushed apart where curves end together.
class EndLabels {
 public:
  /// `y`: the range of the axis, which may be logarithmic.
  EndLabels(std::vector<Curve> const& curves, PlotRange const& y, bool log_y);

  /// Whether they have room: else the picture has a key.
  bool fit() const { return !ends_.empty() && letters_ <= 20; }

  /// What gnuplot is told.
  std::string script(std::vector<Curve> const& curves) const;

 private:
  struct End {
    std::size_t curve = 0;
    double place = 0;  ///< from 0 at the bottom to 1 at the top
  };

  void push_apart();

  std::vector<End> ends_;
  int letters_ = 0;
};

}  // namespace fisherlab::reports
