#pragma once

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// A line of `fisherlab list estimators`.
struct EstimatorCard {
  std::string name;      ///< without its argument
  std::string argument;  ///< meaning of the number A that follows the name in brackets; empty where there is none
  std::string title;     ///< in words
  std::string target;    ///< what it estimates
  std::string needs;     ///< what a model must offer
  std::string source;    ///< author and year

  /// "trimmed_mean(A)", or the name alone.
  std::string usage() const { return argument.empty() ? name : name + "(A)"; }
};

/// The numbers that an estimator takes, from `least` to below `end`.
struct ArgumentRange {
  /// The least that it takes.
  double least = -std::numeric_limits<double>::infinity();
  /// It takes less than this.
  double end = std::numeric_limits<double>::infinity();
  double example = 0;  ///< for messages
};

/// A catalogue of estimators: a value, that a program extends with estimators of its own.
class FISHERLAB_API Estimators {
 public:
  /// A line of the catalogue: what `list` and `show` print, how the estimator is made for a model, and whether the
  /// model offers what it needs.
  struct Entry {
    EstimatorCard card;  ///< the line
    /// Makes it for a model.
    std::function<AnyEstimator(sim::AnyModel, double argument)> make;
    /// Whether the model offers what it needs.
    std::function<bool(sim::BatchModel const&)> fits;
    ArgumentRange range = {};  ///< of its argument, where it takes one
  };

  /// @throws InputError when two estimators have one name.
  explicit Estimators(std::vector<Entry> entries);

  /// This catalogue with one more estimator at its end.
  /// @throws InputError when an estimator of that name is there already.
  Estimators with(Entry entry) const;

  /// All lines, in their order.
  std::vector<Entry> const& entries() const { return entries_; }
  /// The cards of all estimators, in the order of the catalogue.
  std::vector<EstimatorCard> cards() const;
  /// The line of an estimator, or null; the name may come with or without its argument.
  Entry const* find(std::string_view name) const;
  /// Whether the model offers what the estimator needs; the name may come with or without its argument.
  bool fit(std::string_view name, sim::BatchModel const& model) const;
  /// The estimator of that name for a model: `mle`, or `trimmed_mean(0.1)` where the card tells an argument.
  /// @throws InputError when there is none, the argument is missing, superfluous or out of range, or the model does not
  /// offer what the estimator needs.
  AnyEstimator make(std::string_view name, sim::AnyModel model) const;

 private:
  std::vector<Entry> entries_;
};

/// The estimators of this library: one line an estimator in catalogue.cpp.
FISHERLAB_API Estimators const& shipped_estimators();

/// Shorthands for those.
inline std::vector<EstimatorCard> estimator_cards() { return shipped_estimators().cards(); }
/// Estimators::make of the shipped ones.
inline AnyEstimator make_estimator(std::string_view name, sim::AnyModel model) {
  return shipped_estimators().make(name, std::move(model));
}
/// Estimators::fit of the shipped ones.
inline bool fits_model(std::string_view name, sim::BatchModel const& model) {
  return shipped_estimators().fit(name, model);
}

}  // namespace fisherlab::estimators
