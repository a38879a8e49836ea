#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "findings/estimated.hpp"

namespace fisherlab {

/// What is advised about one parameter fitted to data.
struct AdviceRow {
  std::string parameter;                ///< its name
  std::string interval;                 ///< recommended; empty where none is
  std::string reason;                   ///< why none is, or what became of others
  std::optional<double> needed_n;       ///< for Wald's coverage; none where it was not sought, or lies beyond
  std::optional<double> needed_n_mcse;  ///< 0 where it is exact
  std::optional<double> tried_n;        ///< the largest n of that search

  template <class Visit>
  static void fields(Visit const& field) {
    using A = AdviceRow;
    field("parameter", "its name", &A::parameter);
    field("interval", "that the rule recommends, as in `fit.csv`; empty where it recommends none", &A::interval);
    field("reason", "why it recommends none, and which intervals it leaves out", &A::reason);
    field("needed_n", "n from which on Wald's coverage is right; empty where it is, or at no n that was tried",
          &A::needed_n);
    field("needed_n_mcse", "Monte Carlo standard error of `needed_n`, 0 where it is exact", &A::needed_n_mcse);
    field("tried_n", "largest n that was tried", &A::tried_n);
  }
};

/// One test of whether data come from a model, or one of its criteria.
struct GoodnessRow {
  std::string measure;            ///< "Anderson-Darling", or "AIC"
  double value = 0;               ///< of the statistic or criterion
  std::optional<double> p_value;  ///< none of a criterion

  template <class Visit>
  static void fields(Visit const& field) {
    using G = GoodnessRow;
    field("measure", "name of the test, or `log likelihood`, `AIC`, `BIC`", &G::measure);
    field("value", "of the statistic or the criterion", &G::value);
    field("p_value", "of the test; empty for a criterion", &G::p_value);
  }
};

/// One interval of a function of theta at the estimate.
struct FunctionRow {
  std::string function;                    ///< "quantile(0.9)"
  double estimate = 0;                     ///< at the maximum likelihood estimate
  double std_error = 0;                    ///< by the delta method
  std::string interval;                    ///< "delta", "delta (log scale)", "likelihood-ratio"
  std::optional<double> lower;             ///< its end; none where it was not found
  std::optional<double> upper;             ///< the same
  std::optional<Estimated> coverage = {};  ///< share of simulated samples whose interval holds the truth
  std::optional<double> above = {};        ///< share of samples whose interval lies above the truth
  std::optional<double> below = {};        ///< share of samples whose interval lies below the truth
  std::string recommended = "no";          ///< "yes" or "no"

  template <class Visit>
  static void fields(Visit const& field) {
    using F = FunctionRow;
    field("function", "as it was asked for", &F::function);
    field("estimate", "its value at the maximum likelihood estimate", &F::estimate);
    field("std_error", "by the delta method, from the expected information", &F::std_error);
    field("interval",
          "`delta`, `delta` on the log or the logit scale, `likelihood-ratio`, `calibrated likelihood-ratio`",
          &F::interval);
    field("lower", "lower end; empty where it was not found", &F::lower);
    field("upper", "upper end; empty where it was not found", &F::upper);
    field("coverage", "share of samples simulated at the estimate whose interval holds the truth", &F::coverage);
    field("above", "share of samples whose interval lies above the truth", &F::above);
    field("below", "share of samples whose interval lies below the truth", &F::below);
    field("recommended", "whether the rule recommends it: `yes` or `no`", &F::recommended);
  }
};

/// One family fitted to data, among others.
struct ModelRow {
  std::string model;              ///< its name
  std::string kind;               ///< "density" or "counts"
  std::int64_t parameters = 0;    ///< how many were estimated
  double log_likelihood = 0;      ///< at the estimate
  double aic = 0;                 ///< 2 p - 2 l
  double aic_weight = 0;          ///< among those of its kind
  double bic = 0;                 ///< p log n - 2 l
  double bic_weight = 0;          ///< among those of its kind
  std::string test;               ///< of goodness of fit
  std::optional<double> p_value;  ///< of it

  template <class Visit>
  static void fields(Visit const& field) {
    using M = ModelRow;
    field("model", "its name", &M::model);
    field("kind", "`density` or `counts`, which are ranked apart", &M::kind);
    field("parameters", "how many were estimated", &M::parameters);
    field("log_likelihood", "at the estimate", &M::log_likelihood);
    field("aic", "2 p - 2 log likelihood", &M::aic);
    field("aic_weight", "exp(-(AIC - least)/2) over its sum, among those of its kind", &M::aic_weight);
    field("bic", "p log n - 2 log likelihood", &M::bic);
    field("bic_weight", "the same weight by BIC", &M::bic_weight);
    field("test", "of goodness of fit; empty where there is none", &M::test);
    field("p_value", "of it, by samples simulated at the estimate and fitted again", &M::p_value);
  }
};

}  // namespace fisherlab
