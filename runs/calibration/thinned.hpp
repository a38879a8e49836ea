#pragma once

#include <cstddef>
#include <vector>

#include "runs/calibration/examined.hpp"
#include "runs/calibration/stored_draws.hpp"
#include "runs/calibration/tilted_laws.hpp"

namespace fisherlab::runs {

/// What is examined, with the first of its stored draws alone: a search among them costs a part of one among all.
class Thinned {
 public:
  /// About as many draws of each scenario; all, where there are fewer than twice as many.
  Thinned(Examined const& whole, std::int64_t draws);
  Thinned(Thinned const&) = delete;
  Thinned& operator=(Thinned const&) = delete;

  /// With an interval from as many replicates as that of the whole.
  Examined const& examined() const { return examined_; }
  /// The features of those draws, whose coefficients mean the same as those of the whole, and their law, tilted so that
  /// the features have the means of the whole: otherwise a few draws would lie a good part of the way to a miss.
  TiltedLaws laws(TiltedLaws const& whole) const;

 private:
  std::vector<StoredScenario> scenarios_;
  Examined examined_;
};

}  // namespace fisherlab::runs
