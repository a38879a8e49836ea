#include "runs/calibration/effort.hpp"

#include <algorithm>

namespace fisherlab::runs {

Effort effort_for(Examined const& examined) {
  constexpr std::size_t dear = 512;
  auto const any_beyond = [&](auto sums) {
    return std::ranges::any_of(examined.scenarios, [&](StoredScenario const* s) { return (s->*sums)() > dear; });
  };
  if (any_beyond(&StoredScenario::joint_powers)) return {4096, 4, 2, true};
  if (any_beyond(&StoredScenario::products)) return {8192, 4};
  return {};
}

}  // namespace fisherlab::runs
