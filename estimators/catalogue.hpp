#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// A line of `fisherlab list estimators`.
struct EstimatorCard {
  std::string name;
  std::string title;
  std::string target;  ///< what it estimates
  std::string needs;   ///< what a model must offer
  std::string source;
};

FISHERLAB_API std::vector<EstimatorCard> estimator_cards();

/// The estimator of that name for a model.
/// @throws InputError when there is none, or the model does not offer what it needs.
FISHERLAB_API AnyEstimator make_estimator(std::string_view name, sim::AnyModel model);

/// Whether the model offers what the estimator needs.
FISHERLAB_API bool fits_model(std::string_view name, sim::BatchModel const& model);

}  // namespace fisherlab::estimators
