#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/std_errors.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// (Z^2 - 1) u of each replicate; Z the error of the first parameter over its standard error from the observed, or the
/// expected, information; u = 1 where the observed information is less than the expected one, else -1, or 1 throughout.
Numbers excess_of(Law const& law, bool is_observed, bool is_signed) {
  auto const p = law.theta.size();
  return [law, p, is_observed, is_signed](Batch const& batch, Lanes* out, sim::Observed& seen) {
    auto const& model = *law.model;
    std::vector<Lanes> observed(p), expected(p);
    auto const& theta = batch.estimates->value;
    estimators::observed_std_errors(model, batch.sample, theta.data(), observed.data());
    estimators::expected_std_errors(model, batch.sample.n(), theta.data(), expected.data());
    Lanes const z = (theta[0] - law.theta[0]) / (is_observed ? observed[0] : expected[0]);
    Lanes const excess = z * z - 1.0;
    drop_unknown(to_set(abs(excess) < Lanes(HUGE_VAL)), seen);
    out[0] = is_signed ? select(observed[0] > expected[0], excess, -1.0 * excess) : excess;
  };
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
  expects(mle->components() == card.parameters,
          "conditional-variance is about an estimate of location and scale, and " + mle->name() +
              " is none; leave estimator out");
  bool const is_observed = text_option(the_case, "information") == "observed";
  bool const is_signed = text_option(the_case, "form") == "apart";
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    expects_moment(the_case.setting, *mle, question.scenarios[k].n, moments_of_variance_interval);
    add_mean(question, k,
             "squared error of the location in units of the " + text_option(the_case, "information") +
                 " information, less 1" + (is_signed ? ": where it is little, less where it is much" : ""),
             {RegionKind::equal, 0.0, number_option(the_case, "margin"), {}}, mle,
             excess_of(law, is_observed, is_signed));
  }
}

}  // namespace

Claim conditional_variance() {
  return {
      {.id = "conditional-variance",
       .statement = "beyond, second order",
       .title = "Given the ancillary the observed information tells the variance, the expected one does not",
       .formula = "E[(t - theta)^2/v | a] is free of a for v = [J^-1]_11, J the observed information at the MLE",
       .evidence =
           "a location with unknown scale: replicates in which the observed information is less than the expected one, "
           "at the MLE, against those in which it is more: the mean of (t - theta)^2/v - 1, with the sign of the "
           "group; "
           "Student",
       .null_law = null_law::student,
       .margin = "0.03: three per cent of a variance; the expansion leaves a term of the order 1/n",
       .control =
           "the expected information in the place of the observed; data drawn beside theta, by the mean over both "
           "groups (form = together)",
       .options = {margin_option("0.03"),
                   {"information", "which gives v", "observed", {"observed", "expected"}},
                   {"form", "one group less the other, or both together", "apart", {"apart", "together"}}},
       .estimator = "mle",
       .source = "Efron and Hinkley (1978), Biometrika 65, 457-482"},
      &ask};
}

}  // namespace fisherlab::claims
