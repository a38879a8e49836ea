#include "estimators/saddles.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "estimators/coordinates.hpp"
#include "estimators/maximise.hpp"
#include "estimators/search.hpp"

namespace fisherlab::estimators {
namespace {

/// A rise that is no rounding of the log likelihood.
sim::LaneMask rises(sim::Lanes const& height, sim::Lanes const& best) {
  return height > best + 1e-10 * (1.0 + abs(best));
}

}  // namespace

sim::LaneSet leave_saddles(sim::BatchModel const& model, sim::Sample const& sample, Suspects const& suspects,
                           sim::Lanes* theta, sim::Lanes const& log_likelihood, sim::Lanes& evaluations) {
  using sim::Lanes;
  auto const p = suspects.lanes.size();
  std::vector<Lanes> const settled(theta, theta + p);
  Lanes highest = log_likelihood;
  unsigned left = 0;
  for (std::size_t a = 0; a < p; ++a) {
    if (suspects.lanes[a] == 0) continue;
    auto const domain = model.card().domains[a];
    auto const asked = sim::to_mask(suspects.lanes[a]);
    for (double const errors : {-1.0, -0.25, -0.06, 0.06, 0.25, 1.0}) {
      auto point = settled;
      point[a] =
          select(asked, from_working(domain, to_working(domain, settled[a]) + errors * suspects.errors[a]), settled[a]);
      Lanes height, spent = 0.0;
      auto const found = sim::to_mask(maximise(model, sample, point.data(), height, 1u << a, &spent));
      evaluations += select(asked, spent, Lanes(0.0));
      auto const higher = asked & found & rises(height, highest);
      highest = select(higher, height, highest);
      for (std::size_t b = 0; b < p; ++b) theta[b] = select(higher, point[b], theta[b]);
      left |= to_set(higher);
    }
  }
  return static_cast<sim::LaneSet>(left);
}

void Search::suspect_saddles(LaneMask const& where, Lanes const& best, Lanes const& fraction) {
  if (free_.size() == 1) return;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    for (std::size_t l = 0; l < free_.size(); ++l) trial_[l] = l == k ? 1.0 : 0.0;
    sim::solve_factorised(curvature_.data(), static_cast<int>(free_.size()), trial_.data());
    Lanes const excess = trial_[k] * stiffness_[k];
    LaneMask const flat = where & (excess > Lanes(flat_variance));
    LaneMask suspect = where & ((!concave_) | (excess > Lanes(very_flat_variance)));
    if (any(flat & !suspect)) suspect = suspect | rises_beside(k, flat & !suspect, best, fraction);
    if (any(suspect)) suspect_along(k, to_set(suspect));
  }
}

sim::LaneMask Search::rises_beside(std::size_t k, LaneMask const& flat, Lanes const& best, Lanes const& fraction) {
  LaneMask rises = sim::to_mask(0);
  before_ = trial_;
  for (double const errors : {-1.0, -0.1, -0.02, 0.02, 0.1, 1.0}) {  // of the coordinate, the others held
    Lanes const length = errors / (before_[k] * sqrt(stiffness_[k]));
    for (std::size_t l = 0; l < free_.size(); ++l)
      theta_[free_[l]] =
          select(flat, from_working(domain(l), base_[l] + fraction * step_[l] + length * before_[l]), theta_[free_[l]]);
    evaluations_ += select(flat, Lanes(1.0), Lanes(0.0));
    rises = rises | (flat & (model_.log_likelihood(sample_, theta_) > best + 1e-9 * (1.0 + abs(best))));
  }
  take(flat, fraction);
  return rises;
}

void Search::suspect_along(std::size_t k, LaneSet lanes) {
  suspects_.lanes.resize(p_);
  suspects_.errors.resize(p_, Lanes(1.0));
  auto& known = suspects_.lanes[free_[k]];
  known = static_cast<LaneSet>(known | lanes);
  Lanes const error = 1.0 / sqrt(stiffness_[k]);
  suspects_.errors[free_[k]] =
      select(sim::to_mask(lanes), select(error < Lanes(1.0), error, Lanes(1.0)), suspects_.errors[free_[k]]);
}

}  // namespace fisherlab::estimators
