#include "runs/diagnosis/functions/function_bounds.hpp"

#include <cmath>
#include <limits>

#include "runs/diagnosis/functions/constrained_ratio.hpp"

namespace fisherlab::runs {
namespace {

/// Towards one side, eight values at a time.
class End {
 public:
  End(FittedData const& fitted, sim::Sample const& sample, FunctionOf const& f, double at_estimate, double cut_off)
      : fitted_(fitted), sample_(sample), f_(f), centre_(at_estimate), cut_off_(cut_off) {
    for (double const t : fitted.law().theta) start_.emplace_back(t);
  }

  /// `step`: on the scale, with its sign; about where the end should be.
  double find(double step) {
    double inside = 0, outside = 0;
    for (int attempt = 0; attempt < 12 && outside == 0; ++attempt) {
      look(inside, attempt == 0 ? 1.6 * step : 3 * inside, outside);
      if (outside == 0 && is_stuck_) return std::numeric_limits<double>::quiet_NaN();
    }
    if (outside == 0) return std::numeric_limits<double>::quiet_NaN();
    for (int round = 0; round < 14 && std::fabs(outside - inside) > 1e-10 * std::fabs(outside); ++round) {
      double nearer = outside;
      look(inside, outside, nearer);
      outside = nearer;
    }
    return back(0.5 * (inside + outside));
  }

 private:
  /// The scales on which a function has no ends.
  double back(double from_centre) const {
    auto const scale = scale_of(fitted_.model->card(), f_);
    double const at = claims::on_scale(scale, centre_).value + from_centre;
    if (scale == claims::Scale::log) return std::exp(at);
    return scale == claims::Scale::logit ? 1 / (1 + std::exp(-at)) : at;
  }

  /// Eight distances from `inside` to `end`, the last one the end itself: moves `inside` to the last that is not
  /// rejected, and `outside` to the first that is.
  void look(double& inside, double end, double& outside) {
    sim::Lanes value, distance;
    for (int k = 0; k < sim::lane_count; ++k) {
      distance.set(k, inside + (end - inside) * (k + 1) / sim::lane_count);
      value.set(k, back(distance[k]));
    }
    auto const found = constrained_ratio(fitted_.model, f_, sample_, fitted_.fit.log_likelihood, start_, value);
    is_stuck_ = true;
    for (int k = 0; k < sim::lane_count; ++k) {
      if (std::isnan(found.ratio[k])) continue;
      if (found.ratio[k] > cut_off_) {
        outside = distance[k];
        return;
      }
      inside = distance[k];
      is_stuck_ = false;
      for (std::size_t a = 0; a < start_.size(); ++a) start_[a] = found.theta[a][k];
    }
  }

  FittedData const& fitted_;
  sim::Sample const& sample_;
  FunctionOf const& f_;
  double centre_, cut_off_;
  std::vector<sim::Lanes> start_;  ///< where the last value inside was found
  bool is_stuck_ = false;          ///< the last eight told nothing new
};

}  // namespace

estimators::Bounds function_bounds(FittedData const& fitted, std::vector<double> const& values, FunctionOf const& f,
                                   double std_error, double cut_off) {
  sim::Sample sample(static_cast<std::int64_t>(values.size()), 1);
  for (std::size_t i = 0; i < values.size(); ++i) sample(static_cast<std::int64_t>(i)) = values[i];
  double const g = function_value(fitted.law(), f)->value;
  double const slope = std::fabs(claims::on_scale(scale_of(fitted.model->card(), f), g).slope);
  double const step = std::sqrt(cut_off) * std_error * slope;
  return {End(fitted, sample, f, g, cut_off).find(-step), End(fitted, sample, f, g, cut_off).find(step)};
}

}  // namespace fisherlab::runs
