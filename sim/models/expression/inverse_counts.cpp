#include "sim/models/expression/inverse_counts.hpp"

#include <algorithm>
#include <utility>

#include "sim/math/elementary.hpp"

namespace fisherlab::sim {

InverseCounts::InverseCounts(Support const& support, LogDensity const& log_density) : lower_(support.lower) {
  constexpr double last_count = 0x1p22, negligible = 1e-20;
  std::vector<double> ends;
  double before = 0;
  bool has_ended = false;
  for (double first = support.lower; !has_ended && first <= std::min(support.upper, support.lower + last_count);
       first += lane_count) {
    Lanes x;
    for (int lane = 0; lane < lane_count; ++lane) x.set(lane, std::min(first + lane, support.upper));
    Lanes const probability = exp(log_density(x));
    for (int lane = 0; lane < lane_count && first + lane <= support.upper; ++lane) {
      mass_ += probability[lane];
      ends.push_back(mass_);
    }
    double const last = probability[lane_count - 1];
    has_ended = !(mass_ < HUGE_VAL) || (mass_ > 0.5 && last <= negligible && last <= before);
    before = last;
  }
  for (double& end : ends) end /= mass_;
  guide_ = Guide(std::move(ends));
}

Lanes InverseCounts::quantile(Lanes const& u) const {
  Lanes x;
  for (int lane = 0; lane < lane_count; ++lane) x.set(lane, lower_ + static_cast<double>(guide_.piece_of(u[lane])));
  return x;
}

InverseLaw::Mark InverseCounts::mark(double u) const {
  auto const piece = guide_.piece_of(u);
  return {lower_ + static_cast<double>(piece), guide_.end_of(piece)};
}

}  // namespace fisherlab::sim
