#include "estimators/censored/life_law.hpp"

#include <algorithm>
#include <utility>

#include "base/special/distributions.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/gumbel.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/lognormal.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/weibull.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using sim::Theta;

/// log P(X > x) by the model's own tail; those that follow do not underflow.
template <class Model>
Lanes log_tail(Model const& model, double x, Theta<Lanes, Model::parameter_count> const& t) {
  return log(model.tail(x, t));
}
Lanes log_tail(sim::Exponential const&, double x, Theta<Lanes, 1> const& t) { return -std::max(x, 0.0) * t[0]; }
Lanes log_tail(sim::Weibull const&, double x, Theta<Lanes, 2> const& t) {
  return x > 0 ? -exp(t[0] * log(x / t[1])) : Lanes(0.0);
}
Lanes log_tail(sim::Logistic const&, double x, Theta<Lanes, 2> const& t) {
  Lanes const z = (x - t[0]) / t[1];
  return -max(z, Lanes(0.0)) - log1p(exp(-abs(z)));
}
Lanes log_tail(sim::Gamma const&, double x, Theta<Lanes, 2> const& t) {
  Lanes tail = 1.0;
  for (int lane = 0; lane < sim::lane_count && x > 0; ++lane)
    tail.set(lane, t[0][lane] > 0 ? gamma_tail(x * t[1][lane], Shape{t[0][lane]}) : 0.0);
  return log(tail);
}

template <class Model>
class LifeOf : public LifeLaw {
 public:
  std::vector<sim::Domain> domains() const override { return Model::card().domains; }
  Lanes log_density(double x, Lanes const* theta) const override { return model_.log_density(Lanes(x), of(theta)); }
  Lanes log_survival(double x, Lanes const* theta) const override { return log_tail(model_, x, of(theta)); }

 private:
  static Theta<Lanes, Model::parameter_count> of(Lanes const* theta) {
    Theta<Lanes, Model::parameter_count> result;
    std::copy_n(theta, Model::parameter_count, result.begin());
    return result;
  }
  Model model_;
};

/// A model with its law, by the name on its card.
struct Entry {
  std::string name;
  std::shared_ptr<LifeLaw const> law;
};
template <class... Models>
std::vector<Entry> entries() {
  return {{Models::card().name, std::make_shared<LifeOf<Models>>()}...};
}
std::vector<Entry> catalogue() {
  return entries<sim::Exponential, sim::Weibull, sim::Gamma, sim::Lognormal, sim::Logistic, sim::Gumbel, sim::Normal>();
}

}  // namespace

std::shared_ptr<LifeLaw const> life_law(std::string const& model) {
  for (auto const& entry : catalogue())
    if (entry.name == model) return entry.law;
  return nullptr;
}

std::vector<std::string> life_law_names() {
  std::vector<std::string> names;
  for (auto const& entry : catalogue()) names.push_back(entry.name);
  return names;
}

}  // namespace fisherlab::estimators
