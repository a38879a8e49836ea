#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "claims/asking.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/instruments/exact/limit_laws.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/pictures/picture_rows.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

constexpr double half_root = 0.70710678118654752440;

/// Pairs of components whose sum and difference are looked at too, so that the
/// joint law is held to the normal one in oblique directions (Cramer and Wold
/// 1936: a joint law is that of its projections).
std::vector<std::pair<std::size_t, std::size_t>> pairs_of(std::size_t r) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < r && r <= 4; ++a)
    for (std::size_t b = 0; b < a; ++b) pairs.emplace_back(a, b);
  return pairs;
}

/// Folds the law of each component of w = sqrt(n) B^-1/2 (t - g), of (w_a +-
/// w_b)/sqrt(2), and of |w| - sqrt(r).
Probe law_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator) {
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  Probe probe;
  probe.scenario = scenario;
  auto const pairs = pairs_of(r);
  probe.shape.positions = static_cast<int>(r + 2 * pairs.size() + 1);
  probe.estimator = estimator;
  probe.observe = [r, pairs, error_of = estimators::EstimationError(*estimator, target.value),
                   whitening = error_whitening(law, target)](Batch const& batch, sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<sim::Lanes> error(r);
    for (std::size_t a = 0; a < r; ++a) error[a] = scale * error_of(*batch.estimates, a);
    whitening.apply(error.data(), out.positions.data());
    sim::Lanes square = 0.0;
    for (std::size_t a = 0; a < r; ++a) square += out.positions[a] * out.positions[a];
    std::size_t place = r;
    for (auto const& [a, b] : pairs) {
      out.positions[place++] = half_root * (out.positions[a] + out.positions[b]);
      out.positions[place++] = half_root * (out.positions[a] - out.positions[b]);
    }
    out.positions[place] = sqrt(square) - std::sqrt(static_cast<double>(r));
  };
  return probe;
}

/// The law of each whitened component at the smallest, the middle and the
/// largest n.
void add_pictures_of_law(Sampled& question, estimators::AnyEstimator const& estimator) {
  std::vector<std::int64_t> sizes;
  for (auto const& scenario : question.scenarios) sizes.push_back(scenario.n);
  question.pictures = [sizes, name = estimator->name(), components = estimator->components()](
                          std::span<sim::Tally const> tallies, std::span<sim::Tally const>) {
    PictureRows rows;
    for (auto const k : shown_sizes(sizes.size()))
      for (std::size_t a = 0; a < components.size(); ++a)
        for (auto& row : distribution_rows(tallies[k].positions[a], tallies[k].count)) {
          row.n = sizes[k];
          row.estimator = name;
          row.component = components[a];
          rows.distributions.push_back(std::move(row));
        }
    return rows;
  };
}

void ask(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  auto const r = estimator->components().size();
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(law_probe(the_case.setting.model, k, estimator));
    probes.push_back(k);
  }
  std::vector<std::vector<double>> edges(r + 2 * pairs_of(r).size(), normal_edges());
  edges.push_back(norm_edges(r));
  Limit const limit{
      .statistic = "largest Kolmogorov distance to the normal law, over directions and norm, " + estimator->name(),
      .rate = expected_rate(the_case),
      .margin = number_option(the_case, "margin")};
  add_limit(question, probes, limit, [edges](sim::Tally const& tally, double alpha) {
    Interval largest{0, 0, 0, 0};
    if (tally.count == 0) return vacuous_interval();
    for (std::size_t h = 0; h < edges.size(); ++h) {
      auto const one =
          kolmogorov_distance(tally.positions[h].cells, edges[h], alpha / static_cast<double>(edges.size()));
      largest = larger_of(largest, one);
    }
    return largest;
  });
  add_pictures_of_law(question, estimator);
}

}  // namespace

Claim asymptotic_normality() {
  return {{.id = "asymptotic-normality",
           .statement = "(6.7)",
           .title = "The standardised estimate tends to the normal law",
           .formula = "sqrt(n) I^1/2 (theta_hat - theta) -> N(0, 1)",
           .evidence = "the Kolmogorov distance of each whitened component, and of sums and differences of two, to "
                       "N(0, 1), and of the norm to chi_p, the largest of them, by the Dvoretzky-Kiefer-Wolfowitz band "
                       "(exact at every R); its rate over n",
           .null_law = null_law::kolmogorov,
           .margin = "0.03: no one-sided probability is off by more than three points in a hundred",
           .control = "Uniform(0, theta), whose maximum has an exponential limit and rate n",
           .options = {margin_option("0.03"), rate_option("0.5")},
           .estimator = "mle",
           .source = "the notes, (6.7)",
           .hypotheses = "A regular model, theta inside its space, independent observations, a consistent root of the "
                         "likelihood equations; n large."},
          &ask};
}

}  // namespace fisherlab::claims
