#pragma once

#include <string>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// What a claim needs of a model beyond its core, in words.
struct Need {
  std::string claim;  ///< "density-curvature"
  std::string what;   ///< "derivatives of its density"
  std::string how;    ///< how a model comes by it: "write log_density for numbers with derivatives"
};

/// @throws InputError when the law's model lacks what the claim needs. Asked when a claim is put to a case, so that no
/// run ends in the middle.
void expects_offer(bool is_offered, Law const& law, Need const& need);

/// The need of a claim about the score along directions of theta.
Need directional_scores_for(std::string const& claim);

/// Whether the law is of model class M: for examples of the notes that are about one family.
template <class M>
bool is_law_of(Law const& law) {
  return law.model->card().name == M::card().name;
}

}  // namespace fisherlab::claims
