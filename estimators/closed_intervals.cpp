#include "estimators/closed_intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include "base/special/distributions.hpp"
#include "base/special/inverse_laws.hpp"

namespace fisherlab::estimators {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What the forms of the law have in common.
struct Asked {
  sim::BatchModel const& model;
  double n, level;

  double tail() const { return 0.5 * (1 - level); }
};

using Intervals = std::vector<ClosedInterval>;

Intervals of_form(Asked const& asked, sim::LocatedEstimate const& law) {
  if (!(law.degrees < infinity)) return {};  // Wald's interval is exact
  double const reach = -student_quantile(asked.tail(), Degrees{law.degrees}) * std::sqrt(asked.n / law.degrees);
  return {{"Student's t", [reach](double estimate, double std_error) {
             return Bounds{estimate - reach * std_error, estimate + reach * std_error};
           }}};
}

/// g with cdf(g) = p of a law on the half-line, by bisection to the last bit.
double inverted(std::function<double(double)> const& cdf, double p, double start) {
  double low = start, high = start;
  while (cdf(low) > p && low > 0) low *= 0.5;
  while (cdf(high) < p && high < infinity) high *= 2;
  for (double middle = 0.5 * (low + high); middle > low && middle < high; middle = 0.5 * (low + high))
    (cdf(middle) < p ? low : high) = middle;
  return high;
}

Intervals of_form(Asked const& asked, sim::ScaledEstimate const& law) {
  auto const factor = [&](double p) { return std::pow(inverted(law.cdf, p, law.mean) / law.mean, 1 / law.power); };
  double const one = factor(asked.tail()), other = factor(1 - asked.tail());
  double const low = std::min(one, other), high = std::max(one, other);
  // G is chi-squared where a mean was estimated beside the scale, else a gamma variable.
  std::string const name = asked.model.parameter_count() > 1 ? "chi-squared" : "gamma pivot";
  return {{name, [low, high](double estimate, double) { return Bounds{low * estimate, high * estimate}; }}};
}

/// Quantiles of beta laws; the end of the space where a law has no successes or no failures.
Bounds beta_bounds(double tail, BetaLaw const& lower, BetaLaw const& upper) {
  return {lower.successes > 0 ? beta_quantile(tail, lower) : 0.0,
          upper.failures > 0 ? beta_quantile(1 - tail, upper) : 1.0};
}

Intervals of_trials(double trials, Asked const& asked) {
  double const tail = asked.tail(), z = -normal_quantile(tail);
  return {{"Clopper-Pearson",
           [trials, tail](double estimate, double) {
             double const k = std::round(trials * estimate);
             return beta_bounds(tail, {k, trials - k + 1}, {k + 1, trials - k});
           }},
          {"Agresti-Coull", [trials, z](double estimate, double) {
             double const total = trials + z * z, centre = (trials * estimate + 0.5 * z * z) / total;
             double const reach = z * std::sqrt(centre * (1 - centre) / total);
             return Bounds{std::max(centre - reach, 0.0), std::min(centre + reach, 1.0)};
           }}};
}

Intervals of_form(Asked const& asked, sim::CountedEstimate const&) {
  auto const& trials = asked.model.offers().trials;
  if (trials) return of_trials(asked.n * *trials, asked);
  double const tail = asked.tail(), n = asked.n;
  if (asked.model.card().domains[0] == sim::Domain::positive)
    return {
        {"Garwood", [n, tail](double estimate, double) {
           double const k = std::round(n * estimate);
           return Bounds{k > 0 ? gamma_quantile(tail, Shape{k}) / n : 0.0, gamma_quantile(1 - tail, Shape{k + 1}) / n};
         }}};
  // Large p goes with few failures: P(K <= k) = P(Beta(n, k + 1) <= p), P(K >= k) = P(Beta(n, k) > p).
  return {{"exact tails", [n, tail](double estimate, double) {
             double const k = std::round(n / estimate - n);
             return beta_bounds(tail, {n, k + 1}, {n, k});
           }}};
}

}  // namespace

std::vector<ClosedInterval> closed_intervals(sim::BatchModel const& model, std::span<double const> theta, std::size_t a,
                                             std::int64_t n, double level) {
  auto const& law_of_estimate = model.offers().law_of_estimate;
  if (!law_of_estimate) return {};
  auto const law = law_of_estimate(theta, a, n);
  if (!law) return {};
  Asked const asked{model, static_cast<double>(n), level};
  return std::visit([&](auto const& form) { return of_form(asked, form); }, *law);
}

}  // namespace fisherlab::estimators
