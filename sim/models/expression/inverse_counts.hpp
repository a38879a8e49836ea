#pragma once

#include "sim/models/expression/guide.hpp"
#include "sim/models/expression/inverse.hpp"

namespace fisherlab::sim {

/// A law of counts by the sums of its probabilities.
class InverseCounts final : public InverseLaw {
 public:
  InverseCounts(Support const& support, LogDensity const& log_density);

  double mass() const override { return mass_; }
  Lanes quantile(Lanes const& u) const override;
  Mark mark(double u) const override;

 private:
  double lower_;
  double mass_ = 0;
  Guide guide_;
};

}  // namespace fisherlab::sim
