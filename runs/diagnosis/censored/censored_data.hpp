#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "estimators/censored/censored_fit.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::runs {

/// How many observations of a sample are of each kind.
struct CensoredCounts {
  std::int64_t observed = 0;  ///< themselves
  std::int64_t right = 0;     ///< known to be larger
  std::int64_t left = 0;      ///< known to be smaller: there is no lower end, or none above where the law begins
  std::int64_t between = 0;   ///< known to lie between two values
};

/// A model fitted to data of which some are censored.
struct CensoredData {
  /// Wald by the observed information, and likelihood ratio; no expected information, no mean of the data.
  FittedData fitted;
  std::shared_ptr<estimators::LifeLaw const> law;  ///< of the model
  estimators::CensoredSample sample;
  estimators::CensoredFit fit;

  std::int64_t n() const { return fitted.data.n; }
  std::int64_t observed() const;  ///< observations that are not censored
  CensoredCounts counts() const;
  bool has_intervals() const { return !sample.uppers.empty(); }
};

/// The first observation that cannot come from the model.
std::optional<std::size_t> first_outside(sim::BatchModel const& model, estimators::CensoredSample const& sample);

/// The observations as a sample.
estimators::CensoredSample sample_of(Observations const& data);

/// Fits by maximum likelihood with censoring.
/// @throws InputError for a model without a survival function (estimators/censored/life_law.hpp), an observation
///   outside the support, fewer than two ends that were seen (two values that differ, where some lie between two), and
///   an estimate that does not exist.
CensoredData fit_censored_data(sim::AnyModel const& model, Observations const& data, double level);

/// The estimate of a model from a sample, searched from where all observations would be seen; nothing where there is
/// none.
std::optional<estimators::CensoredFit> refit(sim::BatchModel const& model, estimators::CensoredSample const& sample);

}  // namespace fisherlab::runs
