#include "runs/diagnosis/functions/delta_method.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fisherlab::runs {

std::string Delta::name() const {
  return scale == claims::Scale::identity ? "delta" : fmt::format("delta ({} scale)", claims::scale_name(scale));
}

estimators::Bounds Delta::bounds(double g, double std_error, double z) const {
  switch (scale) {
    case claims::Scale::log: {
      double const factor = std::exp(z * std_error / g);
      return {g / factor, g * factor};
    }
    case claims::Scale::logit: {
      double const factor = std::exp(z * std_error / (g * (1 - g))), odds = g / (1 - g);
      return {odds / factor / (1 + odds / factor), 1 - 1 / (1 + odds * factor)};
    }
    default:
      return {g - z * std_error, g + z * std_error};
  }
}

std::vector<Delta> deltas_of(sim::ModelCard const& card, FunctionOf const& f) {
  std::vector<Delta> result = {{claims::Scale::identity}};
  if (auto const scale = scale_of(card, f); scale != claims::Scale::identity) result.push_back({scale});
  return result;
}

}  // namespace fisherlab::runs
