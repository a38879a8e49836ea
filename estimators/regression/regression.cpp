#include "estimators/regression/regression.hpp"

#include <cmath>
#include <limits>

#include "base/special/distributions.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using sim::Lanes;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<Lanes> as_lanes(VectorXd const& v) { return {v.data(), v.data() + v.size()}; }
VectorXd first_lane(std::vector<Lanes> const& v) {
  VectorXd result(static_cast<Index>(v.size()));
  for (std::size_t i = 0; i < v.size(); ++i) result[static_cast<Index>(i)] = v[i][0];
  return result;
}

/// Least squares of a first guess at eta.
LanePoint first_point(Family family, RegressionDesign const& design, VectorXd const& y) {
  VectorXd guess(y.size());
  for (Index i = 0; i < y.size(); ++i) {
    double const w = design.weight(i), share = (w * y[i] + 0.5) / (w + 1);
    guess[i] = (family == Family::logistic ? sim::log(share / (1 - share)) : sim::log(y[i] + 0.1)) - design.offset(i);
  }
  return {as_lanes(design.coordinates(guess)), 0.0};
}

/// Log of the size by moments of the fitted Poisson regression.
double first_log_size(RegressionDesign const& design, VectorXd const& y, LanePoint const& point) {
  double squares = 0, excess = 0;
  for_each_row(Family::poisson, design, y, point, [&](Index i, LaneRow const& row) {
    double const m = row.mean[0];
    squares += design.weight(i) * m * m;
    excess += design.weight(i) * ((y[i] - m) * (y[i] - m) - m);
  });
  return excess > 0 ? std::fmin(sim::log(squares / excess), 7.0) : 7.0;
}

/// The point of the maximum; the size of negative binomial laws from that of Poisson's.
LaneFit search(Family family, RegressionDesign const& design, VectorXd const& y) {
  auto const start = first_point(family, design, y);
  if (family != Family::negative_binomial) return fit_lanes(family, design, y, start);
  auto fit = fit_lanes(Family::poisson, design, y, start);
  if (fit.found == 0) return fit;
  fit.point.log_size = first_log_size(design, y, fit.point);
  return fit_lanes(family, design, y, fit.point);
}

LaneFit least_squares(RegressionDesign const& design, VectorXd const& y) {
  VectorXd rest(y.size());
  for (Index i = 0; i < y.size(); ++i) rest[i] = y[i] - design.offset(i);
  return {{as_lanes(design.coordinates(rest)), 0.0}, 0.0, sim::all_lanes};
}

/// y log(y/m) - (y - m), 0 log 0 = 0.
double divergence(double y, double m) { return (y > 0 ? y * sim::log(y / m) : 0) - (y - m); }

/// Half the deviance of a row of weight 1: what its log likelihood lacks to that at mean y.
double half_deviance(RegressionFit const& fit, double y, double m) {
  switch (fit.family) {
    case Family::linear:
      return 0.5 * (y - m) * (y - m);
    case Family::logistic:
      return divergence(y, m) + divergence(1 - y, 1 - m);
    case Family::poisson:
      return divergence(y, m);
    case Family::negative_binomial:
      break;
  }
  double const r = *fit.size;
  return (y > 0 ? y * sim::log(y / m) : 0) - (y + r) * sim::log((y + r) / (m + r));
}

double variance_function(RegressionFit const& fit, double m) {
  switch (fit.family) {
    case Family::linear:
      return 1;
    case Family::logistic:
      return m * (1 - m);
    case Family::poisson:
      return m;
    case Family::negative_binomial:
      break;
  }
  return m + m * m / *fit.size;
}

/// Leverages, residuals and deviance at the estimate.
void add_rows(RegressionDesign const& design, VectorXd const& y, std::vector<Lanes> const& factor, RegressionFit& fit) {
  auto const n = design.rows();
  for (auto* v : {&fit.leverage, &fit.pearson_residual, &fit.deviance_residual}) v->resize(n);
  auto const p = static_cast<std::size_t>(design.rank());
  std::vector<Lanes> part(p);
  for (Index i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < p; ++j) part[j] = design.row(i)[j];
    sim::solve_lower(factor.data(), static_cast<int>(p), part.data());
    double square = 0;
    for (auto const& each : part) square += each[0] * each[0];
    double const w = design.weight(i), residual = y[i] - fit.mean[i];
    double const half = std::fmax(half_deviance(fit, y[i], fit.mean[i]), 0.0);
    fit.leverage[i] = fit.expected[i] * square;
    fit.pearson_residual[i] = residual * std::sqrt(w / variance_function(fit, fit.mean[i]));
    fit.deviance_residual[i] = std::copysign(std::sqrt(2 * w * half), residual);
  }
  fit.deviance = fit.deviance_residual.squaredNorm();
  fit.pearson = fit.pearson_residual.squaredNorm();
}

/// The log likelihood with its constants.
double log_likelihood(RegressionDesign const& design, VectorXd const& y, RegressionFit const& fit, double searched) {
  double const n = static_cast<double>(design.rows());
  double constants = 0;
  for (Index i = 0; i < design.rows(); ++i) {
    double const w = design.weight(i);
    if (fit.family == Family::linear) constants += 0.5 * sim::log(w);
    if (fit.family == Family::poisson) constants -= w * sim::lgamma(y[i] + 1);
    if (fit.family == Family::logistic && w != 1)
      constants += sim::lgamma(w + 1) - sim::lgamma(w * y[i] + 1) - sim::lgamma(w * (1 - y[i]) + 1);
  }
  if (fit.family != Family::linear) return searched + constants;
  return constants - 0.5 * n * (sim::log(2 * sim::pi * fit.deviance / n) + 1);
}

void add_size(RegressionDesign const& design, VectorXd const& y, LanePoint const& point, RegressionFit& fit) {
  fit.size = sim::exp(point.log_size[0]);
  fit.is_poisson_limit = point.log_size[0] >= largest_log_size(design, y)[0];
  double curve = 0;
  NegativeBinomialRow<double> const row{*fit.size};
  for (Index i = 0; i < design.rows(); ++i) {
    auto const terms = row(y[i], sim::log(fit.mean[i]));
    // In the size: minus the second derivative in its log, brought back by the chain rule.
    curve += design.weight(i) * (terms.size_curve + terms.size_score);
  }
  fit.size_error = *fit.size / std::sqrt(curve);
}

}  // namespace

LanePoint RegressionFit::point() const { return {as_lanes(gamma), size ? Lanes(sim::log(*size)) : Lanes(0.0)}; }

std::vector<std::array<double, sandwich_kinds>> sandwich_errors(RegressionDesign const& design,
                                                                RegressionFit const& fit) {
  auto const p = design.rank();
  auto const factor = lane_factor(design, fit.expected);
  double const n = static_cast<double>(design.rows()), left = n - static_cast<double>(p);
  std::vector<std::array<double, sandwich_kinds>> result(static_cast<std::size_t>(p), {0, 0, 0, 0});
  for (Index a = 0; a < p; ++a) {
    std::vector<Lanes> u = as_lanes(design.contrast(a));
    sim::solve_factorised(factor.data(), static_cast<int>(p), u.data());
    auto& sums = result[static_cast<std::size_t>(a)];
    for (Index i = 0; i < design.rows(); ++i) {
      double pull = 0;
      for (Index j = 0; j < p; ++j) pull += design.row(i)[j] * u[static_cast<std::size_t>(j)][0];
      double const square = pull * pull * fit.score[i] * fit.score[i], rest = 1 - fit.leverage[i];
      sums[0] += square;
      sums[2] += rest > 1e-10 ? square / rest : nan;
      sums[3] += rest > 1e-10 ? square / (rest * rest) : nan;
    }
    sums[1] = sums[0] * n / left;
    for (auto& s : sums) s = std::sqrt(s);
  }
  return result;
}

RegressionFit fit_regression(Family family, RegressionDesign const& design, VectorXd const& y) {
  RegressionFit fit;
  fit.family = family;
  auto const searched = family == Family::linear ? least_squares(design, y) : search(family, design, y);
  fit.gamma = first_lane(searched.point.gamma);
  fit.found = (searched.found & 1u) != 0;
  if (!fit.found) return fit;
  for (auto* v : {&fit.mean, &fit.score, &fit.expected}) v->resize(design.rows());
  for_each_row(family, design, y, searched.point, [&fit](Index i, LaneRow const& row) {
    fit.mean[i] = row.mean[0];
    fit.score[i] = row.score[0];
    fit.expected[i] = row.expected[0];
  });
  if (family == Family::negative_binomial) add_size(design, y, searched.point, fit);
  auto const factor = lane_factor(design, fit.expected);
  add_rows(design, y, factor, fit);
  fit.residual_degrees = static_cast<double>(design.rows() - design.rank());
  if (family == Family::linear) fit.dispersion = fit.deviance / fit.residual_degrees;
  bool const has_further = family == Family::linear || family == Family::negative_binomial;
  fit.parameters = static_cast<int>(design.rank()) + (has_further ? 1 : 0);
  fit.log_likelihood = log_likelihood(design, y, fit, searched.log_likelihood[0]);
  VectorXd const beta = design.inverse() * fit.gamma;
  auto const sandwich = sandwich_errors(design, fit);
  for (Index a = 0; a < design.rank(); ++a) {
    std::vector<Lanes> c = as_lanes(design.contrast(a));
    sim::solve_lower(factor.data(), static_cast<int>(design.rank()), c.data());
    double square = 0;
    for (auto const& each : c) square += each[0] * each[0];
    Coefficient k{design.kept()[static_cast<std::size_t>(a)], beta[a], std::sqrt(fit.dispersion * square)};
    k.statistic = k.estimate / k.std_error;
    double const size = std::fabs(k.statistic);
    k.p_value = 2 * (family == Family::linear ? student_cdf(-size, {fit.residual_degrees}) : normal_cdf(-size));
    k.sandwich = sandwich[static_cast<std::size_t>(a)];
    fit.coefficients.push_back(k);
  }
  return fit;
}

VectorXd cook_distances(RegressionFit const& fit) {
  double const p = static_cast<double>(fit.coefficients.size());
  VectorXd result(fit.leverage.size());
  for (Index i = 0; i < result.size(); ++i) {
    double const h = fit.leverage[i], e = fit.pearson_residual[i] / (1 - h);
    result[i] = 1 - h > 1e-10 ? e * e * h / (fit.dispersion * p) : nan;
  }
  return result;
}

Eigen::MatrixXd dfbetas(RegressionDesign const& design, RegressionFit const& fit) {
  auto const p = design.rank(), n = design.rows();
  auto const factor = lane_factor(design, fit.expected);
  double const unit = std::sqrt(fit.dispersion), degrees = fit.residual_degrees - 1;
  Eigen::MatrixXd result(n, p);
  for (Index a = 0; a < p; ++a) {
    std::vector<Lanes> u = as_lanes(design.contrast(a));
    sim::solve_factorised(factor.data(), static_cast<int>(p), u.data());
    double const error = fit.coefficients[static_cast<std::size_t>(a)].std_error / unit;
    for (Index i = 0; i < n; ++i) {
      double pull = 0;
      for (Index j = 0; j < p; ++j) pull += design.row(i)[j] * u[static_cast<std::size_t>(j)][0];
      double const d = fit.deviance_residual[i], rest = 1 - fit.leverage[i];
      double const variance = (fit.deviance - d * d / rest) / degrees;
      result(i, a) = rest > 1e-10 ? pull * std::sqrt(fit.expected[i]) * d / (rest * std::sqrt(variance) * error) : nan;
    }
  }
  return result;
}

}  // namespace fisherlab::estimators
