#include "claims/instruments/probes/tallied_measures.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "claims/evidence/ratio.hpp"
#include "claims/instruments/probes/jackknife.hpp"

namespace fisherlab::claims {
namespace {

/// The squared errors (e - mean)^2 over their mean, as a linear form of (e, e^2, squared standard error).
std::vector<double> relative_squares(sim::Moments const& moments, int b) {
  double const variance = moments.variance(b);
  return {-2 * moments.mean[static_cast<std::size_t>(b)] / variance, 1 / variance, 0};
}

/// Measures that need the reported standard errors.
void add_model_based(PerformanceRow& row, TalliedComponent const& component) {
  auto const& [tally, b, powers, unit] = component;
  auto const replicates = static_cast<double>(tally.count);
  double const mean_square = tally.moments.mean[static_cast<std::size_t>(b + 2)];
  double const spread = tally.moments.variance(b + 2);
  double const model_se = std::sqrt(mean_square);
  double const emp_se = row.emp_se.value / unit;
  double const relative_variance = spread / (4 * replicates * mean_square * mean_square);
  row.model_se = {unit * model_se, unit * model_se * std::sqrt(relative_variance)};
  if (emp_se > 0 && mean_square > 0) {
    double const variance =
        jackknife_variance_of_root(tally.powers[powers], {0, 0, 1 / mean_square}, relative_squares(tally.moments, b));
    row.relative_se_error = {model_se / emp_se - 1, model_se / emp_se * std::sqrt(variance)};
  }
}

Interval root_of(Interval const& x) {
  if (!(x.estimate > 0)) return vacuous_interval();
  double const root = std::sqrt(x.estimate);
  if (!std::isfinite(x.lower) || !std::isfinite(x.upper))
    return open_interval(root, x.std_error / (2 * root), x.reason, x.needed);
  return {root, x.std_error / (2 * root), std::sqrt(std::max(x.lower, 0.0)), std::sqrt(x.upper), x.reason, x.needed};
}

}  // namespace

Interval std_error_ratio(TalliedComponent const& component, double alpha) {
  auto const& m = component.tally.moments;
  auto const& powers = component.tally.powers[component.powers];
  int const b = component.first;
  auto const count = static_cast<double>(m.count);
  double const c = count / (count - 1), mean = m.mean[static_cast<std::size_t>(b)];
  PairMoments pair;
  pair.numerator = m.mean[static_cast<std::size_t>(b + 2)];
  pair.denominator = m.variance(b);
  pair.variance_of_numerator = m.variance(b + 2);
  pair.variance_of_denominator =
      c * c * (m.variance(b + 1) - 4 * mean * m.covariance(b, b + 1) + 4 * mean * mean * m.variance(b));
  pair.covariance = c * (m.covariance(b + 1, b + 2) - 2 * mean * m.covariance(b, b + 2));
  pair.count = m.count;
  pair.less = [&](double rho) {
    auto const central = powers.along(std::vector{2 * c * rho * mean, -c * rho, 1.0});
    return sample_moments_of(pair.numerator - rho * pair.denominator, central.data(), m.count);
  };
  return root_of(ratio_of_means(pair, alpha));
}

Estimated share_measured(double share, double replicates) {
  return {share, std::sqrt(share * (1 - share) / replicates)};
}

void add_measures(PerformanceRow& row, TalliedComponent const& component, bool has_std_errors) {
  auto const& [tally, b, powers, unit] = component;
  auto const replicates = static_cast<double>(tally.count);
  double const bias = tally.moments.mean[static_cast<std::size_t>(b)];
  double const se = std::sqrt(tally.moments.variance(b));
  row.mean = row.truth + unit * bias;
  row.bias = {unit * bias, unit * se / std::sqrt(replicates)};
  if (row.truth != 0) row.relative_bias = {row.bias.value / row.truth, row.bias.mcse / std::fabs(row.truth)};
  row.emp_se = {unit * se, se > 0 ? unit * se *
                                        std::sqrt(jackknife_variance_of_root(tally.powers[powers],
                                                                             relative_squares(tally.moments, b),
                                                                             std::vector<double>(measured_values)))
                                  : 0};
  row.mse = {unit * unit * tally.moments.mean[static_cast<std::size_t>(b + 1)],
             unit * unit * std::sqrt(tally.moments.variance(b + 1) / replicates)};
  if (has_std_errors) add_model_based(row, component);
}

}  // namespace fisherlab::claims
