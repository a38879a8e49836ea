#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/limit_laws.hpp"
#include "claims/instruments/maps/neighbour.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

double length_option(Case const& the_case) {
  double const length = number_option(the_case, "length");
  expects(std::fabs(length) > 0 && std::fabs(length) <= 10, "the length of h lies within 10 and is not 0, set another");
  return length;
}

/// log p_n(there)/p_n(here).
Lanes log_ratio(Law const& here, Law const& there, Batch const& batch) {
  std::vector<Lanes> const from(here.theta.begin(), here.theta.end()), to(there.theta.begin(), there.theta.end());
  return here.model->log_likelihood(batch.sample, to.data()) - here.model->log_likelihood(batch.sample, from.data());
}

/// The squared difference of the log likelihood ratio and h'S/sqrt(n) - half.
Probe remainder_probe(Law const& law, Law const& there, std::size_t scenario, double half) {
  auto probe = number_probe(scenario, 1, nullptr, [law, there, half](Batch const& batch, Lanes* out, sim::Observed&) {
    Lanes linear(0.0);
    for (std::size_t a = 0; a < law.theta.size(); ++a)
      linear += (there.theta[a] - law.theta[a]) * batch.scores.score[a];
    Lanes const remainder = log_ratio(law, there, batch) - (linear - half);
    out[0] = remainder * remainder;
  });
  probe.needs_scores = true;
  return probe;
}

/// The place of the log likelihood ratio on the scale of its limit, N(mean, length^2).
Probe law_probe(Law const& law, Law const& there, std::size_t scenario, double mean, double length) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.positions = 1;
  probe.observe = [law, there, mean, length](Batch const& batch, sim::Observed& out) {
    out.positions[0] = (log_ratio(law, there, batch) - mean) / std::fabs(length);
  };
  return probe;
}

Interval distance_to_normal(sim::Tally const& tally, double alpha) {
  if (tally.count == 0) return vacuous_interval();
  return kolmogorov_distance(tally.positions[0].cells, normal_edges(), alpha);
}

void ask_normality(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  double const length = length_option(the_case);
  double const half = number_option(the_case, "factor") * length * length;
  auto const form = text_option(the_case, "form");
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto& scenario = question.scenarios[k];
    auto const there = neighbour(law, {length, 1 / std::sqrt(static_cast<double>(scenario.n))});
    if (form == "law-there") scenario.setting.data = there;
    question.probes.push_back(form == "remainder"
                                  ? remainder_probe(law, there, k, half)
                                  : law_probe(law, there, k, form == "law-there" ? half : -half, length));
    probes.push_back(question.probes.size() - 1);
  }
  bool const is_remainder = form == "remainder";
  add_limit(
      question, probes,
      {.statistic = is_remainder ? "mean squared remainder of the log likelihood ratio"
                                 : "Kolmogorov distance of the log likelihood ratio to its normal law, drawn at " +
                                       std::string(form == "law-there" ? "theta + h/sqrt n" : "theta"),
       .rate = expected_rate(the_case),
       .margin = number_option(the_case, "margin")},
      is_remainder ? FromTally([](sim::Tally const& tally, double alpha) {
        return mean_interval(sample_moments(tally, 0), alpha);
      })
                   : FromTally(&distance_to_normal));
}

/// The samples, drawn at a neighbour, that theta gives no density to.
Probe lost_probe(Law const& law, std::size_t scenario) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 1;
  probe.observe = [law](Batch const& batch, sim::Observed& out) {
    std::vector<Lanes> const here(law.theta.begin(), law.theta.end());
    auto const has_density = to_set(law.model->log_likelihood(batch.sample, here.data()) > Lanes(-HUGE_VAL));
    out.successes[0] = static_cast<sim::LaneSet>(~has_density & out.used);
  };
  return probe;
}

void ask_contiguity(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  bool const is_regular = law.model->card().regularity == sim::Regularity::regular;
  bool const is_ratio = text_option(the_case, "measure") == "ratio";
  double const length = length_option(the_case), margin = number_option(the_case, "margin");
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto const n = static_cast<double>(question.scenarios[k].n);
    // What can be told apart by n observations lies 1/sqrt(n) off where the law is regular, 1/n where its support
    // moves.
    auto const there = neighbour(law, {length, is_regular ? 1 / std::sqrt(n) : 1 / n});
    if (is_ratio) {
      add_mean(question, k, "mean of the likelihood ratio of a neighbour", exactly(RegionKind::equal, 1.0, margin),
               nullptr, [law, there](Batch const& batch, Lanes* out, sim::Observed&) {
                 out[0] = sim::exp(log_ratio(law, there, batch));
               });
      continue;
    }
    question.scenarios[k].setting.data = there;
    question.probes.push_back(lost_probe(law, k));
    add_finding(question, question.probes.size() - 1, "share of a neighbour's samples that theta gives no density to",
                exactly(RegionKind::at_most, 0.0, margin), [](sim::Tally const& tally, double alpha) {
                  return proportion_interval({tally.successes[0], tally.count, tally.dropped}, alpha);
                });
  }
}

ClaimOption length_option_of(std::string fallback) {
  return {"length", "of h, in standard errors", std::move(fallback), {}};
}

}  // namespace

Claim local_normality() {
  return {
      {.id = "local-normality",
       .statement = "beyond, local asymptotic normality",
       .title = "The log likelihood ratio of neighbours is linear in the score, less half of h'Ih",
       .formula =
           "log p_n(theta + h/sqrt n)/p_n(theta) = h'S/sqrt n - h'Ih/2 + o(1), in law N(-h'Ih/2, h'Ih) at theta, "
           "N(h'Ih/2, h'Ih) at theta + h/sqrt n",
       .evidence =
           "the mean squared remainder over a grid of n, interval of a mean; or (form = law, law-there) the "
           "Kolmogorov distance of the ratio to its normal law, by the Dvoretzky-Kiefer-Wolfowitz band; its rate",
       .null_law = std::string(null_law::student) + "; of a law: " + null_law::kolmogorov,
       .margin = "0.01 at the largest n: a tenth of the standard deviation of the ratio for h'Ih = 1; of a law 0.01 of "
                 "probability, where n is large enough",
       .control = "without the term h'Ih/2 (factor = 0)",
       .options = {margin_option("0.01"),
                   rate_option("1"),
                   length_option_of("1"),
                   {"factor", "of h'Ih", "0.5", {}},
                   {"form",
                    "the expansion itself, or the law of the ratio drawn at theta or at theta + h/sqrt n",
                    "remainder",
                    {"remainder", "law", "law-there"}}},
       .source = "Le Cam (1960), Univ. California Publ. Statist. 3, 37-98; van der Vaart (1998), Asymptotic "
                 "Statistics, theorem 7.2 and example 6.7"},
      &ask_normality};
}

Claim contiguity() {
  return {
      {.id = "contiguity",
       .statement = "beyond, local asymptotic normality",
       .title = "No probability is lost on the way to a neighbour: the likelihood ratio has the mean 1",
       .formula = "E_theta p_n(theta + h/sqrt n)/p_n(theta) = 1",
       .evidence = "the mean of the likelihood ratio over replicates, at every n; or (measure = lost) the share of the "
                   "neighbour's samples that theta gives no density to, 0 where nothing is lost (Clopper-Pearson)",
       .null_law = std::string(null_law::student) + "; of a share: " + null_law::binomial,
       .margin = "0.01: one per cent of probability",
       .control = "Uniform(0, theta) against theta + h/n: exp(-h) in the limit, the rest lies where theta has nothing",
       .options = {margin_option("0.01"),
                   length_option_of("0.5"),
                   {"measure", "the mean of the ratio, or what is lost", "ratio", {"ratio", "lost"}}},
       .source = "van der Vaart (1998), Asymptotic Statistics, section 6.2"},
      &ask_contiguity};
}

}  // namespace fisherlab::claims
