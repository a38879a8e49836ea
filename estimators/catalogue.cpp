#include "estimators/catalogue.hpp"

#include <limits>
#include <utility>

#include "estimators/functionals.hpp"
#include "estimators/james_stein.hpp"
#include "estimators/mle.hpp"
#include "estimators/of_theta.hpp"
#include "estimators/resampling/bootstrap.hpp"

namespace fisherlab::estimators {
namespace {

using sim::BatchModel;
using Kind = sim::Quantity::Kind;

/// Whether a model states a property of its law, which estimators of one coordinate aim at.
bool states(BatchModel const& m, Kind kind) { return m.dimension() == 1 && m.offers().properties.state(kind); }
bool states_mean(BatchModel const& m) { return states(m, Kind::mean); }
bool states_median(BatchModel const& m) { return states(m, Kind::median); }
bool states_variance(BatchModel const& m) { return states(m, Kind::variance); }
bool states_tail(BatchModel const& m) { return states(m, Kind::tail); }
bool is_symmetric(BatchModel const& m) { return states_median(m) && m.offers().properties.symmetric; }
bool has_best_quantile(BatchModel const& m) { return states(m, Kind::quantile) && m.offers().best_unbiased_quantile; }
bool has_best_tail(BatchModel const& m) { return states_tail(m) && m.offers().best_unbiased_tail; }
bool has_fit(BatchModel const& m) { return m.offers().fit || m.offers().start; }
bool has_start(BatchModel const& m) { return m.offers().from_moments || m.offers().start; }

template <AnyEstimator (*make)(sim::AnyModel)>
AnyEstimator without_argument(sim::AnyModel model, double) {
  return make(std::move(model));
}

}  // namespace

Estimators const& shipped_estimators() {
  constexpr double above_zero = std::numeric_limits<double>::min();
  /// One line an estimator.
  static Estimators const estimators({
      {{"mle", "", "maximum likelihood", "theta", "any model",
        "closed form where the model has one, else safeguarded Newton (estimators/maximise.hpp)"},
       without_argument<make_mle>,
       has_fit},
      {{"one_step", "", "one step of Fisher scoring from moments or the model's starting values", "theta",
        "a model with an estimate by moments or starting values",
        "van der Vaart (1998), Asymptotic Statistics, section 5.7"},
       without_argument<make_one_step>,
       has_start},
      {{"bias_corrected", "", "maximum likelihood less its bias of the order 1/n", "theta",
        "a model with that bias in closed form", "Cox and Snell (1968), J. R. Statist. Soc. B 30, 248-275"},
       without_argument<make_bias_corrected>,
       [](BatchModel const& m) { return m.offers().first_order_bias != nullptr; }},
      {{"bootstrap", "the number of resamples, from 2",
        "maximum likelihood with the spread over resamples as its error", "theta", "any model",
        "Efron (1979), Ann. Statist. 7, 1-26"},
       make_bootstrap,
       has_fit,
       {2, 100'000, 50}},
      {{"parametric_bootstrap", "the number of resamples, from 2", "the same, over samples drawn from the fitted model",
        "theta", "any model", "Efron (1979), Ann. Statist. 7, 1-26, remark K"},
       make_parametric_bootstrap,
       has_fit,
       {2, 100'000, 50}},
      {{"moments", "", "method of moments (divisor n)", "theta", "a model with a formula by mean and variance",
        "derived in the model's file"},
       without_argument<make_moments>,
       [](BatchModel const& m) { return m.offers().from_moments != nullptr; }},
      {{"best_unbiased", "", "best unbiased estimator; for the uniform law the bias-corrected maximum", "theta",
        "a model that has one in closed form", "derived in the model's file"},
       without_argument<make_best_unbiased>,
       [](BatchModel const& m) { return m.offers().best_unbiased != nullptr; }},
      {{"james_stein", "", "James and Stein's means shrunk towards 0, biased and below the bound: a control", "theta",
        "three or more normal means with one known standard deviation",
        "James and Stein (1961), Proc. Fourth Berkeley Symp. 1, 361-379; its mean derived in "
        "estimators/james_stein.cpp"},
       without_argument<make_james_stein>,
       are_means_with_known_sd},
      {{"sample_mean", "", "sample mean", "the mean of x", "a model that states its mean", "elementary"},
       without_argument<make_sample_mean>,
       states_mean},
      {{"shrunk_mean", "", "nine tenths of the sample mean, a biased control", "the mean of x",
        "a model that states its mean", "elementary"},
       without_argument<make_shrunk_mean>,
       states_mean},
      {{"ridge", "the penalty a, from 0", "ridge regression on a constant, sum x/(n + a), biased unless a is 0",
        "the mean of x", "a model that states its mean", "Hoerl and Kennard (1970), Technometrics 12, 55-67"},
       make_ridge,
       states_mean,
       {0.0, 1e9, 2}},
      {{"hodges", "", "Hodges' estimator: the sample mean where it lies beyond n^-1/4, else 0; a biased control",
        "the mean of x", "a model that states its mean", "Le Cam (1953), Univ. California Publ. Statist. 1, 277-330"},
       without_argument<make_hodges>,
       states_mean},
      {{"sample_variance", "", "sample variance (divisor n - 1)", "the variance of x",
        "a model that states its variance", "elementary"},
       without_argument<make_sample_variance>,
       states_variance},
      {{"sample_median", "", "sample median", "the median of x", "a model that states its median", "elementary"},
       without_argument<make_sample_median>,
       states_median},
      {{"trimmed_mean", "the share cut at each end, from 0 to below 0.5",
        "mean of what remains when both ends are cut; with 0 the sample mean, which for Cauchy data does not settle",
        "the median of x", "a symmetric law that states its median", "elementary"},
       make_trimmed_mean,
       is_symmetric,
       {0.0, 0.5, 0.1}},
      {{"share_above", "the threshold c of P(X > c)", "share of observations above c", "P(X > c)",
        "a model that states its tail", "elementary"},
       make_share_above,
       states_tail,
       {.example = 3}},
      {{"best_unbiased_tail", "the threshold c of P(X > c)",
        "best unbiased estimator of a tail, the share above c given the sufficient statistic", "P(X > c)",
        "a model that has one in closed form", "Rao and Blackwell; derived in the model's file"},
       make_best_unbiased_tail,
       has_best_tail,
       {.example = 3}},
      {{"best_unbiased_quantile", "the probability of the quantile, between 0 and 1",
        "best unbiased estimator of a quantile", "a quantile of x", "a model that has one in closed form",
        "derived in the model's file"},
       make_best_unbiased_quantile,
       has_best_quantile,
       {above_zero, 1.0, 0.9}},
  });
  return estimators;
}

}  // namespace fisherlab::estimators
