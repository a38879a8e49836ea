#include "sim/models/expression/support.hpp"

#include "sim/math/elementary.hpp"

namespace fisherlab::sim {

ObservationScale::ObservationScale(Support const& support)
    : lower_(support.lower), width_(support.upper - support.lower) {
  if (support.range == Range::circle)
    kind_ = Kind::circle;
  else if (support.is_interval())
    kind_ = Kind::between;
  else if (std::isfinite(support.lower))
    kind_ = Kind::above;
}

Lanes ObservationScale::observation(Lanes const& y) const {
  if (kind_ == Kind::above) return lower_ + exp(y);
  if (kind_ == Kind::between) return lower_ + width_ / (1.0 + exp(-y));
  return y;
}

Lanes ObservationScale::log_slope(Lanes const& y) const {
  if (kind_ == Kind::above) return y;
  if (kind_ == Kind::between) return log(Lanes(width_)) - log1p(exp(-y)) - log1p(exp(y));
  return 0.0;
}

}  // namespace fisherlab::sim
