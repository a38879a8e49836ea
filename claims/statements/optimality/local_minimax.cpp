#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// theta + h/sqrt(n I), simulated and read at that truth.
Law neighbour(Law const& law, double h, std::int64_t n, double information) {
  Law result = law;
  result.theta[0] += h / std::sqrt(static_cast<double>(n) * information);
  expects(law.model->in_space(result.theta), "theta + h/sqrt(n I) leaves the space of " + law.model->card().name +
                                                 ", choose a larger n, or a smaller reach");
  return result;
}

/// n I E(t - theta)^2 at one neighbour; adds its scenario and its probe, and gives the place of the probe.
std::size_t add_risk(Case const& the_case, Sampled& question, estimators::AnyEstimator const& estimator, double h,
                     std::int64_t n, double information) {
  auto const law = neighbour(the_case.setting.model, h, n, information);
  expects_moment(law, *estimator, n, moments_of_variance_interval);
  question.scenarios.push_back({{law, law, {}}, n});
  estimators::EstimationError const error_of(*estimator, estimator->target(law.theta).value);
  double const scale = static_cast<double>(n) * information;
  question.probes.push_back(number_probe(question.scenarios.size() - 1, 1, estimator,
                                         [error_of, scale](Batch const& batch, sim::Lanes* out, sim::Observed&) {
                                           sim::Lanes const error = error_of(*batch.estimates, 0);
                                           out[0] = scale * error * error;
                                         }));
  return question.probes.size() - 1;
}

Interval risk_of(sim::Tally const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); }

/// The largest risk over |h| <= reach, on a grid; rows for the picture of the risk against h.
Asked largest_risk(std::vector<std::size_t> const& probes, std::vector<double> const& hs, std::int64_t n,
                   std::string const& name, Region const& region, double reach) {
  Asked asked;
  asked.statistic = "largest n I E(t - theta)^2 over |h| <= " + exact_text(reach) + ", " + name;
  asked.n = std::to_string(n);
  asked.region = region;
  asked.reads = probes;
  asked.measure = [probes](std::span<sim::Tally const> tallies, double alpha) {
    Interval largest{0, 0, 0, 0};
    std::int64_t fewest = tallies[probes[0]].count, dropped = 0;
    for (auto const probe : probes) {
      fewest = std::min(fewest, tallies[probe].count);
      dropped = std::max(dropped, tallies[probe].dropped);
    }
    if (fewest < 2) return measured({}, vacuous_interval(), fewest, dropped);
    for (auto const probe : probes)
      largest = larger_of(largest, risk_of(tallies[probe], alpha / static_cast<double>(probes.size())));
    return measured({}, largest, fewest, dropped);
  };
  asked.convergence = [probes, hs, n, name](std::span<sim::Tally const> tallies, double alpha) {
    std::vector<ConvergenceRow> rows;
    for (std::size_t k = 0; k < probes.size(); ++k) {
      if (tallies[probes[k]].count < 2) continue;
      auto const risk = risk_of(tallies[probes[k]], alpha);
      ConvergenceRow row;
      row.statistic = "n I E(t - theta)^2 at h = " + exact_text(hs[k]) + ", " + name;
      row.n = n;
      row.replicates = tallies[probes[k]].count;
      row.discrepancy = risk.estimate;
      row.lower = risk.lower;
      row.upper = risk.upper;
      rows.push_back(row);
    }
    return rows;
  };
  return asked;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  expects(law.theta.size() == 1 && estimator->components().size() == 1,
          "local-minimax is about one parameter, and " + law.model->card().name + " has more; choose another model");
  double const reach = number_option(the_case, "reach");
  expects(reach > 0 && reach <= 100, "the reach of h is above 0 and at most 100, set another reach");
  int const steps = count_option(the_case.options, "steps", 1, 100);
  double const margin = number_option(the_case, "margin");
  double const information = information_matrix(law)(0, 0);
  auto const state = text_option(the_case, "state");
  // Van Trees with the prior cos^2 on [-reach, reach], whose information is (pi/reach)^2.
  double const bound = 1 / (1 + std::pow(std::numbers::pi / reach, 2));
  for (auto const n : the_case.sizes) {
    if (state == "at-each-theta") {
      auto const probe = add_risk(the_case, question, estimator, 0, n, information);
      add_finding(question, probe, "n I E(t - theta)^2 at theta itself, " + estimator->name(),
                  exactly(RegionKind::at_least, 1.0, margin), &risk_of);
      continue;
    }
    std::vector<std::size_t> probes;
    std::vector<double> hs;
    for (int k = -steps; k <= steps; ++k) {
      hs.push_back(k * reach / steps);
      probes.push_back(add_risk(the_case, question, estimator, hs.back(), n, information));
    }
    Region const region = state == "around-theta" ? Region{RegionKind::at_least, bound, 0, {}}
                                                  : Region{RegionKind::at_most, 1.0, margin, {}};
    question.findings.push_back(largest_risk(probes, hs, n, estimator->name(), region, reach));
  }
}

}  // namespace

Claim local_minimax() {
  return {
      {.id = "local-minimax",
       .statement = "section 6.4, corrected",
       .title = "The bound holds for every estimator around theta, not at each theta",
       .formula = "sup over |h| <= c of n I E(t - theta_h)^2 >= 1/(1 + (pi/c)^2), theta_h = theta + h/sqrt(n I); "
                  "printed: at least 1 at theta itself",
       .evidence = "the scaled risk at values of h, each simulated at its own truth: the largest, each interval at its "
                   "share of the error",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of variance",
       .control = "Hodges' estimator held to 1 at its point (state = at-each-theta), and claimed to be nowhere worse "
                  "than the MLE near it (state = no-worse)",
       .options = {margin_option("0.01"),
                   {"reach", "c, how far h goes, in standard errors", "4", {}},
                   {"steps", "values of h on each side of 0", "4", {}},
                   {"state",
                    "the bound around theta; the printed one at theta; or nowhere above 1 around theta",
                    "around-theta",
                    {"around-theta", "at-each-theta", "no-worse"}}},
       .estimator = "mle",
       .source = "Hajek (1972), Proc. Sixth Berkeley Symp. 1, 175-194; van der Vaart (1998), Asymptotic "
                 "Statistics, sections 8.1 and 8.7; the bound at finite c is van Trees' with the prior cos^2"},
      &ask};
}

}  // namespace fisherlab::claims
