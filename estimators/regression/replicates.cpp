#include "estimators/regression/replicates.hpp"

#include <limits>

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

LaneFit least_squares(RegressionDesign const& design, Lanes const* y) {
  LaneFit fit;
  fit.found = sim::all_lanes;
  auto const p = static_cast<std::size_t>(design.rank());
  fit.point.gamma.assign(p, Lanes(0.0));
  for (Index i = 0; i < design.rows(); ++i) {
    Lanes const rest = design.weight(i) * (y[i] - design.offset(i));
    for (std::size_t j = 0; j < p; ++j) fit.point.gamma[j] += design.row(i)[j] * rest;
  }
  return fit;
}

/// n log(1 + t^2/(n - p)), from twice the log likelihood ratio of a value t standard errors away.
Lanes linear_ratio(RegressionDesign const& design, CoefficientLanes const& k) {
  double const n = static_cast<double>(design.rows()), left = n - static_cast<double>(design.rank());
  Lanes const t = k.error / k.std_error;
  return n * log1p(t * t / left);
}

/// The sandwich sums of one coefficient: `pull` is H^-1 c.
void add_sandwich(RegressionDesign const& design, LaneResiduals const& r, std::vector<Lanes> const& pull,
                  CoefficientLanes& k) {
  double const n = static_cast<double>(design.rows()), left = n - static_cast<double>(design.rank());
  for (auto& sum : k.sandwich) sum = 0.0;
  for (std::size_t i = 0; i < r.rows.score.size(); ++i) {
    double const* const z = design.row(static_cast<Index>(i));
    Lanes part = 0.0;
    for (std::size_t j = 0; j < pull.size(); ++j) part += z[j] * pull[j];
    part = part * r.rows.score[i];
    Lanes const square = part * part, rest = max(1.0 - r.leverage[i], Lanes(1e-10));
    k.sandwich[0] += square;
    k.sandwich[2] += square / rest;
    k.sandwich[3] += square / (rest * rest);
  }
  k.sandwich[1] = k.sandwich[0] * (n / left);
  for (auto& sum : k.sandwich) sum = sqrt(sum);
}

}  // namespace

std::optional<ReplicateResiduals> RegressionReplicates::residuals(sim::StreamKey const& key) const {
  std::vector<Lanes> y(static_cast<std::size_t>(design.rows()));
  draw_responses(law, design, key, y.data());
  auto const fit =
      family == Family::linear ? least_squares(design, y.data()) : fit_lanes(family, design, y.data(), truth);
  if (fit.found == 0) return std::nullopt;
  return ReplicateResiduals{fit.found, residuals_at(family, design, y.data(), fit.point)};
}

ReplicateLanes RegressionReplicates::observe(sim::StreamKey const& key) const {
  std::vector<Lanes> y(static_cast<std::size_t>(design.rows()));
  draw_responses(law, design, key, y.data());
  bool const is_linear = family == Family::linear;
  auto const fit = is_linear ? least_squares(design, y.data()) : fit_lanes(family, design, y.data(), truth);
  ReplicateLanes result;
  result.found = fit.found;
  if (fit.found == 0) return result;
  auto const r = residuals_at(family, design, y.data(), fit.point);
  auto const p = truth.gamma.size();
  for (Index a = 0; a < design.rank(); ++a) {
    auto const c = design.contrast(a);
    CoefficientLanes k;
    std::vector<Lanes> pull(p);
    for (std::size_t j = 0; j < p; ++j) {
      pull[j] = c[static_cast<Index>(j)];
      k.error += c[static_cast<Index>(j)] * (fit.point.gamma[j] - truth.gamma[j]);
    }
    sim::solve_factorised(r.factor.data(), static_cast<int>(p), pull.data());
    Lanes variance = 0.0;
    for (std::size_t j = 0; j < p; ++j) variance += c[static_cast<Index>(j)] * pull[j];
    k.std_error = sqrt(variance * r.dispersion);
    add_sandwich(design, r, pull, k);
    if (is_linear) {
      k.ratio = linear_ratio(design, k);
    } else {
      LaneConstraint const constraint{c};
      auto const restricted = fit_lanes(family, design, y.data(), truth, &constraint);
      k.ratio = select(sim::to_mask(restricted.found), 2.0 * (fit.log_likelihood - restricted.log_likelihood),
                       Lanes(std::numeric_limits<double>::quiet_NaN()));
    }
    result.coefficients.push_back(k);
  }
  result.checks = check_statistics(checks, design, r);
  return result;
}

}  // namespace fisherlab::estimators
