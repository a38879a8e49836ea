#pragma once

#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "runs/diagnosis/functions/function_of.hpp"

namespace fisherlab::runs {

/// The delta method on one scale.
struct Delta {
  claims::Scale scale = claims::Scale::identity;

  std::string name() const;  ///< "delta", "delta (log scale)"
  /// f^-1(f(g) -+ z |f'(g)| std_error).
  estimators::Bounds bounds(double g, double std_error, double z) const;
};

/// On the scale of the function itself, and on that of scale_of() where it is another.
std::vector<Delta> deltas_of(sim::ModelCard const& card, FunctionOf const& f);

}  // namespace fisherlab::runs
