#include <cmath>
#include <functional>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/maps/scalar_map.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

using sim::LaneMask;
using sim::Lanes;

/// Where `excess` crosses 0 on one side of `centre`, where it is negative: doubling steps until it is not (or is NaN,
/// outside the domain), then bisection to rounding.
Lanes crossing(std::function<Lanes(Lanes const&)> const& excess, Lanes const& centre, Lanes const& step) {
  Lanes inside = centre;
  Lanes outside = centre + step;
  Lanes width = step;
  for (int k = 0; k < 60; ++k) {
    LaneMask const below = excess(outside) < Lanes(0.0);
    if (!any(below)) break;
    width = 2.0 * width;
    inside = select(below, outside, inside);
    outside = select(below, outside + width, outside);
  }
  for (int k = 0; k < 60; ++k) {
    Lanes const middle = 0.5 * (inside + outside);
    LaneMask const below = excess(middle) < Lanes(0.0);
    inside = select(below, middle, inside);
    outside = select(below, outside, middle);
  }
  return 0.5 * (inside + outside);
}

struct Ends {
  Lanes lower, upper;
};

/// The likelihood-ratio interval found in phi = f(theta), its ends mapped back to theta.
Ends likelihood_ends(Batch const& batch, ScalarMap map, double z) {
  auto const& model = *batch.scenario.setting.model.model;
  Lanes const& estimate = batch.estimates->value[0];
  double const sign = batch.scenario.setting.model.theta[0];
  Lanes const best = model.log_likelihood(batch.sample, &estimate);
  auto const excess = [&](Lanes const& phi) {
    Lanes const theta = unmapped(map, phi, sign);
    return 2.0 * (best - model.log_likelihood(batch.sample, &theta)) - z * z;
  };
  Lanes const phi = mapped(map, estimate);
  Lanes const step = z * abs(map_slope(map, estimate)) * batch.estimates->std_error[0];
  Ends const ends = {unmapped(map, crossing(excess, phi, -step), sign),
                     unmapped(map, crossing(excess, phi, step), sign)};
  return {min(ends.lower, ends.upper), max(ends.lower, ends.upper)};
}

/// The Wald interval for phi = f(theta), its ends mapped back to theta.
Ends wald_ends(Batch const& batch, ScalarMap map, double z) {
  double const sign = batch.scenario.setting.model.theta[0];
  Lanes const phi = mapped(map, batch.estimates->value[0]);
  Lanes const reach = z * abs(map_slope(map, batch.estimates->value[0])) * batch.estimates->std_error[0];
  Lanes const a = unmapped(map, phi - reach, sign), b = unmapped(map, phi + reach, sign);
  return {min(a, b), max(a, b)};
}

/// Folds the mean distance of the two ends, in standard errors, between the interval for theta and that for f(theta).
/// Replicates whose estimate has no standard error have no interval to compare, and count as dropped.
Probe ends_probe(std::size_t scenario, estimators::AnyEstimator const& mle, ScalarMap map, bool wald, double z) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.estimator = mle;
  probe.observe = [map, wald, z](Batch const& batch, sim::Observed& out) {
    auto const ends_of = wald ? wald_ends : likelihood_ends;
    Ends const here = ends_of(batch, ScalarMap::identity, z), there = ends_of(batch, map, z);
    Lanes const& se = batch.estimates->std_error[0];
    auto const comparable = to_set(se > Lanes(0.0));
    out.dropped = static_cast<sim::LaneSet>(out.dropped | (out.used & ~comparable));
    out.used = static_cast<sim::LaneSet>(out.used & comparable);
    out.values[0] = 0.5 * (abs(here.lower - there.lower) + abs(here.upper - there.upper)) / se;
  };
  return probe;
}

/// Distance of two ends found by bisection in different coordinates, in standard errors.
constexpr double rounding_of_searches = 1e-6;

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects(law.theta.size() == 1, "interval-parameterization needs a model of one parameter, and " +
                                     law.model->card().name + " has more; choose another model");
  auto const name = text_option(the_case, "map");
  auto const map = scalar_map(name, law.theta[0]);
  auto const interval = text_option(the_case, "interval");
  double const z = critical_value(number_option(the_case, "level"));
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(ends_probe(k, estimator_of(the_case), map, interval == "wald", z));
    add_finding(question, k,
                "distance of the ends of the " + interval + " interval from those for " + name + "(" +
                    law.model->card().parameters[0] + ") mapped back, in standard errors",
                exactly(RegionKind::equal, 0.0, number_option(the_case, "margin"), rounding_of_searches),
                [](auto const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
  }
}

}  // namespace

Claim interval_parameterization() {
  return {{.id = "interval-parameterization",
           .statement = "Example 2",
           .title = "The likelihood-ratio interval does not depend on the parameterization, the Wald interval does",
           .formula = "f^-1(interval for f(theta)) = interval for theta",
           .evidence = "from the same data the interval for theta and that for f(theta) mapped back, both found in "
                       "their own coordinate by bisection: the mean distance of their ends in standard errors; "
                       "interval of a mean",
           .null_law = null_law::student,
           .margin = "1e-6 standard errors: rounding and nothing else",
           .control = "the Wald interval claimed invariant (interval = wald)",
           .options = {margin_option("1e-6"),
                       {"map", "f", "log", scalar_map_names()},
                       {"interval", "by what it is made", "likelihood-ratio", {"likelihood-ratio", "wald"}},
                       {"level", "of the interval", "0.95", {}}},
           .source = "the notes, the warning after Example 2"},
          &ask};
}

}  // namespace fisherlab::claims
