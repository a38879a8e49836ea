#include "claims/evidence/plan.hpp"

#include <cmath>
#include <numbers>

#include "base/expects.hpp"

namespace fisherlab::claims {

Plan::Plan(Settings const& settings) : settings_(settings) {
  expects(settings.family_error > 0 && settings.family_error < 1,
          "family_error is not between 0 and 1 (it is a probability), give one such as 1e-6");
  expects(settings.findings >= 1, "there are no findings (the error is split over them), choose at least one claim");
  expects(settings.first_replicates >= 1, "first_replicates is not positive (a look needs data), give at least 1");
  expects(settings.first_replicates <= settings.max_replicates,
          "first_replicates exceeds max_replicates (no look could be taken), raise max_replicates");
}

int Plan::looks() const {
  int count = 1;
  // Divided, not multiplied: 2^look must not overflow.
  for (std::int64_t room = settings_.max_replicates / settings_.first_replicates; room >= 2; room /= 2) ++count;
  return count;
}

double Plan::alpha(int look) const {
  expects(look >= 0, "the look is negative (looks count from 0), give 0 or more");
  constexpr double ratio = std::numbers::sqrt2 / 2;
  double const share = alpha_once() * (1 - ratio);
  return std::ldexp(look % 2 == 0 ? share : ratio * share, -(look / 2));
}

double Plan::level(int look) const { return 1 - alpha(look); }

std::int64_t Plan::replicates(int look) const {
  expects(look >= 0 && look < looks(), "the look is outside the plan (max_replicates is reached), raise it");
  return settings_.first_replicates << look;
}

}  // namespace fisherlab::claims
