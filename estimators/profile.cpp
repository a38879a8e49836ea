#include "estimators/profile.hpp"

#include <cstddef>
#include <vector>

#include "estimators/maximise.hpp"
#include "estimators/std_errors.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {

ProfileStatistics profile_statistics(sim::BatchModel const& model, sim::Sample const& sample,
                                     sim::Lanes const* estimate, sim::Lanes const& log_likelihood, int component,
                                     sim::Lanes const& value) {
  auto const p = static_cast<std::size_t>(model.parameter_count());
  auto const a = static_cast<std::size_t>(component);
  std::vector<sim::Lanes> theta(estimate, estimate + p);
  theta[a] = value;
  ProfileStatistics result;
  sim::Lanes restricted;
  result.found = maximise(model, sample, theta.data(), restricted, 1u << a);
  result.likelihood_ratio = max(2.0 * (log_likelihood - restricted), sim::Lanes(0.0));

  std::vector<sim::Lanes> score(p), hessian(sim::packed_size(p)), std_error(p);
  model.derivatives(sample, theta.data(), score.data(), hessian.data());
  expected_std_errors(model, sample.n(), theta.data(), std_error.data());
  sim::Lanes const standardised = score[a] * std_error[a];
  result.score = standardised * standardised;
  return result;
}

}  // namespace fisherlab::estimators
