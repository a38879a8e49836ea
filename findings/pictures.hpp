#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fisherlab {

/// What a curve over n shows: an entry of n Cov(theta_hat) - B in units of
/// (B_aa B_bb)^1/2, with B the bound at n = 1 (I^-1 for theta itself); or the
/// coverage of an interval.
enum class Quantity { covariance, coverage };

/// One row of `curves.csv`: a point of a curve over n, with what the theory
/// says of it.
struct CurveRow {
  std::string claim;
  std::string model;
  std::string parameters;
  Quantity quantity = Quantity::covariance;
  std::string method;     ///< the estimator, or the interval: "likelihood-ratio"
  std::string component;  ///< "shape", or "shape, rate" for a covariance
  std::int64_t n = 0;
  std::int64_t replicates = 0;
  double value = 0;
  double lower = 0;
  double upper = 0;
  double reference = 0;  ///< what the theory says
};

/// One row of `distributions.csv`: a cell (from, quantile] of the law of one
/// whitened component of an estimate.
struct DistributionRow {
  std::string claim;
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::string component;
  std::int64_t replicates = 0;
  double from = 0;
  double quantile = 0;
  double probability = 0;           ///< share of the replicates at or below `quantile`
  std::optional<double> reference;  ///< quantile of N(0, 1) at that probability;
                                    ///< empty where a tail is too thin
  double density = 0;               ///< share in the cell over its width
};

/// One row of `intervals.csv`: an interval of one replicate.
struct ReplicateInterval {
  std::string claim;
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string component;
  std::string interval;  ///< "wald", "likelihood-ratio"
  double level = 0;
  std::int64_t replicate = 0;
  double truth = 0;
  double estimate = 0;
  double lower = 0;
  double upper = 0;
  double z = 0;  ///< standardised distance of the estimate from the truth; the
                 ///< interval misses when |z| is critical
};

/// What pictures show beside the findings.
struct PictureRows {
  std::vector<CurveRow> curves;
  std::vector<DistributionRow> distributions;
  std::vector<ReplicateInterval> intervals;
};

}  // namespace fisherlab
