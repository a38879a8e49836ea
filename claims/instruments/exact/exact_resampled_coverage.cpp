#include "claims/instruments/exact/exact_resampled_coverage.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>
#include <vector>

#include "base/special/distributions.hpp"
#include "base/special/incomplete_beta.hpp"
#include "claims/instruments/probes/resampled_intervals.hpp"

namespace fisherlab::claims {
namespace {

using Cdf = std::function<double(double)>;

/// P(K >= k), K ~ Binomial(trials, p), 1 <= k <= trials.
double at_least(int k, int trials, double p) {
  return incomplete_beta({static_cast<double>(k), static_cast<double>(trials - k + 1)}, std::clamp(p, 0.0, 1.0));
}

struct Asked {
  Law const& law;
  std::int64_t n;
  IntervalKind const& kind;
  Ranks ranks;
};

// ---- pivots ---------------------------------------------------------------------------------------------------------

/// P(x + x*_(r) <= 0 <= x + x*_(s)).
double percentile_coverage(Asked const& asked, Cdf const& of_sample, Cdf const& of_resample) {
  auto const at_most = [&](int place) {
    return mean_over(of_sample, [&](double x) { return at_least(place, asked.kind.resamples, of_resample(-x)); });
  };
  return at_most(asked.ranks.lower) - at_most(asked.ranks.upper);
}

/// P(T_(r) <= T <= T_(s)) of B + 1 draws of one law.
double pivot_coverage(Asked const& asked) {
  return static_cast<double>(asked.ranks.upper - asked.ranks.lower) / (asked.kind.resamples + 1);
}

std::optional<double> coverage(Asked const& asked, sim::ScaledEstimate const& form) {
  if (asked.kind.method == IntervalMethod::parametric_t) return pivot_coverage(asked);
  if (asked.kind.method != IntervalMethod::parametric_percentile) return std::nullopt;
  auto const cdf = log_ratio_cdf(form);
  return percentile_coverage(asked, cdf, cdf);
}

std::optional<double> coverage(Asked const& asked, sim::LocatedEstimate const& form) {
  if (asked.kind.method == IntervalMethod::parametric_t) return pivot_coverage(asked);
  if (asked.kind.method != IntervalMethod::parametric_percentile) return std::nullopt;
  if (form.degrees == std::numeric_limits<double>::infinity())
    return percentile_coverage(asked, &normal_cdf, &normal_cdf);
  // The error in units of the estimated standard error of the resamples.
  double const root = std::sqrt(form.degrees / static_cast<double>(asked.n));
  return percentile_coverage(
      asked, [&](double x) { return student_cdf(root * x, Degrees{form.degrees}); }, &normal_cdf);
}

// ---- counts ---------------------------------------------------------------------------------------------------------

/// Of the resamples of one total: the probabilities of estimates below the truth, and up to it.
struct Shares {
  double below = 0, up_to = 0;
};

Shares shares_of(sim::CountedEstimate const& form, double truth) {
  Shares shares;
  for (double k = 0; k <= form.last; ++k) {
    double const estimate = form.outcome(k).estimate, p = form.probability(k);
    if (estimate < truth) shares.below += p;
    if (estimate <= truth) shares.up_to += p;
  }
  return shares;
}

/// P(t*_(r) <= truth <= t*_(s)) for one total. On the edge of the space all resamples are the estimate.
double coverage_given(Asked const& asked, double estimate) {
  double const truth = asked.law.theta[0];
  std::vector const at{estimate};
  if (!asked.law.model->in_space(at)) return estimate == truth ? 1 : 0;
  auto const form = asked.law.model->offers().law_of_estimate(at, 0, asked.n);
  auto const shares = shares_of(std::get<sim::CountedEstimate>(*form), truth);
  int const count = asked.kind.resamples;
  return at_least(asked.ranks.lower, count, shares.up_to) - at_least(asked.ranks.upper, count, shares.below);
}

std::optional<double> coverage(Asked const& asked, sim::CountedEstimate const& form) {
  bool const is_bernoulli = asked.law.model->offers().trials == 1.0;
  bool const is_percentile = asked.kind.method == IntervalMethod::parametric_percentile ||
                             (asked.kind.method == IntervalMethod::percentile && is_bernoulli);
  if (!is_percentile) return std::nullopt;
  double sum = 0;
  for (double k = 0; k <= form.last; ++k)
    if (double const p = form.probability(k); p > 1e-14) sum += p * coverage_given(asked, form.outcome(k).estimate);
  return sum;
}

}  // namespace

std::function<double(double)> log_ratio_cdf(sim::ScaledEstimate const& law) {
  return [law](double x) {
    double const below = law.cdf(law.mean * std::exp(-law.power * x));
    return law.power > 0 ? 1 - below : below;
  };
}

double mean_over(std::function<double(double)> const& cdf, std::function<double(double)> const& f) {
  constexpr double tail = 1e-13;
  constexpr std::size_t steps = 4000;
  double low = -1, high = 1;
  while (cdf(low) > tail && low > -1e6) low *= 1.25;
  while (cdf(high) < 1 - tail && high < 1e6) high *= 1.25;
  std::vector<double> p, value;
  double const first = std::asinh(low), last = std::asinh(high);
  for (std::size_t k = 0; k <= steps; ++k) {
    double const x = std::sinh(first + (last - first) * static_cast<double>(k) / steps);
    p.push_back(cdf(x));
    value.push_back(f(x));
  }
  auto const sum_over = [&](std::size_t stride) {
    double sum = p.front() * value.front() + (1 - p.back()) * value.back();
    for (std::size_t k = stride; k <= steps; k += stride)
      sum += 0.5 * (value[k - stride] + value[k]) * (p[k] - p[k - stride]);
    return sum;
  };
  // The error of the sum falls as the square of the step, but for what Richardson's extrapolation leaves.
  return (4 * sum_over(1) - sum_over(2)) / 3;
}

std::optional<double> exact_resampled_coverage(Law const& law, std::size_t a, std::int64_t n, IntervalKind const& kind,
                                               double alpha) {
  auto const& law_of_estimate = law.model->offers().law_of_estimate;
  if (!law_of_estimate) return std::nullopt;
  auto const exact = law_of_estimate(law.theta, a, n);
  if (!exact) return std::nullopt;
  Asked const asked{law, n, kind, ranks_of(kind.resamples, alpha)};
  return std::visit([&](auto const& form) { return coverage(asked, form); }, *exact);
}

}  // namespace fisherlab::claims
