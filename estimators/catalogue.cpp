#include "estimators/catalogue.hpp"

#include <utility>

#include "estimators/functionals.hpp"
#include "estimators/mle.hpp"
#include "sim/expects.hpp"

namespace fisherlab::estimators {
namespace {

/// A theta inside the space of any model of the catalogue asks whether it states a mean or a median.
bool states_mean(sim::BatchModel const& m) {
  return m.dimension() == 1 && m.mean(std::vector<double>(static_cast<std::size_t>(m.parameter_count()), 0.5));
}
bool states_median(sim::BatchModel const& m) {
  return m.dimension() == 1 && m.median(std::vector<double>(static_cast<std::size_t>(m.parameter_count()), 0.5));
}

struct Entry {
  EstimatorCard card;
  AnyEstimator (*make)(sim::AnyModel);
  bool (*fits)(sim::BatchModel const&);
};

std::vector<Entry> const& catalogue() {
  static std::vector<Entry> const entries = {
      {{"mle", "maximum likelihood", "theta", "any model",
        "closed form where the model has one, else safeguarded Newton (estimators/maximise.hpp)"},
       make_mle,
       [](sim::BatchModel const&) { return true; }},
      {{"sample_mean", "sample mean", "the mean of x", "a model that states its mean", "elementary"},
       make_sample_mean,
       states_mean},
      {{"shrunk_mean", "nine tenths of the sample mean, a biased control", "the mean of x",
        "a model that states its mean", "elementary"},
       make_shrunk_mean,
       states_mean},
      {{"sample_median", "sample median", "the median of x", "a model that states its median", "elementary"},
       make_sample_median,
       states_median},
      {{"moments", "method of moments (divisor n)", "theta", "a model with a formula by mean and variance",
        "derived in the model's file"},
       make_moments,
       [](sim::BatchModel const& m) { return m.offers_moments(); }},
      {{"best_unbiased", "best unbiased estimator; for the uniform law the bias-corrected maximum", "theta",
        "a model that has one in closed form", "derived in the model's file"},
       make_best_unbiased,
       [](sim::BatchModel const& m) { return m.offers_best_unbiased(); }},
  };
  return entries;
}

Entry const* find(std::string_view name) {
  for (auto const& entry : catalogue())
    if (entry.card.name == name) return &entry;
  return nullptr;
}

}  // namespace

std::vector<EstimatorCard> estimator_cards() {
  std::vector<EstimatorCard> cards;
  for (auto const& entry : catalogue()) cards.push_back(entry.card);
  return cards;
}

bool fits_model(std::string_view name, sim::BatchModel const& model) {
  Entry const* const entry = find(name);
  return entry != nullptr && entry->fits(model);
}

AnyEstimator make_estimator(std::string_view name, sim::AnyModel model) {
  Entry const* const entry = find(name);
  expects(entry != nullptr, "there is no estimator named '" + std::string(name) + "', see `fisherlab list estimators`");
  expects(entry->fits(*model), "estimator " + entry->card.name + " needs " + entry->card.needs + ", and " +
                                   model->card().name + " is none; choose another estimator");
  return entry->make(std::move(model));
}

}  // namespace fisherlab::estimators
