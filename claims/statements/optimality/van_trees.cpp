#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// Places of theta with their prior weights (sum 1), and the information of the prior.
struct Prior {
  std::vector<double> theta, weight;
  double information = 0;
};

/// cos^2 on theta -+ half, information (pi/half)^2; or normal with sd half, information half^-2: trapezium sums, which
/// are exact for these to rounding (the first is periodic with its period, the second decays to nothing).
Prior prior_about(double theta, double half, bool is_normal) {
  constexpr int count = 64;
  Prior prior;
  double total = 0;
  for (int k = 0; k < count; ++k) {
    double const u = (2.0 * k - count) / count;  // in [-1, 1)
    double const at = is_normal ? 10 * u : u;
    double const weight = is_normal ? std::exp(-0.5 * at * at) : std::pow(std::cos(0.5 * std::numbers::pi * at), 2);
    prior.theta.push_back(theta + half * at);
    prior.weight.push_back(weight);
    total += weight;
  }
  for (double& each : prior.weight) each /= total;
  prior.information = is_normal ? 1 / (half * half) : std::pow(std::numbers::pi / half, 2);
  return prior;
}

/// E(theta - E[theta | X])^2 over the prior and one observation, and the mean information over the prior.
struct Bayes {
  double risk = 0, information = 0;
};

Bayes bayes_of(Law const& law, Prior const& prior) {
  auto const count = prior.theta.size();
  Bayes result;
  std::vector<Lanes> theta(1);
  for (std::size_t i = 0; i < count; ++i) {
    if (prior.weight[i] < 1e-18) continue;
    Law const there{law.model, {prior.theta[i]}};
    result.information += prior.weight[i] * information_matrix(there)(0, 0);
    result.risk += prior.weight[i] * expectation_of(there, 1, [&](sim::Sample const& one, Lanes* out) {
                     Lanes total(0.0), sum(0.0);
                     theta[0] = Lanes(prior.theta[i]);
                     Lanes const here = law.model->log_likelihood(one, theta.data());
                     for (std::size_t j = 0; j < count; ++j) {
                       theta[0] = Lanes(prior.theta[j]);
                       Lanes const weight =
                           prior.weight[j] * sim::exp(law.model->log_likelihood(one, theta.data()) - here);
                       total += weight;
                       sum += weight * (prior.theta[j] - prior.theta[i]);
                     }
                     Lanes const error = sum / total;
                     out[0] = error * error;
                   })[0];
  }
  return result;
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  auto const& name = law.model->card().name;
  expects(law.theta.size() == 1, "van-trees is about one parameter, and " + name + " has more; choose another model");
  expects(law.model->dimension() == 1,
          "van-trees is about observations of one number, and one of " + name + " has several; choose another model");
  double const width = number_option(the_case, "width");
  expects(width > 0, "the width of the prior is above 0, set another width");
  bool const is_normal = text_option(the_case, "prior") != "cosine";
  auto const form = text_option(the_case, "form");
  double const half = width / std::sqrt(information_matrix(law)(0, 0));
  auto const prior = prior_about(law.theta[0], half, is_normal);
  for (double const theta : prior.theta)
    expects(law.model->in_space(std::vector{theta}),
            "the prior leaves the space of " + name + ", choose a smaller width");
  add_calculated(calculation,
                 "Bayes risk of the posterior mean over 1/(E I" +
                     std::string(form == "without-prior" ? ")" : " + I of the prior)"),
                 form == "attained" ? exactly(RegionKind::equal, 1.0, number_option(the_case, "margin"))
                                    : exactly(RegionKind::at_least, 1.0, number_option(the_case, "margin")));
  calculation.carry_out = [law, prior, form] {
    auto const bayes = bayes_of(law, prior);
    double const ratio = bayes.risk * (bayes.information + (form == "without-prior" ? 0 : prior.information));
    return std::vector{calculated(ratio, 10 * quadrature_error * ratio)};
  };
}

}  // namespace

Claim van_trees() {
  return {
      {.id = "van-trees",
       .statement = "beyond, biased bounds",
       .title = "The mean square error of any estimator, averaged over a prior, is bounded",
       .formula = "E_pi E(t - theta)^2 >= 1/(E_pi I(theta) + I(pi)), I(pi) = E (d log pi/d theta)^2",
       .evidence = "the least average risk there is, of the posterior mean: its quadrature over one observation and a "
                   "prior of 64 points, against the bound; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "the bound without the information of the prior (form = without-prior)",
       .options = {margin_option("1e-6"),
                   {"prior", "its shape", "cosine", {"cosine", "normal"}},
                   {"width", "half its range, or its sd, in standard errors of one observation", "1", {}},
                   {"form",
                    "a bound; one that is attained; or that without the prior",
                    "bound",
                    {"bound", "attained", "without-prior"}}},
       .source = "van Trees (1968), Detection, Estimation, and Modulation Theory I, p. 72; Gill and Levit (1995), "
                 "Bernoulli 1, 59-79"},
      &ask};
}

}  // namespace fisherlab::claims
