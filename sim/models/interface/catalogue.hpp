#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/make.hpp"

namespace fisherlab::sim {

/// A catalogue of models: a value, that a program extends with models of its own.
///   auto const models = shipped_models().with<Maxwell>();
class FISHERLAB_API Models {
 public:
  /// A line of the catalogue: what `list` and `show` print, and how the model is made from its known constants, in the
  /// card's order.
  struct Entry {
    ModelCard card;  ///< the line
    /// Makes the model.
    std::function<AnyModel(std::span<double const> constants)> make;
  };

  /// @throws InputError when two models have one name.
  explicit Models(std::vector<Entry> entries);

  /// This catalogue with one more model at its end.
  /// @throws InputError when a model of that name is there already.
  Models with(Entry entry) const;
  /// The same for a model class; some file of the program instantiates make<M> (interface/instantiate.hpp).
  template <class M>
  Models with() const {
    return with(entry<M>());
  }

  /// The line of a model class.
  template <class M>
  static Entry entry() {
    return {M::card(), &sim::make<M>};
  }

  /// All lines, in their order.
  std::vector<Entry> const& entries() const { return entries_; }
  /// The cards of all models, in the order of the catalogue.
  std::vector<ModelCard> cards() const;
  /// The card of one model, or null when no model has that name.
  ModelCard const* find(std::string_view name) const;
  /// The model of that name with its known constants, in the card's order.
  /// @throws InputError when no model has that name, the number of constants is wrong or one is outside its domain.
  AnyModel make(std::string_view name, std::span<double const> constants) const;

 private:
  std::vector<Entry> entries_;
};

/// The models of this library: one line a model in catalogue.cpp.
FISHERLAB_API Models const& shipped_models();

/// Shorthands for those.
inline std::vector<ModelCard> model_cards() { return shipped_models().cards(); }
/// The card of one shipped model; nothing when none has that name.
inline std::optional<ModelCard> find_model_card(std::string_view name) {
  auto const* const card = shipped_models().find(name);
  return card != nullptr ? std::optional(*card) : std::nullopt;
}
/// Models::make of the shipped ones.
inline AnyModel make_model(std::string_view name, std::span<double const> constants) {
  return shipped_models().make(name, constants);
}

}  // namespace fisherlab::sim
