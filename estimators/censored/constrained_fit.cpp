#include <algorithm>
#include <cmath>

#include "estimators/censored/censored_fit.hpp"
#include "estimators/censored/surface.hpp"

namespace fisherlab::estimators {
namespace {

constexpr int most_steps = 60;
constexpr double longest_step = 2, settled_decrement = 1e-10, met_constraint = 1e-8;

double dot(Pair const& x, Pair const& y) { return x[0] * y[0] + x[1] * y[1]; }

/// Where a search stands.
struct Place {
  Pair u = {};
  double log_likelihood = 0;
  double miss = 0;   ///< value - function
  Pair slopes = {};  ///< of the function, in working coordinates

  double merit(double weight) const { return -log_likelihood + weight * std::fabs(miss); }
};

class Search {
 public:
  Search(Surface const& surface, Constraint const& constraint)
      : surface_(surface), constraint_(constraint), free_((1u << surface.count()) - 1u) {}

  /// Whether the maximum was found, which is then `place`.
  bool run(Place& place) {
    place.log_likelihood = surface_(place.u);
    if (!std::isfinite(place.log_likelihood) || !look(place)) return false;
    double weight = 0;
    for (int k = 0; k < most_steps; ++k) {
      auto d = derivatives_at(surface_, place.u, free_);
      if (!d.is_definite()) d = {d.value, d.gradient, {std::fabs(d.diagonal[0]), std::fabs(d.diagonal[1])}, 0};
      Pair const newton = d.step(), along = Derivatives{0, place.slopes, d.diagonal, d.mixed}.step();
      double const spread = dot(place.slopes, along);
      if (!(spread > 0) || !std::isfinite(spread)) return false;
      double const multiplier = (place.miss - dot(place.slopes, newton)) / spread;
      double const inside = dot(d.gradient, newton) - std::pow(dot(place.slopes, newton), 2) / spread;
      bool const is_met = std::fabs(place.miss) <= met_constraint * (1 + std::sqrt(spread));
      if (is_met && inside <= settled_decrement) return true;
      Pair step = {newton[0] + multiplier * along[0], newton[1] + multiplier * along[1]};
      double const length = std::max(std::fabs(step[0]), std::fabs(step[1]));
      if (!std::isfinite(length)) return false;
      if (length > longest_step) step = {step[0] * longest_step / length, step[1] * longest_step / length};
      weight = std::max(weight, 2 * std::fabs(multiplier));
      if (!move(place, step, weight)) return is_met && inside <= 1e3 * settled_decrement;
    }
    return false;
  }

 private:
  /// Fills in what the constraint says at place.u; false where the function does not exist there.
  bool look(Place& place) const {
    auto const theta = surface_.theta_at(place.u);
    auto const found = constraint_.function(theta);
    if (!found) return false;
    place.miss = constraint_.value - found->value;
    for (std::size_t a = 0; a < theta.size(); ++a) place.slopes[a] = found->gradient[a] * surface_.slope(a, theta[a]);
    return std::isfinite(place.miss) && std::isfinite(place.slopes[0]) && std::isfinite(place.slopes[1]);
  }

  /// By the largest of eight shares of the step that lowers the merit.
  bool move(Place& place, Pair const& step, double weight) const {
    auto const points = shares_of_step(place.u, step);
    sim::Lanes const l = surface_(points);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      Place next{points[static_cast<std::size_t>(lane)], l[lane]};
      if (!std::isfinite(next.log_likelihood) || !look(next)) continue;
      if (!(next.merit(weight) < place.merit(weight))) continue;
      place = next;
      return true;
    }
    return false;
  }

  Surface const& surface_;
  Constraint const& constraint_;
  ParameterSet free_;
};

}  // namespace

CensoredFit fit_censored_under(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start,
                               Constraint const& constraint) {
  Surface const surface(law, sample, start);
  Place place;
  CensoredFit fit;
  fit.found = may_have_maximum(law, sample) && Search(surface, constraint).run(place);
  fit.theta = surface.theta_at(place.u);
  fit.log_likelihood = place.log_likelihood;
  return fit;
}

}  // namespace fisherlab::estimators
