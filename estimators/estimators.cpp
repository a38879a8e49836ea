#include <algorithm>
#include <utility>

#include "base/expects.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/names.hpp"

namespace fisherlab::estimators {
namespace {

/// The number in the brackets, or 0 for an estimator that takes none.
double argument_of(Estimators::Entry const& entry, std::string_view name) {
  auto const& card = entry.card;
  auto const& range = entry.range;
  if (card.argument.empty()) {
    expects(name == card.name, "estimator " + card.name + " takes no number, leave the brackets out");
    return 0;
  }
  auto const given = parse_estimator_name(name);
  auto const example = name_with(card.name, range.example);
  expects(given.argument.has_value(),
          "estimator " + card.name + " needs a number (" + card.argument + "), as in " + example);
  double const value = *given.argument;
  expects(value >= range.least && value < range.end, "estimator " + card.name + " cannot take " + argument_text(value) +
                                                         " (" + card.argument + "), choose another as in " + example);
  return value;
}

}  // namespace

Estimators::Estimators(std::vector<Entry> entries) : entries_(std::move(entries)) {
  for (auto const& entry : entries_)
    expects(find(entry.card.name) == &entry,
            "there are two estimators named '" + entry.card.name + "', give one of them another name");
}

Estimators Estimators::with(Entry entry) const {
  auto entries = entries_;
  entries.push_back(std::move(entry));
  return Estimators(std::move(entries));
}

std::vector<EstimatorCard> Estimators::cards() const {
  std::vector<EstimatorCard> cards;
  for (auto const& entry : entries_) cards.push_back(entry.card);
  return cards;
}

Estimators::Entry const* Estimators::find(std::string_view name) const {
  auto const base = base_name(name);
  auto const place =
      std::find_if(entries_.begin(), entries_.end(), [&](Entry const& e) { return e.card.name == base; });
  return place == entries_.end() ? nullptr : &*place;
}

bool Estimators::fit(std::string_view name, sim::BatchModel const& model) const {
  auto const* const entry = find(name);
  return entry != nullptr && entry->fits(model);
}

AnyEstimator Estimators::make(std::string_view name, sim::AnyModel model) const {
  auto const* const entry = find(name);
  expects(entry != nullptr, "there is no estimator named '" + std::string(name) + "', see `fisherlab list estimators`");
  double const argument = argument_of(*entry, name);
  expects(entry->fits(*model), "estimator " + entry->card.name + " needs " + entry->card.needs + ", and " +
                                   model->card().name + " is none; choose another estimator");
  return entry->make(std::move(model), argument);
}

}  // namespace fisherlab::estimators
