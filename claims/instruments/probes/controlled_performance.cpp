#include "claims/instruments/probes/controlled_performance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

/// What the means of controls are good for, in standard errors of the truth.
constexpr double quadrature_error = 1e-8;

std::string why_none(sim::BatchModel const& model) {
  if (model.card().regularity != sim::Regularity::regular) return "the model is outside the hypotheses";
  if (model.dimension() > 2) return "its observations have more than two coordinates";
  return "the moments of its score are not found by quadrature";
}

/// Replicates that the plain estimate would take for the error of the adjusted one, over those that it took.
double gain(double plain, double adjusted) { return plain * plain / (adjusted * adjusted); }

}  // namespace

SharedControls score_controls(Law const& law) {
  auto controls = std::make_shared<ScoreControls const>(Setting{law, law, {}});
  expects(controls->count() > 0, "score controls do not exist for " + law.model->card().name + " (" +
                                     why_none(*law.model) + "), leave --controls out");
  return controls;
}

ControlledPerformance::ControlledPerformance(Law const& law, estimators::AnyEstimator const& estimator,
                                             SharedControls controls)
    : controls_(std::move(controls)) {
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  LaneMatrix unit{r, std::vector<double>(r * r)};
  for (std::size_t a = 0; a < r; ++a) {
    bounds_.push_back(component_bound(law, target, a));
    unit.entries[a * r + a] = 1 / std::sqrt(bounds_[a]);
  }
  bias_ = controlled({ErrorMoment::bias, estimator, target.value, unit, {}});
  covariance_ = controlled({ErrorMoment::covariance, estimator, target.value, unit, {}});
}

std::array<Probe, 2> ControlledPerformance::probes() const { return probes_of_halves(covariance_, 0, controls_); }

void ControlledPerformance::add_to(std::vector<PerformanceRow>& rows, std::int64_t n, sim::Tally const& first,
                                   sim::Tally const& second) const {
  if (!is_usable_half(first) || !is_usable_half(second)) return;
  auto const size = static_cast<double>(n);
  auto const bias = average_of(both_halves(bias_, *controls_, size, first, second));
  auto const covariance = average_of(both_halves(covariance_, *controls_, size, first, second));
  for (std::size_t a = 0; a < rows.size(); ++a) {
    auto& row = rows[a];
    auto const i = static_cast<Eigen::Index>(a), ii = static_cast<Eigen::Index>(sim::packed_index(a, a));
    double const unit = std::sqrt(bounds_[a] / size);  // a standard error of the truth; n W bias is folded
    auto const error = [unit](double of_units) { return unit * std::max(of_units, quadrature_error); };
    double const of_bias = std::sqrt(std::max(bias.variance(i, i), 0.0) / size);
    row.controlled_bias = {unit * bias.value(i) / std::sqrt(size), error(of_bias)};
    row.bias_gain = gain(row.bias.mcse, row.controlled_bias->mcse);
    if (!(covariance.value(ii) > 0)) continue;
    double const se = std::sqrt(covariance.value(ii));
    row.controlled_emp_se = {unit * se, error(std::sqrt(std::max(covariance.variance(ii, ii), 0.0)) / (2 * se))};
    row.emp_se_gain = gain(row.emp_se.mcse, row.controlled_emp_se->mcse);
  }
}

}  // namespace fisherlab::claims
