#include "estimators/regression/checks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

constexpr double least_part = 1e-8;  ///< of eta^2 that must be its own
constexpr Index most_sorted = 50'000;

/// Squared Pearson residual; 0 where the variance underflowed.
Lanes squared(LaneRows const& rows, std::size_t i) {
  return select(rows.expected[i] > Lanes(0.0), rows.score[i] * rows.score[i] / rows.expected[i], Lanes(0.0));
}

Lanes dispersion_of(RegressionDesign const& design, LaneRows const& rows) {
  Lanes sum = 0.0;
  for (std::size_t i = 0; i < rows.score.size(); ++i) sum += squared(rows, i);
  return sum / static_cast<double>(design.rows() - design.rank());
}

/// Numerator and denominator of the score test, and the length of eta^2 to compare the latter with. The squares are
/// taken about the mean of eta, which changes nothing where there is an intercept and keeps digits.
struct LinkParts {
  Lanes numerator = 0.0, own = 0.0, length = 0.0;
};
LinkParts link_parts(RegressionDesign const& design, LaneResiduals const& r) {
  auto const p = static_cast<std::size_t>(design.rank());
  auto const n = static_cast<std::size_t>(design.rows());
  Lanes centre = 0.0;
  for (auto const& eta : r.rows.eta) centre += eta / static_cast<double>(n);
  LinkParts parts;
  std::vector<Lanes> b(p, Lanes(0.0));
  for (std::size_t i = 0; i < n; ++i) {
    Lanes const off = r.rows.eta[i] - centre, square = off * off, weighted = square * r.rows.expected[i];
    parts.numerator += square * r.rows.score[i];
    parts.length += square * weighted;
    double const* const z = design.row(static_cast<Index>(i));
    for (std::size_t j = 0; j < p; ++j) b[j] += z[j] * weighted;
  }
  sim::solve_lower(r.factor.data(), static_cast<int>(p), b.data());
  parts.own = parts.length;
  for (auto const& each : b) parts.own -= each * each;
  return parts;
}

Lanes link_of(RegressionDesign const& design, LaneResiduals const& r) {
  auto const parts = link_parts(design, r);
  return parts.numerator * parts.numerator / (parts.own * r.dispersion);
}

Lanes variance_of(RegressionDesign const& design, LaneRows const& rows) {
  auto const p = static_cast<std::size_t>(design.rank());
  double const n = static_cast<double>(design.rows()), w = design.weight(0);
  std::vector<Lanes> b(p, Lanes(0.0));
  Lanes sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < rows.score.size(); ++i) {
    Lanes const e = squared(rows, i);
    sum += e;
    squares += e * e;
    for (std::size_t j = 0; j < p; ++j) b[j] += w * design.row(static_cast<Index>(i))[j] * e;
  }
  Lanes explained = 0.0;
  for (auto const& each : b) explained += each * each;
  Lanes const about_zero = sum * sum / n;
  return n * (explained / w - about_zero) / (squares - about_zero);
}

Lanes normality_of(LaneResiduals const& r) {
  auto const n = r.rows.score.size();
  Lanes result = 0.0;
  std::vector<double> u(n);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    for (std::size_t i = 0; i < n; ++i) {
      double const scale =
          std::sqrt(r.dispersion[lane] * r.rows.expected[i][lane] * std::max(1 - r.leverage[i][lane], 1e-10));
      u[i] = r.rows.score[i][lane] / scale;
    }
    std::sort(u.begin(), u.end());
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double const lower = std::max(sim::normal_cdf(u[i]), 1e-300);
      double const upper = std::max(sim::normal_cdf(-u[n - 1 - i]), 1e-300);
      sum += (2 * static_cast<double>(i) + 1) * (sim::log(lower) + sim::log(upper));
    }
    result.set(lane, -static_cast<double>(n) - sum / static_cast<double>(n));
  }
  return result;
}

Lanes neighbours_of(LaneRows const& rows) {
  Lanes products = 0.0, squares = 0.0, before = 0.0;
  for (std::size_t i = 0; i < rows.score.size(); ++i) {
    Lanes const square = squared(rows, i);
    Lanes const residual = select(rows.score[i] < Lanes(0.0), -sqrt(square), sqrt(square));
    products += residual * before;
    squares += square;
    before = residual;
  }
  return products / squares;
}

Lanes statistic_of(RegressionCheck check, RegressionDesign const& design, LaneResiduals const& r) {
  switch (check) {
    case RegressionCheck::dispersion:
      return dispersion_of(design, r.rows);
    case RegressionCheck::link:
      return link_of(design, r);
    case RegressionCheck::variance:
      return variance_of(design, r.rows);
    case RegressionCheck::normality:
      return normality_of(r);
    case RegressionCheck::neighbours:
      break;
  }
  return neighbours_of(r.rows);
}

bool has_intercept(RegressionDesign const& design) {
  auto const ones = design.coordinates(Eigen::VectorXd::Ones(design.rows()));
  double rest = 0, length = 0;
  for (Index i = 0; i < design.rows(); ++i) {
    double fitted = 0;
    for (Index j = 0; j < design.rank(); ++j) fitted += design.row(i)[j] * ones[j];
    rest += design.weight(i) * (1 - fitted) * (1 - fitted);
    length += design.weight(i);
  }
  return rest < 1e-16 * length;
}

}  // namespace

LaneResiduals residuals_at(Family family, RegressionDesign const& design, Lanes const* y, LanePoint const& point) {
  LaneResiduals r;
  r.rows = rows_at(family, design, y, point);
  r.factor = lane_factor(design, r.rows.expected);
  auto const p = static_cast<std::size_t>(design.rank());
  std::vector<Lanes> part(p);
  for (std::size_t i = 0; i < r.rows.score.size(); ++i) {
    for (std::size_t j = 0; j < p; ++j) part[j] = design.row(static_cast<Index>(i))[j];
    sim::solve_lower(r.factor.data(), static_cast<int>(p), part.data());
    Lanes square = 0.0;
    for (auto const& each : part) square += each * each;
    r.leverage.push_back(r.rows.expected[i] * square);
  }
  if (family == Family::linear) r.dispersion = dispersion_of(design, r.rows);
  return r;
}

std::vector<RegressionCheck> checks_for(RegressionDesign const& design, Eigen::VectorXd const& y,
                                        RegressionFit const& fit) {
  std::vector<RegressionCheck> result;
  bool has_trials = false, has_one_weight = true;
  for (Index i = 0; i < design.rows(); ++i) {
    has_trials = has_trials || design.weight(i) > 1;
    has_one_weight = has_one_weight && design.weight(i) == design.weight(0);
  }
  bool const is_linear = fit.family == Family::linear;
  if (!is_linear && (fit.family != Family::logistic || has_trials)) result.push_back(RegressionCheck::dispersion);
  std::vector<Lanes> const lanes(y.data(), y.data() + y.size());
  auto const parts = link_parts(design, residuals_at(fit.family, design, lanes.data(), fit.point()));
  bool const is_own = parts.own[0] > least_part * parts.length[0] && fit.residual_degrees > 1;
  if (is_own) result.push_back(RegressionCheck::link);
  if (is_linear && has_one_weight && has_intercept(design) && design.rank() > 1)
    result.push_back(RegressionCheck::variance);
  if (is_linear && design.rows() <= most_sorted) result.push_back(RegressionCheck::normality);
  bool const is_sorted = std::is_sorted(y.begin(), y.end()) || std::is_sorted(y.begin(), y.end(), std::greater<>());
  if (design.rows() >= 10 && !is_sorted) result.push_back(RegressionCheck::neighbours);
  return result;
}

std::vector<Lanes> check_statistics(std::vector<RegressionCheck> const& checks, RegressionDesign const& design,
                                    LaneResiduals const& residuals) {
  std::vector<Lanes> result;
  for (auto const check : checks) result.push_back(statistic_of(check, design, residuals));
  return result;
}

}  // namespace fisherlab::estimators
