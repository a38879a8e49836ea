#pragma once

#include "findings/performance.hpp"
#include "runs/analysis/analysis.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// One group of estimates, tallied as `simulate` tallies replicates: the error e, e^2 and the squared standard error in
/// a unit near the spread of the estimates, with their joint moments.
class MeasuredGroup {
 public:
  /// Tallies the replicates of a group of these estimates; all arguments outlive this.
  MeasuredGroup(EstimateGroup const& group, Estimates const& estimates, AnalysisSettings const& settings);

  /// All measures but the relative precision.
  PerformanceRow row() const;
  /// What is judged, on intervals of error `alpha`, a quarter of what each is charged for (claims/evidence/plan.hpp).
  std::vector<Finding> findings(double alpha) const;

 private:
  void add_interval_measures(PerformanceRow& row) const;
  Finding finding(char const* claim, std::string const& statistic) const;
  Interval bias_interval(double alpha) const;
  std::int64_t held() const;

  EstimateGroup const& group_;
  Estimates const& estimates_;
  AnalysisSettings const& settings_;
  double unit_ = 1;
  sim::Tally tally_;
};

/// The relative precision of `method` against `first`, over the replicates in which both gave an estimate:
///   (s_first/s_method)^2 - 1.
/// Its error is that of T = A/B, A and B the mean squared deviations of the two, which move together. By the jackknife
/// it is twice T times that of the root (jackknife.hpp). For normal estimates of correlation r, Var(log A) = Var(log B)
/// = 2/(R - 1) and Cov(log A, log B) = 2 r^2/(R - 1), so that
///   mcse = T sqrt(4 (1 - r^2)/(R - 1)) = 2 T sqrt((1 - r^2)/(R - 1)).
/// Nothing with fewer than two such replicates, or where one of the two does not vary.
std::optional<Estimated> relative_precision(EstimateGroup const& first, EstimateGroup const& method, ErrorsBy errors);

}  // namespace fisherlab::runs
