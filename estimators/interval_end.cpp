#include "estimators/interval_end.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "estimators/coordinates.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::estimators {
namespace {

using sim::lane_count;
using sim::Lanes;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

class EndSearch {
 public:
  EndSearch(Statistic const& statistic, Side const& side)
      : statistic_(statistic), side_(side), inside_(side.centre), outside_(nan), blocked_(nan) {
    // A first reach that would leave much of the space behind looks closer.
    double const longest = side.domain == sim::Domain::angle ? sim::pi / 16 : 4.0;
    if (side.domain != sim::Domain::real && !(std::fabs(side.width) <= longest))
      side_.width = std::copysign(longest, side.width);
  }

  double run() {
    walk();
    if (std::isnan(outside_) && !std::isnan(blocked_)) look_before_the_block();
    if (std::isnan(outside_)) look_at_the_peak();
    if (std::isnan(outside_)) return stays_below() ? end_of_space() : nan;
    return narrowed();
  }

 private:
  /// A place on the working scale at which the statistic is known and not above the critical value.
  struct Seen {
    double place;
    double value;
  };

  Lanes values(Lanes const& places) const { return statistic_(from_working(side_.domain, places)); }

  /// How far the working scale reaches: to exp(-300) and exp(300), beyond which squares under- and overflow, to where a
  /// probability rounds to 1, to half a turn, or to 2^60 widths.
  double limit() const {
    double const sign = side_.width > 0 ? 1.0 : -1.0;
    switch (side_.domain) {
      case sim::Domain::positive:
        return sign * 300;
      case sim::Domain::unit:
        return sign > 0 ? 36.0 : -300.0;
      case sim::Domain::angle:
        return side_.centre + sign * sim::pi;
      case sim::Domain::real:
        break;
    }
    return side_.centre + 0x1p60 * side_.width;
  }

  double end_of_space() const {
    bool const upper = side_.width > 0;
    switch (side_.domain) {
      case sim::Domain::unit:
        return upper ? 1.0 : 0.0;
      case sim::Domain::positive:
        return upper ? infinity : 0.0;
      case sim::Domain::angle:
        return limit();
      case sim::Domain::real:
        break;
    }
    return upper ? infinity : -infinity;
  }

  bool is_beyond(double place, double end) const { return side_.width > 0 ? place >= end : place <= end; }

  /// Doubles the reach until the statistic passes, cannot be had, or the space ends.
  void walk() {
    double const end = limit();
    for (double reach = side_.width; !is_beyond(inside_, end); reach *= 2) {
      double const place = is_beyond(side_.centre + reach, end) ? end : side_.centre + reach;
      double const value = values(Lanes(place))[0];
      if (std::isnan(value)) {
        blocked_ = place;
        return;
      }
      if (value > side_.critical) {
        outside_ = place;
        return;
      }
      seen_.push_back({place, value});
      inside_ = place;
    }
  }

  /// Divides from `inside_` to `far`; the first point that is rejected becomes `outside_`, the last before it, or
  /// before the first that is not known, `inside_`. Gives whether either moved.
  bool divide(double far, double& unknown) {
    Lanes points;
    for (int k = 0; k < lane_count; ++k) points.set(k, inside_ + (far - inside_) * (k + 1) / 9.0);
    Lanes const found = values(points);
    bool moved = false;
    unknown = nan;
    for (int k = 0; k < lane_count; ++k) {
      if (found[k] > side_.critical) {
        outside_ = points[k];
        return true;
      }
      if (std::isnan(found[k])) {
        if (std::isnan(unknown)) unknown = points[k];
        continue;
      }
      seen_.push_back({points[k], found[k]});
      inside_ = points[k];
      unknown = nan;  // a known point lies beyond it
      moved = true;
    }
    return moved;
  }

  /// Where the search failed at some place, the sign change may still lie before it.
  void look_before_the_block() {
    for (int round = 0; round < 12 && std::isnan(outside_); ++round) {
      double unknown = nan;
      if (!divide(blocked_, unknown) && round > 4) return;
      if (!std::isnan(unknown)) blocked_ = unknown;
    }
  }

  /// The doubled reach may have stepped over a peak: looks closely around the largest value.
  void look_at_the_peak() {
    std::sort(seen_.begin(), seen_.end(), [this](Seen const& a, Seen const& b) { return is_beyond(b.place, a.place); });
    for (int round = 0; round < 6; ++round) {
      auto const top =
          std::max_element(seen_.begin(), seen_.end(), [](Seen const& a, Seen const& b) { return a.value < b.value; });
      if (top == seen_.end() || top + 1 == seen_.end()) return;
      double const from = top == seen_.begin() ? side_.centre : (top - 1)->place;
      double const to = (top + 1)->place;
      Lanes points;
      for (int k = 0; k < lane_count; ++k) points.set(k, from + (to - from) * (k + 1) / 9.0);
      Lanes const found = values(points);
      std::vector<Seen> closer;
      for (int k = 0; k < lane_count; ++k) {
        if (found[k] > side_.critical) {
          inside_ = k > 0 ? points[k - 1] : from;
          outside_ = points[k];
          return;
        }
        if (!std::isnan(found[k])) closer.push_back({points[k], found[k]});
      }
      seen_.insert(top + 1, closer.begin(), closer.end());
      std::stable_sort(seen_.begin(), seen_.end(), [this](Seen const& a, Seen const& b) {
        return a.place != b.place && is_beyond(b.place, a.place);
      });
    }
  }

  /// Whether the statistic's supremum on this side is below the critical value: it was followed to the end of the
  /// space, or far out to where the search fails, and there it falls or has levelled off.
  bool stays_below() const {
    if (seen_.size() < 2) return false;
    Seen const& last = seen_.back();
    double const reach = std::fabs(last.place - side_.centre);
    auto const half = std::find_if(seen_.rbegin(), seen_.rend(),
                                   [&](Seen const& s) { return std::fabs(s.place - side_.centre) <= 0.5001 * reach; });
    if (half == seen_.rend()) return false;
    double const growth = std::max(last.value - half->value, 0.0);  // over the last doubling
    bool const to_the_end = is_beyond(last.place, limit());
    bool const far = sim::has_ends(side_.domain) ? reach > 8 : reach >= 0x1p10 * std::fabs(side_.width);
    if (side_.domain == sim::Domain::angle) return to_the_end;
    return (to_the_end && last.value + growth <= side_.critical) || (far && last.value + 16 * growth <= side_.critical);
  }

  double narrowed() {
    for (int round = 0; round < 17; ++round) {
      double const before_inside = inside_, before_outside = outside_;
      double unknown = nan;
      divide(outside_, unknown);
      if (inside_ == before_inside && outside_ == before_outside) break;
    }
    bool const is_narrow = std::fabs(outside_ - inside_) <= 1e-9 * std::fabs(side_.width) + 1e-15 * std::fabs(inside_);
    return is_narrow ? from_working(side_.domain, Lanes(0.5 * (inside_ + outside_)))[0] : nan;
  }

  Statistic const& statistic_;
  Side side_;
  double inside_;   ///< not rejected
  double outside_;  ///< rejected, or NaN
  double blocked_;  ///< the nearest place at which the statistic is not known, or NaN
  std::vector<Seen> seen_;
};

}  // namespace

double interval_end(Statistic const& statistic, Side const& side) { return EndSearch(statistic, side).run(); }

}  // namespace fisherlab::estimators
