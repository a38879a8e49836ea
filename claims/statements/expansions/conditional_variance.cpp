#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/std_errors.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// Standard errors that differ by this factor, or more, tell that the information is much or little.
constexpr double apart = 1.08;

/// a/b for positive quantities whose intervals hold at once.
Interval ratio_of(Interval const& a, Interval const& b) {
  if (!(a.lower > 0 && b.lower > 0)) {
    auto nothing = vacuous_interval();
    nothing.reason = a.lower > 0 ? b.reason : a.reason;
    return nothing;
  }
  double const ratio = a.estimate / b.estimate;
  return {ratio, ratio * std::hypot(a.std_error / a.estimate, b.std_error / b.estimate), a.lower / b.upper,
          a.upper / b.lower};
}

/// Folds Z^2 where the observed information is little, and where it is much, and counts how often it is; Z the error of
/// the first parameter over its standard error from the observed, or the expected, information.
Probe conditional_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& mle, bool is_observed) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 2;
  probe.shape.powers = {sim::power_block(0, 2)};
  probe.shape.successes = 2;
  probe.estimator = mle;
  auto const p = law.theta.size();
  probe.observe = [law, p, is_observed](Batch const& batch, sim::Observed& out) {
    auto const& model = *law.model;
    std::vector<Lanes> observed(p), expected(p);
    auto const& theta = batch.estimates->value;
    estimators::observed_std_errors(model, batch.sample, theta.data(), observed.data());
    estimators::expected_std_errors(model, batch.sample.n(), theta.data(), expected.data());
    Lanes const error = theta[0] - law.theta[0];
    Lanes const unit = is_observed ? observed[0] : expected[0];
    Lanes const squared = (error / unit) * (error / unit);
    auto const is_large = observed[0] > apart * expected[0];
    auto const is_small = apart * observed[0] < expected[0];
    drop_unknown(to_set(abs(squared) < Lanes(HUGE_VAL)), out);
    out.values[0] = select(is_large, squared, Lanes(0.0));
    out.values[1] = select(is_small, squared, Lanes(0.0));
    out.successes[0] = static_cast<sim::LaneSet>(to_set(is_large) & out.used);
    out.successes[1] = static_cast<sim::LaneSet>(to_set(is_small) & out.used);
  };
  return probe;
}

Interval ratio_of_variances(sim::Tally const& tally, double alpha) {
  double const share = alpha / 4;
  auto const large = proportion_interval({tally.successes[0], tally.count, 0}, share);
  auto const small = proportion_interval({tally.successes[1], tally.count, 0}, share);
  auto const a = ratio_of(mean_interval(sample_moments(tally, 0), share), large);
  auto const b = ratio_of(mean_interval(sample_moments(tally, 1), share), small);
  return ratio_of(a, b);
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  bool const is_location_scale =
      card.parameters == std::vector<std::string>{"location", "scale"} && card.regularity == sim::Regularity::regular;
  expects(is_location_scale,
          "conditional-variance is about a location with its scale, whose configuration is "
          "ancillary, and " +
              card.name + " is none; choose cauchy, logistic or student_t");
  auto const mle = estimator_of(the_case);
  bool const is_observed = text_option(the_case, "information") == "observed";
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(conditional_probe(law, k, mle, is_observed));
    add_finding(question, k,
                "variance of the location over that by the " + text_option(the_case, "information") +
                    " information: where it is little, over where it is much",
                {RegionKind::equal, 1.0, number_option(the_case, "margin"), {}}, &ratio_of_variances);
  }
}

}  // namespace

Claim conditional_variance() {
  return {
      {.id = "conditional-variance",
       .statement = "beyond, second order",
       .title = "Given the ancillary the observed information tells the variance, the expected one does not",
       .formula = "E[(t - theta)^2/v | a] is free of a for v = [J^-1]_11, J the observed information at the MLE",
       .evidence = "a location with unknown scale: replicates in which the observed information gives a standard error "
                   "8 % above that of the expected one, at the MLE, and those in which it lies as far below: the ratio "
                   "of the mean (t - theta)^2/v",
       .null_law = null_law::student,
       .margin = "0.25: an eighth of a standard error; the expansion leaves a term of the order 1/n",
       .control = "the expected information in the place of the observed",
       .options = {margin_option("0.25"), {"information", "which gives v", "observed", {"observed", "expected"}}},
       .estimator = "mle",
       .source = "Efron and Hinkley (1978), Biometrika 65, 457-482"},
      &ask};
}

}  // namespace fisherlab::claims
