#include <cmath>
#include <cstddef>
#include <string>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// tr(M I^-1 M')/n + |b|^2 for an estimator of mean g + b and gradient of the mean M.
double bound_of(Law const& law, estimators::Target const& mean, estimators::Target const& target, bool unbiased,
                double n) {
  auto const r = target.value.size();
  auto const matrix = bound_matrix(law, unbiased ? target : mean);
  double bound = 0;
  for (std::size_t a = 0; a < r; ++a) {
    bound += matrix[a * r + a] / n;
    if (!unbiased) bound += std::pow(mean.value[a] - target.value[a], 2);
  }
  return bound;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  auto const target = estimator->target(law.theta);
  bool const unbiased = text_option(the_case, "form") == "unbiased";
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto const n = question.scenarios[k].n;
    expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
    auto const mean = estimator->mean(law.theta, n);
    expects(mean.has_value(), "the exact mean of " + estimator->name() + " is not known for " + law.model->card().name +
                                  ", choose another estimator");
    double const bound = bound_of(law, *mean, target, unbiased, static_cast<double>(n));
    add_mean(question, k,
             "mean square error over the bound " + std::string(unbiased ? "for unbiased ones" : "with its bias") +
                 ", " + estimator->name(),
             exactly(RegionKind::at_least, 1.0, number_option(the_case, "margin")), estimator,
             [error_of = estimators::EstimationError(*estimator, target.value), bound](
                 Batch const& batch, sim::Lanes* out, sim::Observed&) {
               sim::Lanes sum(0.0);
               for (std::size_t a = 0; a < error_of.size(); ++a) {
                 sim::Lanes const error = error_of(*batch.estimates, a);
                 sum += error * error;
               }
               out[0] = sum / bound;
             });
  }
}

}  // namespace

Claim biased_bound() {
  return {
      {.id = "biased-bound",
       .statement = "beyond, biased bounds",
       .title = "The bound for the mean square error of a biased estimator",
       .formula =
           "E|t - g|^2 >= tr(M I^-1 M')/n + |b|^2, b the bias, M = grad E t; for one parameter (1 + b')^2/(n I) + b^2",
       .evidence = "the mean square error over the bound, whose bias and gradient are exact; Student",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of mean square error",
       .control = "the bound for unbiased estimators, at a theta near which the mean is shrunk (form = unbiased)",
       .options = {margin_option("0.01"),
                   {"form", "with the bias, or as if there were none", "biased", {"biased", "unbiased"}}},
       .estimator = "shrunk_mean",
       .source = "Cramer (1946), Mathematical Methods of Statistics, section 32.3"},
      &ask};
}

}  // namespace fisherlab::claims
