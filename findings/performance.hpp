#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "findings/estimated.hpp"

namespace fisherlab {

/// How one component of one estimator does at one scenario. What is not defined (the model-based standard error of an
/// estimator that offers none, the bound of a model outside the hypotheses) is empty.
/// Source: Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, table 6.
struct PerformanceRow {
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::string component;
  std::int64_t replicates = 0;
  std::int64_t failed = 0;
  double truth = 0;
  std::optional<double> mean;
  Estimated bias;
  Estimated emp_se;
  Estimated mse;
  std::optional<Estimated> model_se;
  std::optional<Estimated> relative_se_error;
  std::optional<Estimated> coverage;
  std::optional<Estimated> be_coverage;
  std::optional<double> bound;
  std::optional<double> efficiency;
  std::optional<double> efficiency_lower;
  std::optional<double> efficiency_upper;
  std::optional<Estimated> controlled_bias;
  std::optional<double> bias_gain;
  std::optional<Estimated> controlled_emp_se;
  std::optional<double> emp_se_gain;
  std::optional<Estimated> relative_bias;
  std::optional<Estimated> relative_precision;
  std::optional<Estimated> power;
  std::optional<Estimated> missed_below;
  std::optional<Estimated> missed_above;
  std::optional<Estimated> width;

  template <class Visit>
  static void fields(Visit const& field) {
    using P = PerformanceRow;
    field("model", "the model", &P::model);
    field("parameters", "the truth", &P::parameters);
    field("n", "sample size; 0 where estimates that were analysed do not say", &P::n);
    field("estimator", "the estimator", &P::estimator);
    field("component", "the parameter, or function of them, that is estimated", &P::component);
    field("replicates", "replicates drawn, failed fits included", &P::replicates);
    field("failed", "fits without a result; the measures leave them out", &P::failed);
    field("truth", "true value of the component", &P::truth);
    field("mean", "mean of the estimates", &P::mean);
    field("bias", "mean - truth", &P::bias);
    field("emp_se", "standard deviation of the estimates", &P::emp_se);
    field("mse", "mean squared distance from the truth", &P::mse);
    field("model_se", "root of the mean squared standard error that the fits report", &P::model_se);
    field("relative_se_error", "model_se / emp_se - 1", &P::relative_se_error);
    field("coverage", "share of the intervals, Wald's unless others are given, that hold the truth", &P::coverage);
    field("be_coverage", "bias-eliminated: share of them that hold the mean of the estimates", &P::be_coverage);
    field("bound", "Cramer-Rao bound of the variance", &P::bound);
    field("efficiency", "bound over variance", &P::efficiency);
    field("efficiency_lower", "lower end of its 95 % interval", &P::efficiency_lower);
    field("efficiency_upper", "upper end of it", &P::efficiency_upper);
    field("controlled_bias", "bias adjusted by control variates (`simulate --controls score`)", &P::controlled_bias);
    field("bias_gain", "squared error of bias over that of controlled_bias", &P::bias_gain);
    field("controlled_emp_se", "emp_se adjusted by control variates", &P::controlled_emp_se);
    field("emp_se_gain", "squared error of emp_se over that of controlled_emp_se", &P::emp_se_gain);
    field("relative_bias", "bias / truth; empty where the truth is 0", &P::relative_bias);
    field("relative_precision", "(emp_se of the first method / emp_se)^2 - 1, of the same replicates (`analyze`)",
          &P::relative_precision);
    field("power", "share of intervals without the null value (`analyze`)", &P::power);
    field("missed_below", "share of intervals wholly below the truth (`analyze`)", &P::missed_below);
    field("missed_above", "share of intervals wholly above the truth (`analyze`)", &P::missed_above);
    field("width", "mean width of the intervals (`analyze`)", &P::width);
  }
};

/// The discrepancy of a limit at one n, and the rate fitted over the grid.
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
  std::optional<double> rate;
  std::optional<double> rate_lower;
  std::optional<double> rate_upper;

  template <class Visit>
  static void fields(Visit const& field) {
    using C = ConvergenceRow;
    field("claim", "id of the claim", &C::claim);
    field("model", "what was simulated", &C::model);
    field("parameters", "the truth", &C::parameters);
    field("statistic", "what was measured, in words", &C::statistic);
    field("n", "sample size", &C::n);
    field("replicates", "replicates at this n", &C::replicates);
    field("discrepancy", "distance from the limit", &C::discrepancy);
    field("lower", "lower end of its confidence interval", &C::lower);
    field("upper", "upper end of it", &C::upper);
    field("rate", "fitted exponent r of discrepancy ~ n^-r, the same in every row of a finding", &C::rate);
    field("rate_lower", "lower end of its confidence interval", &C::rate_lower);
    field("rate_upper", "upper end of it", &C::rate_upper);
  }
};

}  // namespace fisherlab
