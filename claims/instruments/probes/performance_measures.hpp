#pragma once

#include <vector>

#include "claims/probe.hpp"
#include "findings/performance.hpp"

namespace fisherlab::claims {

/// Folds what the performance measures of an estimator need: for each component, in units of the truth's standard
/// error s (the root of the bound at n, or 1 where there is none), the error e, e^2 and the squared reported standard
/// error; whether the Wald interval holds the truth; and the law of its two ends, for the bias-eliminated coverage.
Probe performance_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator, std::int64_t n,
                        double level);

/// Keeps, for each component of an estimator, the estimate and its standard error (NaN where it reports none).
Probe records_probe(estimators::AnyEstimator const& estimator, std::size_t scenario);

/// The rows of `performance.csv`, one a component.
/// Monte Carlo standard errors after Morris, White and Crowther (2019), table 6, where those hold without assumptions.
/// That of e^2 is from fourth moments; those of the empirical standard error and of the relative error of the reported
/// one, which there assume normal estimates that are independent of their standard errors, by the jackknife
/// (jackknife.hpp); that of bias-eliminated coverage, which there takes the mean of the estimates as known, by the
/// delta method (bias_eliminated_coverage.hpp). `efficiency_level`: of the interval of the efficiency.
std::vector<PerformanceRow> performance_rows(Scenario const& scenario, estimators::Estimator const& estimator,
                                             sim::Tally const& tally, double efficiency_level);

}  // namespace fisherlab::claims
