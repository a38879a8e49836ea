#pragma once

#include <cstdint>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/resume/packing.hpp"
#include "sim/tallies/histogram.hpp"

namespace fisherlab::runs {

/// Samples in which one interval is known, and of these those in which it lies above or below the truth.
struct IntervalCounts {
  std::int64_t known = 0, above = 0, below = 0;

  void add(double lower, double upper, double truth);
  /// By the statistic of the truth, which is rejected above `critical`; `is_high`: the estimate is above the truth.
  void add_tested(double statistic, double critical, bool is_high);
  void add(IntervalCounts const& other);
  void pack(Packer& packer) const;
  void unpack(Unpacker& unpacker);
  IntervalWorth worth(std::string const& name) const;
};

/// Sums over samples of one parameter's error in theory's standard errors, and of its intervals.
struct ParameterSums {
  double sums[4] = {};  ///< of the error, its square, third and fourth power
  sim::Histogram law;   ///< of it
  IntervalCounts wald, score, likelihood_ratio;

  void add_error(double error);
  void add(ParameterSums const& other);
  void pack(Packer& packer) const;
  void unpack(Unpacker& unpacker);
  /// `count`: samples; `theory`: relative standard error of theory's variance.
  ParameterDiagnosis summary(std::string const& name, std::int64_t count, double theory) const;
};

/// Of all samples.
struct CensoredSums {
  std::int64_t count = 0, failed = 0, censored = 0;
  std::vector<ParameterSums> parameters;
  std::vector<IntervalCounts> functions;  ///< of all intervals of the functions, in order

  void add(CensoredSums const& other);
  void pack(Packer& packer) const;
  void unpack(Unpacker& unpacker);
};

}  // namespace fisherlab::runs
