#include "claims/instruments/maps/neighbour.hpp"

#include <cmath>
#include <cstddef>

#include "base/expects.hpp"
#include "claims/instruments/maps/whitening.hpp"

namespace fisherlab::claims {

Law neighbour(Law const& law, Step const& step) {
  auto const whitening = score_whitening(law);
  auto const p = law.theta.size();
  Law there = law;
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b)
      there.theta[a] += step.length * step.scale * whitening.entries[a * p + b] / std::sqrt(static_cast<double>(p));
  expects(law.model->in_space(there.theta),
          "a neighbour of theta leaves the space of " + law.model->card().name + ", choose a larger n or a shorter h");
  return there;
}

}  // namespace fisherlab::claims
