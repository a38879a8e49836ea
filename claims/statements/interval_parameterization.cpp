#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/maps/mapped_model.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/intervals.hpp"

namespace fisherlab::claims {
namespace {

using estimators::Bounds;
using estimators::FittedModel;
using estimators::FittedParameter;

/// Distance of two ends found by searches in different coordinates, in standard errors.
constexpr double rounding_of_searches = 1e-6;

/// The intervals for theta, and those for phi = f(theta), of the shipped fit.
struct Compared {
  sim::AnyModel model;
  sim::AnyModel mapped;
  ScalarMap map = ScalarMap::identity;
  std::vector<std::size_t> components;  ///< those that are mapped
  Bounds FittedParameter::*interval = nullptr;
  double level = 0;
};

Bounds FittedParameter::*interval_named(std::string const& name) {
  if (name == "wald") return &FittedParameter::wald;
  return name == "score" ? &FittedParameter::score : &FittedParameter::likelihood_ratio;
}

std::vector<double> observations_of(sim::Sample const& sample, int lane) {
  std::vector<double> observations;
  for (std::int64_t i = 0; i < sample.n(); ++i) observations.push_back(sample(i)[lane]);
  return observations;
}

enum class Agreement { equal, different, unknown };

Agreement agreement_of(double here, double there, double std_error) {
  if (std::isnan(here) || std::isnan(there)) return Agreement::unknown;
  if (here == there) return Agreement::equal;  // both may be infinite
  return std::fabs(here - there) <= rounding_of_searches * std_error ? Agreement::equal : Agreement::different;
}

/// Of both ends: that of phi is mapped back. An end of phi's space is one of theta's.
Agreement agreement_of(Compared const& compared, FittedParameter const& theta, FittedParameter const& phi) {
  Bounds const here = theta.*compared.interval;
  auto const back = [&](double end) { return unmapped(compared.map, end, 1.0); };
  Bounds there = {back((phi.*compared.interval).lower), back((phi.*compared.interval).upper)};
  if (compared.map == ScalarMap::reciprocal) std::swap(there.lower, there.upper);
  auto const lower = agreement_of(here.lower, there.lower, theta.std_error);
  auto const upper = agreement_of(here.upper, there.upper, theta.std_error);
  if (lower == Agreement::unknown || upper == Agreement::unknown) return Agreement::unknown;
  return lower == Agreement::equal ? upper : lower;
}

/// Counts the samples whose interval for theta_a differs from that for f(theta_a) mapped back. One sample of each eight
/// is fitted, twice, with all ends searched for. One that has no estimate or not all ends, in either parameters, is
/// dropped.
Probe ends_probe(std::size_t scenario, Compared const& compared) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = static_cast<int>(compared.components.size());
  probe.observe = [compared](Batch const& batch, sim::Observed& out) {
    constexpr sim::LaneSet none = 0, first = 1;
    out.used = static_cast<sim::LaneSet>(batch.drawn & first);
    if (out.used == 0) return;
    auto const observations = observations_of(batch.sample, 0);
    auto const theta = estimators::fit_data(*compared.model, observations, compared.level);
    auto const phi = estimators::fit_data(*compared.mapped, observations, compared.level);
    bool known = theta.found && phi.found;
    for (std::size_t k = 0; known && k < compared.components.size(); ++k) {
      auto const a = compared.components[k];
      auto const agreement = agreement_of(compared, theta.parameters[a], phi.parameters[a]);
      known = agreement != Agreement::unknown;
      out.successes[k] = agreement == Agreement::different ? first : none;
    }
    drop_unknown(known ? first : none, out);
  };
  return probe;
}

Compared compared_by(Case const& the_case) {
  auto const& model = the_case.setting.model.model;
  expects(model->dimension() == 1, "interval-parameterization fits samples of single numbers, and an observation of " +
                                       model->card().name + " has several; choose another model");
  auto const name = text_option(the_case, "map");
  Compared compared;
  compared.map = scalar_map(name);
  compared.components = mapped_components(*model, compared.map);
  expects(!compared.components.empty(), "no parameter of " + model->card().name + " lies where the map " + name +
                                            " is one to one, choose another map or model");
  compared.model = model;
  compared.mapped = mapped_model(model, compared.map);
  compared.interval = interval_named(text_option(the_case, "interval"));
  compared.level = number_option(the_case, "level");
  expects(compared.level > 0 && compared.level < 1, "the level of an interval lies between 0 and 1, as in 0.95");
  return compared;
}

void ask(Case const& the_case, Sampled& question) {
  auto const compared = compared_by(the_case);
  auto const interval = text_option(the_case, "interval");
  auto const& parameters = compared.model->card().parameters;
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(ends_probe(k, compared));
    for (std::size_t c = 0; c < compared.components.size(); ++c) {
      auto const& name = parameters[compared.components[c]];
      add_finding(question, k,
                  "share of samples whose " + interval + " interval for " + name + " is not that for " +
                      scalar_map_name(compared.map) + "(" + name + ") mapped back",
                  exactly(RegionKind::at_most, 0.0, number_option(the_case, "margin")),
                  [c](sim::Tally const& tally, double alpha) {
                    return proportion_interval({tally.successes[c], tally.count, tally.dropped}, alpha);
                  });
    }
  }
}

}  // namespace

Claim interval_parameterization() {
  return {{.id = "interval-parameterization",
           .statement = "Example 2",
           .title = "Likelihood-ratio and score intervals do not depend on the parameterization, Wald's do",
           .formula = "f^-1(interval for f(theta)) = interval for theta",
           .evidence = "the intervals that diagnose prints, of the same data: fitted in theta, and in f of every "
                       "component that f is for (the others as they are), each profiled and searched for in its own "
                       "coordinates. Of one sample in eight: whether an end mapped back is more than 1e-6 standard "
                       "errors from the other; the share of those (Clopper-Pearson)",
           .null_law = null_law::binomial,
           .margin = "0.01: what a few thousand samples can say when none differs; one that does would be a fault of "
                     "a search",
           .control = "the Wald interval claimed invariant (interval = wald)",
           .options = {margin_option("0.01"),
                       {"map", "f, of every component that lies where it is one to one", "log", scalar_map_names()},
                       {"interval", "by what it is made", "likelihood-ratio", {"likelihood-ratio", "score", "wald"}},
                       {"level", "of the interval", "0.95", {}}},
           .source = "the notes, the warning after Example 2",
           .hypotheses =
               "f smooth and increasing; intervals of the same data in theta and in f(theta). Exact for every sample."},
          &ask};
}

}  // namespace fisherlab::claims
