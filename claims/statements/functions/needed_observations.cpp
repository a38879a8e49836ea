#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/scalar_map.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

constexpr std::int64_t fewest = 10;

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  expects(law.theta.size() == 1, "needed-observations is about one parameter, and " + law.model->card().name +
                                     " has more; choose another model");
  double const theta = law.theta[0];
  auto const name = text_option(the_case, "map");
  auto const map = scalar_map(name, theta);
  double const f = mapped(map, theta), slope = map_slope(map, theta);
  expects(slope != 0, "the map " + name + " has f'(theta) = 0 here, where n is counted otherwise; see flat-point");
  bool const is_relative = text_option(the_case, "error") == "relative";
  expects(!is_relative || f != 0, "f(theta) is 0 here and has no relative error, choose another theta");
  double const factor = text_option(the_case, "form") == "flat-is-easier" ? std::pow(is_relative ? slope / f : slope, 2)
                                                                          : std::pow(slope, -2);
  double const information = information_matrix(law)(0, 0);
  for (auto const n : the_case.sizes) {
    // The n at which f'^2/(n I) is the squared error that theta itself has at the n of the case.
    auto const needed = std::llround(static_cast<double>(n) * factor);
    expects(needed >= fewest && needed <= 1'000'000,
            "n f'^2 is " + std::to_string(needed) + " observations (10 to a million are simulated), choose another n");
    expects_moment(the_case.setting, *estimator, needed, moments_of_variance_interval);
    question.scenarios.push_back({the_case.setting, needed});
    double const unit = static_cast<double>(n) * information / (is_relative ? f * f : 1);
    add_mean(question, question.scenarios.size() - 1,
             "mean square " + std::string(is_relative ? "relative " : "") + "error of " + name + "(" +
                 law.model->card().parameters[0] + ") at the n it needs, over what is wanted",
             {RegionKind::equal, 1.0, number_option(the_case, "margin"), {}}, estimator,
             [map, f, unit](Batch const& batch, Lanes* out, sim::Observed& observed) {
               Lanes const error = mapped(map, batch.estimates->value[0]) - f;
               drop_unknown(to_set(abs(error) < Lanes(HUGE_VAL)), observed);
               out[0] = unit * error * error;
             });
  }
}

/// Adds a finding about how often something happens.
void add_share(Sampled& question, std::size_t scenario, std::string statistic, double share, double margin,
               estimators::AnyEstimator estimator, std::function<sim::LaneSet(Batch const&)> happens) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 1;
  probe.estimator = std::move(estimator);
  probe.observe = [happens = std::move(happens)](Batch const& batch, sim::Observed& out) {
    out.successes[0] = happens(batch);
  };
  question.probes.push_back(std::move(probe));
  add_finding(question, question.probes.size() - 1, std::move(statistic), {RegionKind::equal, share, margin, {}},
              [](sim::Tally const& tally, double alpha) {
                return proportion_interval({tally.successes[0], tally.count, tally.dropped}, alpha);
              });
}

void ask_flat(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  expects(
      law.theta.size() == 1 && law.theta[0] == 0,
      "flat-point is about theta^2 at theta = 0 for one parameter, choose such a law, as normal_mean with mean = 0");
  bool const is_flat = text_option(the_case, "form") == "flat";
  double const margin = number_option(the_case, "margin");
  double const information = information_matrix(law)(0, 0);
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    double const unit = static_cast<double>(question.scenarios[k].n) * information;
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    auto const squared = [unit](Batch const& batch) {
      return unit * batch.estimates->value[0] * batch.estimates->value[0];
    };
    if (!is_flat) {
      add_share(question, k, "share of t^2 below f(theta)", 0.5, margin, estimator,
                [squared](Batch const& batch) { return to_set(squared(batch) < Lanes(0.0)); });
      continue;
    }
    add_mean(question, k, "(n I)^2 times the mean square error of t^2, over 3", {RegionKind::equal, 1.0, margin, {}},
             estimator, [squared](Batch const& batch, Lanes* out, sim::Observed&) {
               Lanes const square = squared(batch);
               out[0] = square * square / 3.0;
             });
    add_mean(question, k, "n I times the bias of t^2", {RegionKind::equal, 1.0, margin, {}}, estimator,
             [squared](Batch const& batch, Lanes* out, sim::Observed&) { out[0] = squared(batch); });
    add_share(question, k, "share of n I t^2 below the 95 % point of chi^2_1", 0.95, margin, estimator,
              [squared, point = std::pow(chi_critical(1, 0.05), 2)](Batch const& batch) {
                return to_set(squared(batch) < Lanes(point));
              });
  }
}

}  // namespace

Claim needed_observations() {
  return {
      {.id = "needed-observations",
       .statement = "6.5, Example 2",
       .title = "A flat f needs fewer observations: n in proportion to f'^2",
       .formula = "E(f(t) - f)^2 = e^2 at n = f'^2/(I e^2); relative error e at n = (f'/f)^2/(I e^2)",
       .evidence = "f of the MLE at the n so found, e that of theta itself at the n of the case: the mean square error "
                   "over e^2; Student",
       .null_law = null_law::student,
       .margin = "0.05: a fortieth of a standard error; the rule is the first term in 1/n",
       .control = "n in proportion to 1/f'^2 (form = steep-is-easier)",
       .options = {margin_option("0.05"),
                   {"map", "f", "sqrt", scalar_map_names()},
                   {"error", "of f(theta), or relative to it", "absolute", {"absolute", "relative"}},
                   {"form", "which f is easier", "flat-is-easier", {"flat-is-easier", "steep-is-easier"}}},
       .estimator = "mle",
       .source = "the notes, after Identity 6.5, and Example 2; the delta method"},
      &ask};
}

Claim flat_point() {
  return {
      {.id = "flat-point",
       .statement = "6.5, remark",
       .title = "Where f'(theta) = 0 the estimate of f(theta) errs by 1/n, and not by a normal law",
       .formula = "n I t^2 -> chi^2_1 for f = theta^2 at 0: mean square error 3/(n I)^2, bias 1/(n I)",
       .evidence = "the mean square and the mean of t^2 in these units (Student), and the share below the 95 % point "
                   "(Clopper-Pearson)",
       .null_law = null_law::student,
       .margin = "0.05: one part in twenty of a mean square error",
       .control = "a law centred at f(theta), half of it below (form = centred): t^2 has nothing there",
       .options = {margin_option("0.05"), {"form", "the law that is claimed", "flat", {"flat", "centred"}}},
       .estimator = "mle",
       .source = "the notes, Identity 6.5 (\"be smart if f is not invertible\"); van der Vaart (1998), Asymptotic "
                 "Statistics, section 3.3"},
      &ask_flat};
}

}  // namespace fisherlab::claims
