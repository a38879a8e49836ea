#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fisherlab {

/// A number with its Monte Carlo standard error.
struct Estimated {
  double value = 0;
  double mcse = 0;
};

/// One row of `performance.csv`: how one component of one estimator does at one scenario. What is not defined (the
/// model-based standard error of an estimator that offers none, the bound of a model outside the hypotheses) is empty.
/// Source: Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, table 6.
struct PerformanceRow {
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::string component;
  std::int64_t replicates = 0;  ///< replicates drawn, failed fits included
  std::int64_t failed = 0;      ///< fits without a result; the measures leave them out
  double truth = 0;
  double mean = 0;
  Estimated bias;
  Estimated emp_se;  ///< standard deviation of the estimates
  Estimated mse;
  std::optional<Estimated> model_se;           ///< root of the mean squared standard error that the fits report
  std::optional<Estimated> relative_se_error;  ///< model_se / emp_se - 1
  std::optional<Estimated> coverage;           ///< share of Wald intervals that hold the truth
  std::optional<Estimated> be_coverage;        ///< bias-eliminated: share that hold the mean of the estimates
  std::optional<double> bound;                 ///< Cramer-Rao bound of the variance
  std::optional<double> efficiency;            ///< bound / variance, with its interval
  std::optional<double> efficiency_lower;
  std::optional<double> efficiency_upper;
};

/// One row of `convergence.csv`: the discrepancy of a limit at one n, and the rate fitted over the grid.
struct ConvergenceRow {
  std::string claim;
  std::string model;
  std::string parameters;
  std::string statistic;
  std::int64_t n = 0;
  std::int64_t replicates = 0;
  double discrepancy = 0;
  double lower = 0;
  double upper = 0;
  std::optional<double> rate;  ///< fitted exponent r of discrepancy ~ n^-r, the same in every row of a finding
  std::optional<double> rate_lower;
  std::optional<double> rate_upper;
};

}  // namespace fisherlab
