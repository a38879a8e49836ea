#include "estimators/profile.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "estimators/maximise.hpp"
#include "estimators/std_errors.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {

ProfileStatistics profile_statistics(sim::BatchModel const& model, sim::Sample const& sample,
                                     sim::Lanes const* estimate, sim::Lanes const& log_likelihood, int component,
                                     sim::Lanes const& value, sim::Lanes const* start) {
  auto const p = static_cast<std::size_t>(model.parameter_count());
  auto const a = static_cast<std::size_t>(component);
  if (start == nullptr) start = estimate;
  std::vector<sim::Lanes> theta(start, start + p);
  theta[a] = value;
  ProfileStatistics result;
  sim::Lanes restricted;
  result.found = maximise(model, sample, theta.data(), restricted, 1u << a);
  sim::Lanes const unknown = std::numeric_limits<double>::quiet_NaN();
  auto const found = sim::to_mask(result.found);
  bool const may_exclude = p == 1 || model.card().regularity == sim::Regularity::outside;
  auto const excluded = may_exclude ? restricted == sim::Lanes(-HUGE_VAL) : sim::to_mask(0);
  auto const or_unknown = [&](sim::Lanes const& statistic) {
    return select(found, statistic, select(excluded, sim::Lanes(HUGE_VAL), unknown));
  };
  sim::Lanes const ratio = 2.0 * (log_likelihood - restricted);
  result.likelihood_ratio = or_unknown(select(ratio < sim::Lanes(0.0), sim::Lanes(0.0), ratio));

  std::vector<sim::Lanes> score(p), hessian(sim::packed_size(p)), std_error(p);
  model.derivatives(sample, theta.data(), score.data(), hessian.data());
  expected_std_errors(model, sample.n(), theta.data(), std_error.data());
  sim::Lanes const standardised = score[a] * std_error[a];
  sim::Lanes const square = standardised * standardised;
  result.score = or_unknown(select(square < sim::Lanes(HUGE_VAL), square, unknown));
  result.restricted = std::move(theta);
  return result;
}

}  // namespace fisherlab::estimators
