#include <cmath>
#include <cstddef>
#include <string>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/james_stein.hpp"

namespace fisherlab::claims {
namespace {

/// With y = sqrt(n) xbar/sd ~ N(mu, 1) and James and Stein's t = y + g(y), g = -(p - 2) y/|y|^2:
///   div g = -(p - 2)^2/|y|^2,   |g|^2 = (p - 2)^2/|y|^2,   g'(y - mu) has the mean E div g (Stein),
///   |t - mu|^2 has the mean of SURE = p + 2 div g + |g|^2 = p - (p - 2)^2/|y|^2.
struct Terms {
  sim::Lanes product, divergence, loss, estimate;
};

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects(estimators::are_means_with_known_sd(*law.model),
          "stein-risk is about three or more normal means with one known standard deviation, choose normal_vector");
  auto const p = law.theta.size();
  expects(p >= 5, "the second moment of 1/|y|^2 exists from five means on, give a theta of five or more");
  double const sd = law.model->constants()[0];
  double const margin = number_option(the_case, "margin");
  bool const with_divergence = text_option(the_case, "form") == "stein";
  auto const mean = estimators::make_estimator("mle", law.model);
  auto const terms = [p, sd, theta = law.theta, with_divergence](Batch const& batch) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n)) / sd;
    double const drop = static_cast<double>(p) - 2;
    sim::Lanes norm(0.0), product(0.0), loss(0.0);
    for (std::size_t a = 0; a < p; ++a) norm += scale * scale * batch.estimates->value[a] * batch.estimates->value[a];
    for (std::size_t a = 0; a < p; ++a) {
      sim::Lanes const y = scale * batch.estimates->value[a];
      sim::Lanes const error = scale * (batch.estimates->value[a] - theta[a]);
      sim::Lanes const g = -drop * y / norm;
      product += g * error;
      loss += (error + g) * (error + g);
    }
    sim::Lanes const divergence = -drop * drop / norm;
    sim::Lanes const risk = static_cast<double>(p) + (with_divergence ? 2.0 : 0.0) * divergence - divergence;
    return Terms{product, divergence, loss, risk};
  };
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  double const size = static_cast<double>(p);
  for (std::size_t k = 0; k < count; ++k) {
    add_mean(question, k, "g'(y - mu) less the divergence of g, a component", exactly(RegionKind::equal, 0.0, margin),
             mean, [terms, size, with_divergence](Batch const& batch, sim::Lanes* out, sim::Observed&) {
               auto const at = terms(batch);
               out[0] = (at.product - (with_divergence ? 1.0 : 0.0) * at.divergence) / size;
             });
    add_mean(question, k, "loss of James and Stein's estimate less its estimated risk, a component",
             exactly(RegionKind::equal, 0.0, margin), mean,
             [terms, size](Batch const& batch, sim::Lanes* out, sim::Observed&) {
               auto const at = terms(batch);
               out[0] = (at.loss - at.estimate) / size;
             });
  }
}

}  // namespace

Claim stein_risk() {
  return {
      {.id = "stein-risk",
       .statement = "beyond, optimality",
       .title = "Stein's identity, and his unbiased estimate of the risk of a shrunk mean",
       .formula = "E g(y)'(y - mu) = E div g(y), y ~ N(mu, 1); E|y + g - mu|^2 = E[p + 2 div g + |g|^2]",
       .evidence = "means over replicates of both sides' difference, for James and Stein's g; Student",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of the variance of one mean",
       .control = "the identity and the risk without the divergence (form = no-divergence)",
       .options = {margin_option("0.01"),
                   {"form", "Stein's, or what is left without the divergence", "stein", {"stein", "no-divergence"}}},
       .source = "Stein (1981), Ann. Statist. 9, 1135-1151, lemma 2 and theorem 1"},
      &ask};
}

}  // namespace fisherlab::claims
