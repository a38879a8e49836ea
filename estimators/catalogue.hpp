#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// A line of `fisherlab list estimators`.
struct EstimatorCard {
  std::string name;
  std::string argument;  ///< meaning of the number A that follows the name in brackets; empty where there is none
  std::string title;
  std::string target;  ///< what it estimates
  std::string needs;   ///< what a model must offer
  std::string source;

  /// "trimmed_mean(A)", or the name alone.
  std::string usage() const { return argument.empty() ? name : name + "(A)"; }
};

FISHERLAB_API std::vector<EstimatorCard> estimator_cards();

/// The estimator of that name for a model: `mle`, or `trimmed_mean(0.1)` where the card tells an argument.
/// @throws InputError when there is none, the argument is missing, superfluous or out of range, or the model does not
/// offer what the estimator needs.
FISHERLAB_API AnyEstimator make_estimator(std::string_view name, sim::AnyModel model);

/// Whether the model offers what the estimator needs; the name may come with or without its argument.
FISHERLAB_API bool fits_model(std::string_view name, sim::BatchModel const& model);

}  // namespace fisherlab::estimators
