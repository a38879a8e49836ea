#include <cmath>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/catalogue.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/normal_mean.hpp"

namespace fisherlab::claims {
namespace {

/// Folds the sample mean of s^2, relative to `unit`.
Probe square_probe(std::size_t scenario, double unit) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.needs_scores = true;
  probe.observe = [unit](Batch const& batch, sim::Observed& out) {
    out.values[0] = batch.scores.outer[0] / (static_cast<double>(batch.scenario.n) * unit);
  };
  return probe;
}

/// n (t - theta)^2 in units of sd^2, t the mean.
Probe error_square_probe(Law const& law, std::size_t scenario, double sd) {
  auto const mle = estimators::make_estimator("mle", law.model);
  double const theta = law.theta[0], unit = sd * sd;
  return number_probe(scenario, 1, mle, [theta, unit](Batch const& batch, sim::Lanes* out, sim::Observed&) {
    sim::Lanes const error = batch.estimates->value[0] - theta;
    out[0] = static_cast<double>(batch.scenario.n) / unit * error * error;
  });
}

/// The finding about the ratio of what two probes measure in one unit, at twice the sd and at sd.
Asked ratio_of(std::string statistic, std::size_t narrow, std::size_t wide, std::int64_t n, Region const& region) {
  Asked asked;
  asked.statistic = std::move(statistic);
  asked.n = std::to_string(n);
  asked.region = region;
  asked.reads = {narrow, wide};
  asked.measure = [narrow, wide](std::span<sim::Tally const> tallies, double alpha) {
    auto const a = mean_interval(sample_moments(tallies[narrow], 0), 0.5 * alpha);
    auto const b = mean_interval(sample_moments(tallies[wide], 0), 0.5 * alpha);
    if (!(a.lower > 0)) {
      auto nothing = vacuous_interval();
      nothing.reason = a.reason;
      return measured({}, nothing, tallies[wide].count);
    }
    double const ratio = b.estimate / a.estimate;
    double const se = ratio * std::hypot(a.std_error / a.estimate, b.std_error / b.estimate);
    return measured({}, {ratio, se, b.lower / a.upper, b.upper / a.lower, b.reason},
                    std::min(tallies[narrow].count, tallies[wide].count));
  };
  return asked;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects(is_law_of<sim::NormalMean>(law), "normal-example is about normal_mean, choose that model");
  double const sd = law.model->constants()[0];
  auto const formula = text_option(the_case, "formula");
  double const stated = formula == "example" ? 1 / (sd * sd) : 1 / sd;
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    question.probes.push_back(square_probe(k, 1 / (sd * sd)));
    double const factor = 1 / (sd * sd * stated);
    add_finding(question, question.probes.size() - 1, "E s^2 over " + (formula == "example" ? "1/sd^2" : formula),
                exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")),
                [factor](auto const& tally, double alpha) {
                  return scaled(mean_interval(sample_moments(tally, 0), alpha), factor);
                });
    if (formula != "example") continue;
    double const wide_sd = 2 * sd;
    Law const wide{sim::make_model(law.model->card().name, {&wide_sd, 1}), law.theta};
    question.scenarios.push_back({{wide, wide, {}}, question.scenarios[k].n});
    question.probes.push_back(square_probe(question.scenarios.size() - 1, 1 / (sd * sd)));
    auto const wide_place = question.scenarios.size() - 1;
    auto const n = question.scenarios[k].n;
    question.findings.push_back(ratio_of("information at twice the sd over that at sd", question.probes.size() - 2,
                                         question.probes.size() - 1, n, exactly(RegionKind::at_most, 1.0, 0.0)));
    question.probes.push_back(error_square_probe(law, k, sd));
    question.probes.push_back(error_square_probe(wide, wide_place, sd));
    question.findings.push_back(ratio_of("variance of the estimate at twice the sd over that at sd",
                                         question.probes.size() - 2, question.probes.size() - 1, n,
                                         exactly(RegionKind::equal, 4.0, 8 * number_option(the_case, "margin"))));
  }
}

}  // namespace

Claim normal_example() {
  return {
      {.id = "normal-example",
       .statement = "Example 1",
       .title = "The information of a normal mean is 1/sd^2 and falls as sd grows",
       .formula = "I_theta = 1/sigma^2",
       .evidence = "the mean of the squared score over 1/sd^2, the same at twice the sd over it (at most 1), and "
                   "beside it the variance of the estimate at twice the sd over that at sd (4); intervals of means, "
                   "for a ratio each at half the error",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of information is half a per cent of a standard error; two per cent of the 4",
       .control = "1/sd in the place of 1/sd^2",
       .options = {margin_option("0.01"), {"formula", "the claimed information", "example", {"example", "1/sd"}}},
       .source = "the notes, Example 1",
       .hypotheses = "Normal data with known sd. Exact at every n."},
      &ask};
}

}  // namespace fisherlab::claims
