#pragma once

#include <string>

#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// The head of the page of a run that has no findings, by its kind.
struct KindHead {
  std::string state;    ///< the colour of the banner: "shown", "verified", "failed"
  std::string heading;  ///< what was done, or what came of it
  std::string lead;     ///< a sentence or two
};

/// Of a run of `simulate` the law, the estimators and the sizes; of `calibrate` the rate of wrong verdicts; of
/// `influence` how predictions met refits.
KindHead kind_head(RecordedRun const& run);

}  // namespace fisherlab::reports
