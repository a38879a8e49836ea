#pragma once

#include <array>
#include <string_view>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// How the streams of two neighbouring replicates may be entangled: one is given to both; the sample of the second is
/// that of the first from its second observation on; both have the first observation in common.
enum class Streams { sound, shared, overlapping, correlated };

/// A defect planted on purpose, so that a control can show that the suite finds it.
struct Defect {
  double information_factor = 1.0;   ///< the stated information is this times the true one
  double score_offset = 0.0;         ///< added to every component of the score, in units of the root of its information
  double shift = 0.0;                ///< the data are drawn at theta with its first component moved by shift/I_00^(1/2)
  bool scale_for_rate = false;       ///< the sampler takes the parameter `rate` for a scale
  Streams streams = Streams::sound;  ///< of replicates 0 and 1, 2 and 3, and so on

  /// Whether anything is planted.
  bool any() const {
    return information_factor != 1.0 || score_offset != 0.0 || shift != 0.0 || scale_for_rate ||
           streams != Streams::sound;
  }
};

/// Their words, but for sound ones.
inline constexpr std::array<std::string_view, 3> stream_names = {"shared", "overlapping", "correlated"};

/// The setting with the defect planted, and its note saying so.
/// I_00 is the information of one observation, so a `shift` moves an efficient estimate from n of them by about
/// shift sqrt(n) of its standard errors.
/// @throws InputError when the model has no parameter `rate` to confuse, the shifted theta leaves its space, or a
/// number is not finite.
Setting plant(Setting setting, Defect const& defect);

}  // namespace fisherlab::claims
