#include "estimators/maximise.hpp"

#include <cstddef>
#include <vector>

#include "estimators/saddles.hpp"
#include "estimators/search.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using sim::LaneSet;

/// Saddles that are left one after the other.
constexpr int most_saddles = 3;

}  // namespace

LaneSet maximise(sim::BatchModel const& model, sim::Sample const& sample, Lanes* theta, Lanes& log_likelihood,
                 ParameterSet fixed, Lanes* evaluations) {
  Search search(model, sample, theta, fixed);
  LaneSet found = search.run(log_likelihood);
  Lanes spent = search.evaluations();
  auto suspects = search.suspects();
  for (int saddle = 0; suspects.any() != 0; ++saddle) {
    std::vector<Lanes> start(theta, theta + model.parameter_count());
    LaneSet const left = leave_saddles(model, sample, suspects, start.data(), log_likelihood, spent);
    if (left == 0) break;
    found = static_cast<LaneSet>(found & ~left);
    if (saddle == most_saddles) break;
    Search again(model, sample, start.data(), 0);
    Lanes height;
    LaneSet const better = static_cast<LaneSet>(again.run(height) & left);
    sim::LaneMask const here = sim::to_mask(better);
    for (std::size_t a = 0; a < start.size(); ++a) theta[a] = select(here, start[a], theta[a]);
    log_likelihood = select(here, height, log_likelihood);
    spent += select(sim::to_mask(left), again.evaluations(), Lanes(0.0));
    found = static_cast<LaneSet>(found | better);
    suspects = again.suspects();
    for (auto& lanes : suspects.lanes) lanes = static_cast<LaneSet>(lanes & better);
  }
  if (evaluations != nullptr) *evaluations += spent;
  return found;
}

}  // namespace fisherlab::estimators
