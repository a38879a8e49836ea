#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "estimators/estimator.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators {

/// Where a resample comes from: the observations, drawn with replacement, or the fitted model.
enum class ResamplingSource { observations, fitted_model };

/// How often, and from where.
struct ResamplingPlan {
  ResamplingSource source = ResamplingSource::observations;
  int count = 0;  ///< resamples of each sample, 2 or more
};

/// Estimates of a sample's resamples, component by component, of those resamples alone that have one.
struct Resampled {
  std::vector<std::vector<double>> value;      ///< of component a
  std::vector<std::vector<double>> std_error;  ///< of component a; empty where the estimator reports none
  int count = 0;                               ///< resamples with an estimate
};

/// The address of the random numbers that belong to one lane's sample: a function of its observations, so that the
/// resamples of a sample are the same wherever it turns up.
FISHERLAB_API sim::StreamKey resampling_key(sim::Sample const& sample, int lane);

/// Estimates of the resamples of one lane's sample; `theta`, its estimate, is what the fitted model is at.
/// A theta on the edge of the model's space has no fitted model, and no resample.
/// Source: Efron (1979), Ann. Statist. 7, 1-26.
FISHERLAB_API Resampled resampled(Estimator const& estimator, sim::BatchModel const& model, sim::Sample const& sample,
                                  int lane, std::span<double const> theta, ResamplingPlan const& plan);

/// The estimates of component `a` with each observation left out in turn, n numbers; empty where one does not exist.
FISHERLAB_API std::vector<double> left_out_estimates(Estimator const& estimator, sim::Sample const& sample, int lane,
                                                     std::size_t a);

/// Whether enough resamples gave an estimate for their spread and order to be told: nine in ten.
inline bool are_enough(Resampled const& found, ResamplingPlan const& plan) {
  return found.count >= 2 && 10 * found.count >= 9 * plan.count;
}

}  // namespace fisherlab::estimators
