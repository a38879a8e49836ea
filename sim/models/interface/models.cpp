#include <algorithm>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::sim {

Models::Models(std::vector<Entry> entries) : entries_(std::move(entries)) {
  for (auto const& entry : entries_)
    expects(find(entry.card.name) == &entry.card,
            "there are two models named '" + entry.card.name + "', give one of them another name");
}

Models Models::with(Entry entry) const {
  auto entries = entries_;
  entries.push_back(std::move(entry));
  return Models(std::move(entries));
}

std::vector<ModelCard> Models::cards() const {
  std::vector<ModelCard> cards;
  for (auto const& entry : entries_) cards.push_back(entry.card);
  return cards;
}

ModelCard const* Models::find(std::string_view name) const {
  auto const place =
      std::find_if(entries_.begin(), entries_.end(), [&](Entry const& entry) { return entry.card.name == name; });
  return place == entries_.end() ? nullptr : &place->card;
}

AnyModel Models::make(std::string_view name, std::span<double const> constants) const {
  for (auto const& entry : entries_)
    if (entry.card.name == name) return entry.make(constants);
  throw InputError("there is no model named '" + std::string(name) + "', see `fisherlab list models`");
}

}  // namespace fisherlab::sim
