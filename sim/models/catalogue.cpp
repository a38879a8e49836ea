#include "sim/models/catalogue.hpp"

#include <string>

#include "sim/expects.hpp"
#include "sim/models/ar1.hpp"
#include "sim/models/bernoulli.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/laplace.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/make.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/pairs.hpp"
#include "sim/models/poisson.hpp"
#include "sim/models/uniform.hpp"
#include "sim/models/weibull.hpp"

namespace fisherlab::sim {
namespace {

struct Entry {
  ModelCard (*card)();
  AnyModel (*make)(std::span<double const>);
};

template <class M>
constexpr Entry entry() {
  return {&M::card, &make<M>};
}

/// One line a model.
constexpr Entry catalogue[] = {
    entry<NormalMean>(),
    entry<Normal>(),
    entry<Exponential>(),
    entry<Gamma>(),
    entry<Weibull>(),
    entry<Logistic>(),
    entry<Cauchy>(),
    entry<Poisson>(),
    entry<Bernoulli>(),
    entry<Uniform>(),
    entry<Laplace>(),
    entry<Ar1>(),
    entry<NormalPoissonPair>(),
    entry<ExponentialGammaPair>(),
    entry<CorrelatedPair>(),
};

}  // namespace

std::vector<ModelCard> model_cards() {
  std::vector<ModelCard> cards;
  for (auto const& e : catalogue) cards.push_back(e.card());
  return cards;
}

std::optional<ModelCard> find_model_card(std::string_view name) {
  for (auto const& e : catalogue)
    if (auto card = e.card(); card.name == name) return card;
  return std::nullopt;
}

AnyModel make_model(std::string_view name, std::span<double const> constants) {
  for (auto const& e : catalogue)
    if (e.card().name == name) return e.make(constants);
  throw InputError("there is no model named '" + std::string(name) + "', see `fisherlab list models`");
}

}  // namespace fisherlab::sim
