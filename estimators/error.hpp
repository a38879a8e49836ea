#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "estimators/estimator.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::estimators {

/// Estimates less what they aim at, component by component; for an angle the shorter way round the circle, in
/// [-pi, pi]. Wherever an estimate is compared with the truth, it is by this.
class EstimationError {
 public:
  /// `centre`: r numbers, as the target's value.
  EstimationError(Estimator const& estimator, std::vector<double> centre) : centre_(std::move(centre)) {
    for (std::size_t a = 0; a < centre_.size(); ++a) domains_.push_back(estimator.domain(a));
  }

  /// The error of component `a` in each lane.
  sim::Lanes operator()(Estimates const& estimates, std::size_t a) const {
    return sim::unwrapped(domains_[a], estimates.value[a], centre_[a]) - centre_[a];
  }
  /// Number of components.
  std::size_t size() const { return centre_.size(); }

 private:
  std::vector<double> centre_;
  std::vector<sim::Domain> domains_;
};

}  // namespace fisherlab::estimators
