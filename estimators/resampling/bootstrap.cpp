#include "estimators/resampling/bootstrap.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/mle.hpp"
#include "estimators/names.hpp"
#include "estimators/resampling/resampling.hpp"

namespace fisherlab::estimators {
namespace {

/// Standard deviation of numbers round `centre`, divisor count - 1; those of an angle lie nearest to it.
double spread_of(std::vector<double> const& values, double centre, bool is_angle) {
  constexpr double turn = 6.283185307179586476925;
  double mean = 0, squares = 0, count = 0;
  for (double const value : values) {
    double const error = is_angle ? std::remainder(value - centre, turn) : value - centre;
    double const change = error - mean;
    mean += change / ++count;
    squares += change * (error - mean);
  }
  return std::sqrt(squares / (count - 1));
}

class Bootstrap final : public Estimator {
 public:
  Bootstrap(sim::AnyModel model, ResamplingPlan const& plan)
      : model_(std::move(model)), mle_(make_mle(model_)), plan_(plan) {}

  std::string name() const override {
    return name_with(plan_.source == ResamplingSource::observations ? "bootstrap" : "parametric_bootstrap",
                     plan_.count);
  }
  std::vector<std::string> components() const override { return mle_->components(); }
  Target target(std::span<double const> theta) const override { return mle_->target(theta); }
  sim::Domain domain(std::size_t a) const override { return mle_->domain(a); }
  bool unbiased() const override { return mle_->unbiased(); }
  bool reports_std_errors() const override { return true; }
  double moment_order(double of_data, std::int64_t n) const override { return mle_->moment_order(of_data, n); }

  void estimate(sim::Sample const& sample, Estimates& out) const override {
    mle_->estimate(sample, out);
    auto const p = out.value.size();
    out.std_error.assign(p, sim::Lanes(0.0));
    std::vector<double> theta(p);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto const bit = static_cast<sim::LaneSet>(1u << lane);
      if ((out.found & bit) == 0) continue;
      for (std::size_t a = 0; a < p; ++a) theta[a] = out.value[a][lane];
      auto const found = resampled(*mle_, *model_, sample, lane, theta, plan_);
      if (!are_enough(found, plan_)) {
        out.found = static_cast<sim::LaneSet>(out.found & ~bit);
        continue;
      }
      for (std::size_t a = 0; a < p; ++a)
        out.std_error[a].set(lane, spread_of(found.value[a], theta[a], domain(a) == sim::Domain::angle));
    }
  }

 private:
  sim::AnyModel model_;
  AnyEstimator mle_;
  ResamplingPlan plan_;
};

AnyEstimator make(sim::AnyModel model, ResamplingSource source, double count) {
  expects(count == std::floor(count), "a bootstrap draws a whole number of resamples, as in bootstrap(50)");
  return std::make_shared<Bootstrap>(std::move(model), ResamplingPlan{source, static_cast<int>(count)});
}

}  // namespace

AnyEstimator make_bootstrap(sim::AnyModel model, double count) {
  return make(std::move(model), ResamplingSource::observations, count);
}

AnyEstimator make_parametric_bootstrap(sim::AnyModel model, double count) {
  return make(std::move(model), ResamplingSource::fitted_model, count);
}

}  // namespace fisherlab::estimators
