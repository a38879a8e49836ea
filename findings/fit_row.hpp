#pragma once

#include <optional>
#include <string>

#include "findings/estimated.hpp"

namespace fisherlab {

/// One interval of one parameter fitted to real data, and what it is worth at the estimate.
struct FitRow {
  std::string parameter;                             ///< its name
  double estimate = 0;                               ///< by maximum likelihood
  double std_error = 0;                              ///< of the estimate
  std::string interval;                              ///< "Wald"
  std::optional<double> lower;                       ///< none where it was not found
  std::optional<double> upper;                       ///< the same
  std::optional<Estimated> coverage = {};            ///< none where it was not simulated
  std::optional<double> above = {};                  ///< share of samples whose interval lies above the truth
  std::optional<double> below = {};                  ///< share of samples whose interval lies below the truth
  std::optional<double> width = {};                  ///< median over samples; of a regression on the data
  std::string recommended = "no";                    ///< "yes" or "no"
  std::optional<Estimated> least_coverage = {};      ///< over theta in the interval
  std::optional<Estimated> largest_coverage = {};    ///< the same
  std::optional<Estimated> rival_coverage = {};      ///< of a refuted model
  std::optional<Estimated> resampled_coverage = {};  ///< the same
  std::optional<double> statistic = {};              ///< of a coefficient: estimate over std_error
  std::optional<double> p_value = {};                ///< of it, two-sided

  template <class Visit>
  static void fields(Visit const& field) {
    using F = FitRow;
    field("parameter", "its name", &F::parameter);
    field("estimate", "maximum likelihood estimate", &F::estimate);
    field("std_error",
          "its standard error, from the expected information; with censoring from the observed one; of a sandwich "
          "interval "
          "its own",
          &F::std_error);
    field("interval", "its name, as in the text", &F::interval);
    field("lower", "lower end; empty where it was not found", &F::lower);
    field("upper", "upper end; empty where it was not found", &F::upper);
    field("coverage", "share of samples simulated at the estimate whose interval holds the truth", &F::coverage);
    field("above", "share of samples whose interval lies above the truth", &F::above);
    field("below", "share of samples whose interval lies below the truth", &F::below);
    field("width", "median width in simulated samples; of a regression the width on these data", &F::width);
    field("recommended", "whether the rule recommends it: `yes` or `no`", &F::recommended);
    field("least_coverage", "the least over theta in the interval; empty where that was not tried", &F::least_coverage);
    field("largest_coverage", "the largest over theta in the interval", &F::largest_coverage);
    field("rival_coverage",
          "of a refuted model: share of samples of the best rival family whose interval holds what the "
          "estimate tends to there",
          &F::rival_coverage);
    field("resampled_coverage", "the same of samples of the rows, drawn with replacement", &F::resampled_coverage);
    field("statistic", "z or t of a regression's coefficient, in the row of its first interval; else empty",
          &F::statistic);
    field("p_value", "its two-sided p-value", &F::p_value);
  }
};

}  // namespace fisherlab
