#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/special/quantiles.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/instruments/maps/neighbour.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/test_statistics.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/catalogue.hpp"
#include "sim/math/is_number.hpp"

namespace fisherlab::claims {
namespace {

constexpr double level = 0.05;

/// P(chi^2_p(noncentrality) > c): a Poisson mixture of central laws.
double noncentral_tail(double c, double degrees, double noncentrality) {
  double weight = std::exp(-0.5 * noncentrality);
  double tail = 0, seen = 0;
  for (int j = 0; seen < 1 - 1e-14 && j < 10'000; ++j) {
    tail += weight * (1 - chi_squared_cdf(c, {degrees + 2 * j}));
    seen += weight;
    weight *= 0.5 * noncentrality / (j + 1);
  }
  return tail;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  double const length = number_option(the_case, "length");
  expects(std::fabs(length) <= 10, "the length of h lies within 10, set another length");
  double const noncentrality = number_option(the_case, "factor") * length * length;
  expects(noncentrality >= 0, "the factor of h'Ih is not negative, set another factor");
  auto const test = text_option(the_case, "test");
  auto const degrees = static_cast<double>(law.theta.size());
  double const point = std::pow(chi_critical(static_cast<std::int64_t>(law.theta.size()), level), 2);
  double const power = noncentral_tail(point, degrees, noncentrality);
  auto const statistic = test == "rao"    ? score_statistic(law)
                         : test == "wald" ? wald_statistic(law)
                                          : likelihood_ratio(law);
  auto const add_probe = [&](double sign, std::int64_t n) {
    question.scenarios.push_back(
        {{law, neighbour(law, {sign * length, 1 / std::sqrt(static_cast<double>(n))}), {}}, n});
    Probe probe;
    probe.scenario = question.scenarios.size() - 1;
    probe.shape.successes = 1;
    probe.needs_scores = test == "rao";
    if (test != "rao") probe.estimator = estimators::make_estimator("mle", law.model);
    probe.observe = [statistic, point](Batch const& batch, sim::Observed& out) {
      sim::Lanes const value = statistic(batch);
      drop_unknown(to_set(is_number(value)), out);  // elsewhere it cannot be computed
      out.successes[0] = static_cast<sim::LaneSet>(to_set(value > sim::Lanes(point)) & out.used);
    };
    question.probes.push_back(std::move(probe));
    return question.probes.size() - 1;
  };
  for (auto const n : the_case.sizes) {
    // The term of the order 1/sqrt n is odd in h.
    auto const plus = add_probe(1, n), minus = add_probe(-1, n);
    Asked asked;
    asked.statistic = "power of the 5 % " + test +
                      " test, mean over h and -h with h'Ih = " + exact_text(length * length) + ", against chi^2(" +
                      exact_text(noncentrality) + ")";
    asked.n = std::to_string(n);
    asked.region = {RegionKind::equal, power, number_option(the_case, "margin"), {}};
    asked.reads = {plus, minus};
    asked.measure = [plus, minus](std::span<sim::Tally const> tallies, double alpha) {
      auto const share = [&](sim::Tally const& tally) {
        return proportion_interval({tally.successes[0], tally.count, tally.dropped}, 0.5 * alpha);
      };
      auto const a = share(tallies[plus]), b = share(tallies[minus]);
      return measured({},
                      {0.5 * (a.estimate + b.estimate), 0.5 * std::hypot(a.std_error, b.std_error),
                       0.5 * (a.lower + b.lower), 0.5 * (a.upper + b.upper)},
                      std::min(tallies[plus].count, tallies[minus].count),
                      tallies[plus].dropped + tallies[minus].dropped);
    };
    question.findings.push_back(std::move(asked));
  }
}

}  // namespace

Claim local_power() {
  return {
      {.id = "local-power",
       .statement = "beyond, local asymptotic normality",
       .title = "The three tests have the power of a noncentral chi^2 at neighbours",
       .formula = "P_{theta + h/sqrt n}(statistic > c) -> P(chi^2_p(h'Ih) > c)",
       .evidence = "samples of the neighbours on both sides, tested for theta at 5 %: the mean share that is rejected "
                   "against the noncentral law",
       .null_law = null_law::binomial,
       .margin = "0.03: three rejections in a hundred; the law is a limit, so n is large",
       .control = "twice the noncentrality (factor = 2)",
       .options = {margin_option("0.03"),
                   {"test", "likelihood ratio, score, or estimate", "wilks", {"wilks", "rao", "wald"}},
                   {"length", "of h, in standard errors", "2", {}},
                   {"factor", "of h'Ih in the noncentrality", "1", {}}},
       .source = "van der Vaart (1998), Asymptotic Statistics, section 15.2 and theorem 16.7"},
      &ask};
}

}  // namespace fisherlab::claims
