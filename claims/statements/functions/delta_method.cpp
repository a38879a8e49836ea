#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/instruments/exact/limit_laws.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/scalar_map.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

using Kind = sim::Quantity::Kind;

/// g at one theta, with its gradient.
using Function = std::function<sim::Functional(sim::Point theta)>;

/// The properties of the law that g may be, in the order of `Kind`.
std::vector<std::string> const properties = {"mean", "variance", "median", "quantile", "tail"};

std::vector<std::string> function_names() {
  auto names = scalar_map_names();
  names.insert(names.end(), properties.begin(), properties.end());
  return names;
}

Function property_of(Case const& the_case, std::size_t which) {
  auto const& law = the_case.setting.model;
  sim::Quantity quantity{static_cast<Kind>(which), 0};
  if (quantity.kind == Kind::quantile || quantity.kind == Kind::tail) quantity.at = number_option(the_case, "at");
  expects(quantity.kind != Kind::quantile || (quantity.at > 0 && quantity.at < 1),
          "the probability of a quantile lies between 0 and 1, set option at");
  auto const& stated = law.model->offers().properties;
  expects(law.model->dimension() == 1 && stated.value(quantity, law.theta).has_value(),
          law.model->card().name + " states no " + properties[which] + " here, choose another function or model");
  return [model = law.model, quantity](sim::Point theta) {
    auto value = model->offers().properties.value(quantity, theta);
    return value ? *std::move(value) : sim::Functional{HUGE_VAL, {}};
  };
}

/// A map of one component.
Function map_of(Case const& the_case, std::string const& name) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  auto const wanted = text_option(the_case, "component");
  auto const place = std::find(card.parameters.begin(), card.parameters.end(), wanted);
  expects(wanted.empty() || place != card.parameters.end(),
          "option component cannot be '" + wanted + "', name a parameter of " + card.name);
  auto const a = wanted.empty() ? std::size_t{0} : static_cast<std::size_t>(place - card.parameters.begin());
  expects(card.domains[a] != sim::Domain::angle,
          card.parameters[a] + " of " + card.name + " is an angle, name another component");
  auto const map = scalar_map(name, law.theta[a]);
  return [map, a](sim::Point theta) {
    sim::Functional g{mapped(map, theta[a]), std::vector<double>(theta.size())};
    g.gradient[a] = map_slope(map, theta[a]);
    return g;
  };
}

Function function_of(Case const& the_case) {
  auto const name = text_option(the_case, "function");
  auto const place = std::find(properties.begin(), properties.end(), name);
  return place == properties.end() ? map_of(the_case, name)
                                   : property_of(the_case, static_cast<std::size_t>(place - properties.begin()));
}

/// The root of grad g' I^-1 grad g.
double standard_deviation(Law const& law, std::vector<double> const& gradient) {
  Eigen::VectorXd slope(static_cast<Eigen::Index>(gradient.size()));
  for (std::size_t a = 0; a < gradient.size(); ++a) slope(static_cast<Eigen::Index>(a)) = gradient[a];
  return std::sqrt(slope.dot(fisherlab::inverse(information_matrix(law)) * slope));
}

/// Folds the law of sqrt(n) (g(t) - g)/sd.
Probe law_probe(std::size_t scenario, estimators::AnyEstimator const& estimator, Function const& function,
                double centre, double sd) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.positions = 1;
  probe.estimator = estimator;
  probe.observe = [function, centre, sd](Batch const& batch, sim::Observed& out) {
    double const unit = std::sqrt(static_cast<double>(batch.scenario.n)) / sd;
    auto const& values = batch.estimates->value;
    std::vector<double> theta(values.size());
    unsigned known = 0;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((out.used >> lane & 1) == 0) continue;
      for (std::size_t a = 0; a < theta.size(); ++a) theta[a] = values[a][lane];
      double const error = function(theta).value - centre;
      if (!(std::fabs(error) < HUGE_VAL)) continue;  // g does not exist at this estimate
      known |= 1u << lane;
      out.positions[0].set(lane, unit * error);
    }
    drop_unknown(static_cast<sim::LaneSet>(known), out);
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  expects(estimator->components() == law.model->card().parameters,
          "delta-method is about functions of an estimate of theta, and " + estimator->name() +
              " estimates another number; leave estimator out");
  auto const function = function_of(the_case);
  auto const name = text_option(the_case, "function");
  auto const g = function(law.theta);
  double const sd = standard_deviation(law, g.gradient);
  expects(sd > 0, "the gradient of " + name +
                      " is 0 at this theta, where the error has another rate and law; see flat-point, or choose "
                      "another theta");
  double const factor = number_option(the_case, "factor");
  expects(factor > 0 && factor < HUGE_VAL, "the factor of the slope is above 0, set another factor");
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    probes.push_back(k);
    question.probes.push_back(law_probe(k, estimator, function, g.value, factor * sd));
  }
  add_limit(question, probes,
            {.statistic = "Kolmogorov distance of " + name + " of the estimate to its normal law, " + estimator->name(),
             .rate = expected_rate(the_case),
             .margin = number_option(the_case, "margin")},
            [edges = normal_edges()](sim::Tally const& tally, double alpha) {
              if (tally.count == 0) return vacuous_interval();
              return kolmogorov_distance(tally.positions[0].cells, edges, alpha);
            });
}

}  // namespace

Claim delta_method() {
  return {
      {.id = "delta-method",
       .statement = "beyond, after Identity 6.5",
       .title = "A function of the estimate has a normal law in the limit, its variance carried by the gradient",
       .formula = "sqrt(n) (g(theta_hat) - g(theta)) -> N(0, grad g' I^-1 grad g)",
       .evidence = "the Kolmogorov distance of the standardised g(theta_hat) to N(0, 1) by the "
                   "Dvoretzky-Kiefer-Wolfowitz band (exact at every R); its rate over n",
       .null_law = null_law::kolmogorov,
       .margin = "0.03: no one-sided probability is off by more than three points in a hundred",
       .control = "a slope that is a quarter too large (factor = 1.25), 0.054 of distance; g' = 0 is refused",
       .options = {margin_option("0.03"),
                   rate_option("0.5"),
                   {"function", "g: a map of one component, or a property of one observation", "log", function_names()},
                   {"component", "of theta that a map is of; the first unless set", "", {}},
                   {"at", "the probability of a quantile, the threshold of a tail", "0.9", {}},
                   {"factor", "of the slope that is claimed", "1", {}}},
       .estimator = "mle",
       .source = "van der Vaart (1998), Asymptotic Statistics, theorem 3.1",
       .hypotheses = "A regular model, g differentiable at theta with a gradient that is not 0; n large."},
      &ask};
}

}  // namespace fisherlab::claims
