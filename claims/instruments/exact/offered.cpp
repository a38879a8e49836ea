#include "claims/instruments/exact/offered.hpp"

#include "base/expects.hpp"

namespace fisherlab::claims {

void expects_offer(bool is_offered, Law const& law, Need const& need) {
  expects(is_offered, "model " + law.model->card().name + " does not offer " + need.what + " (claim " + need.claim +
                          " needs them), choose another model or " + need.how);
}

Need directional_scores_for(std::string const& claim) {
  return {claim, "scores along directions", "offer directional_scores"};
}

}  // namespace fisherlab::claims
