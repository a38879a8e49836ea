#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runs/influence/influence_run.hpp"

namespace fisherlab::runs {

/// The refits of a run that are made so far, as a state to go on from.
struct RefitState {
  bool is_chosen = false;  ///< the rows are chosen
  std::vector<int> rows;   ///< to be refitted without, in this order
  std::vector<estimators::influence::Refit> of_groups;
  std::vector<estimators::influence::Refit> of_rows;

  /// The state as bytes, to the bit.
  std::string packed() const;
  /// @throws InputError when the bytes are of other rows, groups or parameters.
  void unpack(std::string_view bytes, InfluenceRun const& run);
};

/// SHA-256 of all numbers that a run is made of: training and test rows, and groups.
std::string digest_of(InfluenceData const& data);

}  // namespace fisherlab::runs
