#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::claims {

/// A law: a model with its known constants, at one theta.
struct Law {
  sim::AnyModel model;        ///< with its known constants
  std::vector<double> theta;  ///< p numbers, in the order of the model's card
};

/// "shape=2.5;rate=1.3": parameters, then known constants.
std::string parameters_text(Law const& law);

/// What is simulated: samples drawn from `data` and read as if they came from `model`. The two are the same unless a
/// control says otherwise (a misspecified model, a planted defect); then `model.theta` is the value that the claim
/// holds the estimates to.
struct Setting {
  Law model;         ///< how samples are read
  Law data;          ///< where they come from
  std::string note;  ///< tells planted defects apart, as "information x 1.02"; empty for none
  /// What a planted defect multiplies stated matrices by that are not asked of `model`, as a sandwich's A and B.
  double information_factor = 1.0;
};

/// A setting at one sample size.
struct Scenario {
  Setting setting;     ///< what is drawn, and how it is read
  std::int64_t n = 0;  ///< observations of a sample

  /// Stable address of the random numbers: a hash of the data's model, parameters and n. Readings of the same data
  /// share their samples.
  std::uint64_t stream() const;
  /// Names the simulation and its reading: scenarios with the same identity are one simulation.
  std::string identity() const;
};

/// "normal" or "normal on student_t(…)": the model, and the data where they differ.
std::string model_text(Setting const& setting);

}  // namespace fisherlab::claims
