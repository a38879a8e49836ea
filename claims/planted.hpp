#pragma once

#include <optional>
#include <string>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// A defect planted on purpose, so that a control can show that the suite finds it.
struct Defect {
  double information_factor = 1.0;  ///< the stated information is this times the true one
  double score_offset = 0.0;        ///< added to every component of the score, in units of the root of its information
  bool scale_for_rate = false;      ///< the sampler takes the parameter `rate` for a scale
  bool shared_streams = false;      ///< every stream is given to two replicates

  bool any() const { return information_factor != 1.0 || score_offset != 0.0 || scale_for_rate || shared_streams; }
};

/// The setting with the defect planted, and its note saying so.
/// @throws InputError when the model has no parameter `rate` to confuse, or a number is not finite.
Setting plant(Setting setting, Defect const& defect);

}  // namespace fisherlab::claims
