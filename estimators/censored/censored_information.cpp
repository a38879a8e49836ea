#include <array>
#include <cmath>

#include "estimators/censored/censored_fit.hpp"
#include "estimators/censored/surface.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {

std::vector<double> censored_information(LifeLaw const& law, CensoredSample const& sample,
                                         std::vector<double> const& theta) {
  Surface const surface(law, sample, theta);
  auto const d = derivatives_at(surface, {}, (1u << surface.count()) - 1u);
  std::vector<double> result(sim::packed_size(theta.size()));
  for (std::size_t a = 0; a < theta.size(); ++a) {
    double const slope = surface.slope(a, theta[a]);
    // Of theta = start exp u, d2l/du2 = theta^2 d2l/dtheta2 + theta dl/dtheta.
    result[sim::packed_index(a, a)] = (d.diagonal[a] + (surface.is_log(a) ? d.gradient[a] : 0)) / (slope * slope);
    if (a > 0) result[sim::packed_index(a, 0)] = d.mixed / (slope * surface.slope(0, theta[0]));
  }
  return result;
}

CensoredFit with_careful_errors(LifeLaw const& law, CensoredSample const& sample, CensoredFit fit) {
  Surface const surface(law, sample, fit.theta);
  auto const d = careful_derivatives(surface);
  fit.covariance = covariance_of(surface, d, fit.theta);
  for (std::size_t a = 0; a < fit.theta.size(); ++a)
    fit.std_errors[a] = std::sqrt(fit.covariance[sim::packed_index(a, a)]);
  return fit;
}

std::vector<double> censored_score_products(LifeLaw const& law, CensoredSample const& sample,
                                            std::vector<double> const& theta) {
  constexpr double h = 1e-5;  // of the log, or of the scale
  Surface const surface(law, sample, theta);
  auto const p = theta.size();
  std::array<sim::Lanes, 2> at = {};
  for (std::size_t a = 0; a < p; ++a) {
    at[a] = theta[a];
    at[a].set(static_cast<int>(2 * a), surface.from_working(a, h));
    at[a].set(static_cast<int>(2 * a + 1), surface.from_working(a, -h));
  }
  std::vector<double> result(sim::packed_size(p));
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    auto const l = surface.of_observation(i, at.data());
    std::array<double, 2> score = {};
    for (std::size_t a = 0; a < p; ++a) {
      auto const lane = static_cast<int>(2 * a);
      score[a] = (l[lane] - l[lane + 1]) / (2 * h * surface.slope(a, theta[a]));
      for (std::size_t b = 0; b <= a; ++b) result[sim::packed_index(a, b)] += score[a] * score[b];
    }
  }
  return result;
}

}  // namespace fisherlab::estimators
