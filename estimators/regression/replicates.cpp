#include "estimators/regression/replicates.hpp"

#include <limits>
#include <memory>
#include <utility>

#include "estimators/regression/check_sums.hpp"
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

/// What the sandwich sums over the rows for one coefficient.
class SandwichSum {
 public:
  /// `pull`: H^-1 c.
  explicit SandwichSum(std::vector<Lanes> pull) : pull_(std::move(pull)) {}

  void add(double const* z, LaneRow const& row, Lanes const& leverage) {
    Lanes part = 0.0;
    for (std::size_t j = 0; j < pull_.size(); ++j) part += z[j] * pull_[j];
    part = part * row.score;
    Lanes const square = part * part, rest = max(1.0 - leverage, Lanes(1e-10));
    sums_[0] += square;
    sums_[2] += square / rest;
    sums_[3] += square / (rest * rest);
  }
  /// HC0 to HC3. `correction`: n/(n - p).
  std::array<Lanes, sandwich_kinds> errors(double correction) const {
    auto result = sums_;
    result[1] = sums_[0] * correction;
    for (auto& sum : result) sum = sqrt(sum);
    return result;
  }

 private:
  std::vector<Lanes> pull_;
  std::array<Lanes, sandwich_kinds> sums_ = {0.0, 0.0, 0.0, 0.0};
};

/// All that is summed over the rows, in one walk: the sandwich of each coefficient, and the checks.
void add_row_sums(LaneResiduals const& r, std::vector<std::vector<Lanes>> pulls,
                  std::vector<RegressionCheck> const& checks, ReplicateLanes& result) {
  std::vector<SandwichSum> sandwiches;
  for (auto& pull : pulls) sandwiches.emplace_back(std::move(pull));
  std::vector<std::unique_ptr<CheckSum>> sums;
  for (auto const check : checks) sums.push_back(check_sum(check, r));
  r.for_each([&](Index i, LaneRow const& row, Lanes const& leverage) {
    for (auto& sandwich : sandwiches) sandwich.add(r.design.row(i), row, leverage);
    for (auto const& sum : sums) sum->add(i, row, leverage);
  });
  double const n = static_cast<double>(r.design.rows()), left = n - static_cast<double>(r.design.rank());
  for (std::size_t a = 0; a < sandwiches.size(); ++a) result.coefficients[a].sandwich = sandwiches[a].errors(n / left);
  for (auto const& sum : sums) result.checks.push_back(sum->statistic());
}

}  // namespace

std::optional<ReplicateResiduals> RegressionReplicates::residuals(sim::StreamKey const& key) const {
  std::vector<Lanes> y(static_cast<std::size_t>(design.rows()));
  draw_responses(law, design, key, y.data());
  auto const fit =
      family == Family::linear ? least_squares(design, y.data()) : fit_lanes(family, design, y.data(), truth);
  if (fit.found == 0) return std::nullopt;
  return ReplicateResiduals{fit.found, standardised(residuals_at(family, design, y.data(), fit.point))};
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
  std::vector<std::vector<Lanes>> pulls;
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
    if (is_linear) {
      k.ratio = linear_ratio(design, k);
    } else {
      LaneConstraint const constraint{c};
      auto const restricted = fit_lanes(family, design, y.data(), truth, &constraint);
      k.ratio = select(sim::to_mask(restricted.found), 2.0 * (fit.log_likelihood - restricted.log_likelihood),
                       Lanes(std::numeric_limits<double>::quiet_NaN()));
    }
    result.coefficients.push_back(k);
    pulls.push_back(std::move(pull));
  }
  add_row_sums(r, std::move(pulls), checks, result);
  return result;
}

}  // namespace fisherlab::estimators
