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

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

ProfileRatio profile_ratio(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes const* estimate,
                           sim::Lanes const& log_likelihood, int component, sim::Lanes const& value,
                           sim::Lanes const* start) {
  auto const p = static_cast<std::size_t>(model.parameter_count());
  if (start == nullptr) start = estimate;
  ProfileRatio result;
  result.restricted.assign(start, start + p);
  result.restricted[static_cast<std::size_t>(component)] = value;
  sim::Lanes restricted;
  result.found = maximise(model, sample, result.restricted.data(), restricted, 1u << component);
  bool const may_exclude = p == 1 || model.card().regularity == sim::Regularity::outside;
  if (may_exclude) result.excluded = to_set((restricted == sim::Lanes(-HUGE_VAL)) & !sim::to_mask(result.found));
  sim::Lanes const ratio = 2.0 * (log_likelihood - restricted);
  sim::Lanes const elsewhere = select(sim::to_mask(result.excluded), sim::Lanes(HUGE_VAL), sim::Lanes(unknown));
  result.likelihood_ratio =
      select(sim::to_mask(result.found), select(ratio < sim::Lanes(0.0), sim::Lanes(0.0), ratio), elsewhere);
  return result;
}

ProfileStatistics profile_statistics(sim::BatchModel const& model, sim::Sample const& sample,
                                     sim::Lanes const* estimate, sim::Lanes const& log_likelihood, int component,
                                     sim::Lanes const& value, sim::Lanes const* start) {
  auto const p = static_cast<std::size_t>(model.parameter_count());
  auto const a = static_cast<std::size_t>(component);
  auto ratio = profile_ratio(model, sample, estimate, log_likelihood, component, value, start);
  auto const* const theta = ratio.restricted.data();
  std::vector<sim::Lanes> score(p), hessian(sim::packed_size(p)), std_error(p);
  model.derivatives(sample, theta, score.data(), hessian.data());
  expected_std_errors(model, sample.n(), theta, std_error.data());
  sim::Lanes const standardised = score[a] * std_error[a];
  sim::Lanes const square = standardised * standardised;
  ProfileStatistics result;
  result.score = select(sim::to_mask(ratio.found), select(square < sim::Lanes(HUGE_VAL), square, sim::Lanes(unknown)),
                        select(sim::to_mask(ratio.excluded), sim::Lanes(HUGE_VAL), sim::Lanes(unknown)));
  result.likelihood_ratio = ratio.likelihood_ratio;
  result.found = ratio.found;
  result.restricted = std::move(ratio.restricted);
  return result;
}

}  // namespace fisherlab::estimators
