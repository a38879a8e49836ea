#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// h = length I^-1/2 e, e along the diagonal of whitened theta: h'Ih = length^2.
std::vector<double> step_of(Law const& law, double length) {
  auto const whitening = score_whitening(law);
  auto const p = law.theta.size();
  std::vector<double> h(p);
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b)
      h[a] += length * whitening.entries[a * p + b] / std::sqrt(static_cast<double>(p));
  return h;
}

double length_option(Case const& the_case) {
  double const length = number_option(the_case, "length");
  expects(std::fabs(length) > 0 && std::fabs(length) <= 10, "the length of h lies within 10 and is not 0, set another");
  return length;
}

std::vector<Lanes> moved(Law const& law, std::vector<double> const& h, double scale) {
  std::vector<double> theta = law.theta;
  for (std::size_t a = 0; a < theta.size(); ++a) theta[a] += scale * h[a];
  expects(law.model->in_space(theta),
          "theta + h leaves the space of " + law.model->card().name + ", choose a larger n or a shorter h");
  return {theta.begin(), theta.end()};
}

/// log p_n(theta + s h)/p_n(theta).
Lanes log_ratio(Law const& law, std::vector<Lanes> const& there, Batch const& batch) {
  std::vector<Lanes> const here(law.theta.begin(), law.theta.end());
  return law.model->log_likelihood(batch.sample, there.data()) - law.model->log_likelihood(batch.sample, here.data());
}

void ask_normality(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  double const length = length_option(the_case);
  auto const h = step_of(law, length);
  double const half = number_option(the_case, "factor") * length * length;
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    double const scale = 1 / std::sqrt(static_cast<double>(question.scenarios[k].n));
    auto probe = number_probe(
        k, 1, nullptr,
        [law, h, scale, half, there = moved(law, h, scale)](Batch const& batch, Lanes* out, sim::Observed&) {
          Lanes linear(0.0);
          for (std::size_t a = 0; a < h.size(); ++a) linear += scale * h[a] * batch.scores.score[a];
          Lanes const remainder = log_ratio(law, there, batch) - (linear - half);
          out[0] = remainder * remainder;
        });
    probe.needs_scores = true;
    question.probes.push_back(std::move(probe));
    probes.push_back(question.probes.size() - 1);
  }
  add_limit(question, probes,
            {.statistic = "mean squared remainder of the log likelihood ratio",
             .rate = expected_rate(the_case),
             .margin = number_option(the_case, "margin")},
            [](sim::Tally const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
}

void ask_contiguity(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  bool const is_regular = law.model->card().regularity == sim::Regularity::regular;
  auto const h = step_of(law, length_option(the_case));
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto const n = static_cast<double>(question.scenarios[k].n);
    // What can be told apart by n observations lies 1/sqrt(n) off where the law is regular, 1/n where its support
    // moves.
    auto const there = moved(law, h, is_regular ? 1 / std::sqrt(n) : 1 / n);
    add_mean(question, k, "mean of the likelihood ratio of a neighbour",
             exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")), nullptr,
             [law, there](Batch const& batch, Lanes* out, sim::Observed&) {
               out[0] = sim::exp(log_ratio(law, there, batch));
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
       .formula = "log p_n(theta + h/sqrt n)/p_n(theta) = h'S/sqrt n - h'Ih/2 + o(1)",
       .evidence = "the mean squared remainder over a grid of n, interval of a mean; its rate",
       .null_law = null_law::student,
       .margin = "0.01 at the largest n: a tenth of the standard deviation of the ratio for h'Ih = 1",
       .control = "without the term h'Ih/2 (factor = 0)",
       .options = {margin_option("0.01"), rate_option("1"), length_option_of("1"), {"factor", "of h'Ih", "0.5", {}}},
       .source = "Le Cam (1960), Univ. California Publ. Statist. 3, 37-98; van der Vaart (1998), Asymptotic "
                 "Statistics, theorem 7.2"},
      &ask_normality};
}

Claim contiguity() {
  return {
      {.id = "contiguity",
       .statement = "beyond, local asymptotic normality",
       .title = "No probability is lost on the way to a neighbour: the likelihood ratio has the mean 1",
       .formula = "E_theta p_n(theta + h/sqrt n)/p_n(theta) = 1",
       .evidence = "the mean of the likelihood ratio over replicates, at every n; Student",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of probability",
       .control = "Uniform(0, theta) against theta + h/n: exp(-h) in the limit, the rest lies where theta has nothing",
       .options = {margin_option("0.01"), length_option_of("0.5")},
       .source = "van der Vaart (1998), Asymptotic Statistics, section 6.2"},
      &ask_contiguity};
}

}  // namespace fisherlab::claims
