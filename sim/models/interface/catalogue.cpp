#include "sim/models/interface/catalogue.hpp"

#include <string>

#include "base/expects.hpp"
#include "sim/models/ar1.hpp"
#include "sim/models/bernoulli.hpp"
#include "sim/models/beta.hpp"
#include "sim/models/binomial.hpp"
#include "sim/models/categorical.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/geometric.hpp"
#include "sim/models/gumbel.hpp"
#include "sim/models/half_line_normal.hpp"
#include "sim/models/interface/make.hpp"
#include "sim/models/inverse_gaussian.hpp"
#include "sim/models/laplace.hpp"
#include "sim/models/linear_regression.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/logistic_regression.hpp"
#include "sim/models/lognormal.hpp"
#include "sim/models/multivariate_normal.hpp"
#include "sim/models/negative_binomial.hpp"
#include "sim/models/neyman_scott.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/normal_cube.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/normal_mixture.hpp"
#include "sim/models/normal_vector.hpp"
#include "sim/models/pairs.hpp"
#include "sim/models/pareto.hpp"
#include "sim/models/poisson.hpp"
#include "sim/models/poisson_regression.hpp"
#include "sim/models/rayleigh.hpp"
#include "sim/models/shifted_exponential.hpp"
#include "sim/models/student_t.hpp"
#include "sim/models/uniform.hpp"
#include "sim/models/von_mises.hpp"
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
    entry<Lognormal>(),
    entry<Exponential>(),
    entry<Gamma>(),
    entry<Weibull>(),
    entry<Beta>(),
    entry<Logistic>(),
    entry<Cauchy>(),
    entry<Gumbel>(),
    entry<Pareto>(),
    entry<InverseGaussian>(),
    entry<StudentT>(),
    entry<Rayleigh>(),
    entry<VonMises>(),
    entry<Poisson>(),
    entry<Bernoulli>(),
    entry<Binomial>(),
    entry<Geometric>(),
    entry<NegativeBinomial>(),
    entry<Categorical>(),
    entry<MultivariateNormal<2>>(),
    entry<MultivariateNormal<3>>(),
    entry<NormalVector>(),
    entry<LinearRegression>(),
    entry<LogisticRegression>(),
    entry<PoissonRegression>(),
    entry<NormalMixture>(),
    entry<Uniform>(),
    entry<Laplace>(),
    entry<Ar1>(),
    entry<ShiftedExponential>(),
    entry<NormalCube>(),
    entry<HalfLineNormal>(),
    entry<NeymanScott>(),
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
