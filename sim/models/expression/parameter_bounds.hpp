#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

#include "sim/lanes.hpp"
#include "sim/models/expression/expression_law.hpp"

namespace fisherlab::sim {

/// Ends of a law's parameters beside those of their domains.
class ParameterBounds {
 public:
  explicit ParameterBounds(ExpressionLaw const& law)
      : law_(law), any_(std::ranges::any_of(law.parameters, &ExpressionParameter::is_bounded)) {}

  /// A log likelihood where theta lies between its bounds; no number elsewhere, so that no search ends there.
  Lanes inside(Lanes const* theta, Lanes const& log_likelihood) const {
    if (!any_) return log_likelihood;
    Lanes result = log_likelihood;
    for (std::size_t a = 0; a < law_.parameters.size(); ++a) {
      auto const& parameter = law_.parameters[a];
      auto const holds = (theta[a] > Lanes(parameter.lower)) & (theta[a] < Lanes(parameter.upper));
      result = select(holds, result, Lanes(std::numeric_limits<double>::quiet_NaN()));
    }
    return result;
  }

 private:
  ExpressionLaw const& law_;
  bool any_;
};

}  // namespace fisherlab::sim
