#include "estimators/censored/life_law.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "estimators/censored/gamma_tails.hpp"
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
  return x > 0 ? gamma_log_tails(x * t[1], t[0]).upper : Lanes(0.0);
}

/// log(1 - exp(-d)), d >= 0.
Lanes log_of_rest(Lanes const& d) { return select(d < Lanes(0.7), log(-expm1(-d)), log1p(-exp(-d))); }

/// By cumulative hazards: log(exp(-H(l)) - exp(-H(u))).
Lanes between_hazards(Lanes const& lower, Lanes const& upper) { return log_of_rest(upper - lower) - lower; }

/// Of a symmetric law with P(Z > z) = tail(z), in the tail that is the nearer: P(a < Z <= b) = P(-b <= Z < -a).
template <class Tail>
Lanes between_symmetric(Lanes const& a, Lanes const& b, Tail const& tail) {
  auto const is_left = a + b < Lanes(0.0);
  return log(tail(select(is_left, -b, a)) - tail(select(is_left, -a, b)));
}

double const farthest = 1e300;  ///< in place of an infinite end

Lanes log_between(sim::Exponential const&, double l, double u, Theta<Lanes, 1> const& t) {
  return between_hazards(std::max(l, 0.0) * t[0], std::max(u, 0.0) * t[0]);
}
Lanes log_between(sim::Weibull const&, double l, double u, Theta<Lanes, 2> const& t) {
  auto const hazard = [&](double x) { return x > 0 ? exp(t[0] * log(x / t[1])) : Lanes(0.0); };
  return between_hazards(hazard(l), hazard(u));
}
Lanes log_between(sim::Normal const&, double l, double u, Theta<Lanes, 2> const& t) {
  return between_symmetric((l - t[0]) / t[1], (u - t[0]) / t[1], [](Lanes const& z) { return sim::normal_cdf(-z); });
}
Lanes log_between(sim::Logistic const&, double l, double u, Theta<Lanes, 2> const& t) {
  return between_symmetric((l - t[0]) / t[1], (u - t[0]) / t[1], [](Lanes const& z) {
    Lanes const e = exp(-abs(z));
    return select(z < Lanes(0.0), Lanes(1.0), e) / (1.0 + e);
  });
}
Lanes log_between(sim::Lognormal const&, double l, double u, Theta<Lanes, 2> const& t) {
  auto const logarithm = [](double x) { return x > 0 ? sim::log(x) : -farthest; };
  return log_between(sim::Normal(), logarithm(l), logarithm(u), t);
}
/// P(X <= x) = exp(-g(x)), g(x) = exp(-(x - location)/scale), which falls.
Lanes log_between(sim::Gumbel const&, double l, double u, Theta<Lanes, 2> const& t) {
  auto const g = [&](double x) { return exp((t[0] - x) / t[1]); };
  return between_hazards(g(u), g(l));
}
/// By the tail in which neither end is near 1.
Lanes log_between(sim::Gamma const&, double l, double u, Theta<Lanes, 2> const& t) {
  if (!(u > 0)) return -HUGE_VAL;
  auto const to = gamma_log_tails(u * t[1], t[0]);
  if (!(l > 0)) return to.lower;
  auto const from = gamma_log_tails(l * t[1], t[0]);
  auto const difference = [](Lanes const& larger, Lanes const& smaller) {
    return select(larger > Lanes(-HUGE_VAL), larger + log_of_rest(larger - smaller), larger);
  };
  return select(l * t[1] > t[0], difference(from.upper, to.upper), difference(to.lower, from.lower));
}

/// The sum of log densities over observations.
template <class Model>
Lanes log_densities(Model const& model, std::vector<double> const& x, Theta<Lanes, Model::parameter_count> const& t) {
  Lanes sum = 0.0;
  for (double const value : x) sum += model.log_density(Lanes(value), t);
  return sum;
}
/// Of a law whose log Gamma is dear: from n, sum x and sum log x.
Lanes log_densities(sim::Gamma const&, std::vector<double> const& x, Theta<Lanes, 2> const& t) {
  double sum = 0, logs = 0;
  for (double const value : x) {
    sum += value;
    logs += sim::log(value);
  }
  return static_cast<double>(x.size()) * (t[0] * log(t[1]) - lgamma(t[0])) + (t[0] - 1.0) * logs - t[1] * sum;
}

template <class Model>
class LifeOf : public LifeLaw {
 public:
  std::vector<sim::Domain> domains() const override { return Model::card().domains; }
  Lanes log_densities(std::vector<double> const& x, Lanes const* theta) const override {
    return estimators::log_densities(model_, x, of(theta));
  }
  Lanes log_density(double x, Lanes const* theta) const override { return model_.log_density(Lanes(x), of(theta)); }
  Lanes log_survival(double x, Lanes const* theta) const override { return log_tail(model_, x, of(theta)); }
  Lanes log_between(double lower, double upper, Lanes const* theta) const override {
    if (upper > farthest) return log_survival(lower, theta);
    return estimators::log_between(model_, std::max(lower, -farthest), upper, of(theta));
  }

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
