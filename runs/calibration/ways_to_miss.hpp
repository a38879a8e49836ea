#pragma once

#include <optional>
#include <vector>

#include "runs/calibration/examined.hpp"
#include "runs/calibration/tilted_laws.hpp"

namespace fisherlab::runs {

enum class End { lower, upper };

/// How far the interval lies beyond the truth; positive: it misses. -inf where there is no interval.
double gap(Measurement const& m, double truth, End end);

/// A tilt at which an end of the interval just misses.
struct WayToMiss {
  Tilt tilt;
  End end = End::lower;
};

/// The search for the likeliest ways in which an interval misses a truth under laws that are tilted.
class MissSearch {
 public:
  /// Keeps references to both. `at_rest`: what is measured under the laws themselves.
  MissSearch(Examined const& examined, TiltedLaws const& laws, Measurement at_rest, double truth)
      : examined_(examined), laws_(laws), at_rest_(std::move(at_rest)), truth_(truth) {}

  /// The tilt along a direction at which the interval just misses; none where none up to four times the critical
  /// distance does.
  std::optional<Tilt> edge(Tilt const& along, End end) const;
  /// The same near one that is about right, at most twice as long.
  std::optional<Tilt> edge_near(Tilt const& tilt, End end) const;
  /// Nearer in relative entropy: the edge along the influence function of the gap at a way to miss.
  std::optional<Tilt> nearer(WayToMiss const& way) const;
  /// What a push leads to at either end: its edge, and from there two steps nearer. None where the push has no edge.
  std::vector<WayToMiss> ways_from(Tilt const& push) const;
  /// Those that matter: not less likely than the likeliest by a factor of e^4, and of those that hardly differ (by half
  /// a standard deviation of the logarithm of their likelihood ratio) the likeliest.
  std::vector<WayToMiss> likely(std::vector<WayToMiss> const& ways) const;

 private:
  std::optional<Tilt> closed_along(Tilt const& along, End end, double farthest) const;

  Examined const& examined_;
  TiltedLaws const& laws_;
  Measurement at_rest_;
  double truth_;
};

}  // namespace fisherlab::runs
