#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fisherlab {

/// What a curve over n shows: an entry of n Cov(theta_hat) - B in units of (B_aa B_bb)^1/2, with B the bound at n = 1
/// (I^-1 for theta itself); or the coverage of an interval.
enum class Quantity { covariance, coverage };

/// A point of a curve over n, with what the theory says of it.
struct CurveRow {
  std::string claim;
  std::string model;
  std::string parameters;
  Quantity quantity = Quantity::covariance;
  std::string method;
  std::string component;
  std::int64_t n = 0;
  std::int64_t replicates = 0;
  double value = 0;
  double lower = 0;
  double upper = 0;
  double reference = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("claim", "id of the claim", &CurveRow::claim);
    field("model", "what was simulated", &CurveRow::model);
    field("parameters", "the truth", &CurveRow::parameters);
    field("quantity", "what the curve shows", &CurveRow::quantity);
    field("method", "the estimator, or the interval: `likelihood-ratio`", &CurveRow::method);
    field("component", "the parameter: `shape`, or `shape, rate` for a covariance", &CurveRow::component);
    field("n", "sample size", &CurveRow::n);
    field("replicates", "replicates at this n", &CurveRow::replicates);
    field("value", "the quantity", &CurveRow::value);
    field("lower", "lower end of its confidence interval", &CurveRow::lower);
    field("upper", "upper end of it", &CurveRow::upper);
    field("reference", "what the theory says", &CurveRow::reference);
  }
};

/// A cell (from, quantile] of the law of one whitened component of an estimate.
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
  double probability = 0;
  std::optional<double> reference;
  double density = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("claim", "id of the claim", &DistributionRow::claim);
    field("model", "what was simulated", &DistributionRow::model);
    field("parameters", "the truth", &DistributionRow::parameters);
    field("n", "sample size", &DistributionRow::n);
    field("estimator", "the estimator", &DistributionRow::estimator);
    field("component", "the parameter", &DistributionRow::component);
    field("replicates", "replicates at this n", &DistributionRow::replicates);
    field("from", "where the cell begins", &DistributionRow::from);
    field("quantile", "where it ends", &DistributionRow::quantile);
    field("probability", "share of the replicates at or below `quantile`", &DistributionRow::probability);
    field("reference", "quantile of N(0, 1) at that probability; empty where a tail is too thin",
          &DistributionRow::reference);
    field("density", "share in the cell over its width", &DistributionRow::density);
  }
};

/// An interval of one replicate.
struct ReplicateInterval {
  std::string claim;
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string component;
  std::string interval;
  double level = 0;
  std::int64_t replicate = 0;
  double truth = 0;
  double estimate = 0;
  double lower = 0;
  double upper = 0;
  double z = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    using I = ReplicateInterval;
    field("claim", "id of the claim", &I::claim);
    field("model", "what was simulated", &I::model);
    field("parameters", "the truth", &I::parameters);
    field("n", "sample size", &I::n);
    field("component", "the parameter", &I::component);
    field("interval", "`wald` or `likelihood-ratio`", &I::interval);
    field("level", "its nominal level", &I::level);
    field("replicate", "which replicate, from 0", &I::replicate);
    field("truth", "true value of the component", &I::truth);
    field("estimate", "its estimate", &I::estimate);
    field("lower", "lower end of the interval", &I::lower);
    field("upper", "upper end of it", &I::upper);
    field("z", "standardised distance of the estimate from the truth; the interval misses beyond the critical value",
          &I::z);
  }
};

/// What pictures show beside the findings.
struct PictureRows {
  std::vector<CurveRow> curves;                ///< rows of `curves.csv`
  std::vector<DistributionRow> distributions;  ///< rows of `distributions.csv`
  std::vector<ReplicateInterval> intervals;    ///< rows of `intervals.csv`
};

}  // namespace fisherlab
