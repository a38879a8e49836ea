#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "estimators/intervals.hpp"
#include "runs/data/observations.hpp"

namespace fisherlab::runs {

/// Where angles point: R e^{i m} is the average of e^{i x}. R is free of how the data are turned; their ordinary mean
/// and standard deviation are not.
struct MeanDirection {
  double direction = 0;  ///< m in radians, in (-pi, pi]
  double length = 0;     ///< mean resultant length R, between 0 and 1
};

/// One sample of real data.
struct DataSummary {
  std::string name;                         ///< of the data
  std::int64_t n = 0;                       ///< observations
  double mean = 0;                          ///< of the observations
  double sd = 0;                            ///< divisor n - 1
  std::vector<std::string> notes = {};      ///< what was recognised and left out of its file, in sentences
  std::optional<MeanDirection> round = {};  ///< of angles, in place of mean and sd
};

/// A model fitted to real data: where diagnose() simulates.
struct FittedData {
  sim::AnyModel model;          ///< with its known constants
  DataSummary data;             ///< what it was fitted to
  estimators::FittedModel fit;  ///< estimate, standard errors and intervals

  /// The model at the estimate.
  claims::Law law() const;
};

/// Refuses a model that diagnose() cannot do: one outside the hypotheses of the theory, or with observations of several
/// coordinates. @throws InputError
void check_diagnosable(sim::BatchModel const& model);

/// Checks that the data can be a sample of the model and fits it by maximum likelihood, with intervals of `level`.
/// @throws InputError for a model that check_diagnosable() refuses, an observation outside the support, fewer than two
///   observations, data that do not vary, and an estimate that does not exist or lies on the edge of the model.
FittedData fit_to_data(sim::AnyModel const& model, Observations const& data, double level,
                       estimators::FitWork const& work = {});

}  // namespace fisherlab::runs
