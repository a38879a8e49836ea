#include <string>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/known_derivatives.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/maps/scalar_map.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/autodiff/dual.hpp"
#include "sim/models/normal_mean.hpp"

namespace fisherlab::claims {
namespace {

using Dual = sim::Dual<double>;

/// dtheta/dphi at phi = f(theta), by automatic differentiation of the inverse map.
double inverse_slope(ScalarMap map, double theta) {
  return unmapped(map, Dual(mapped(map, theta), 1.0), theta).derivative;
}

/// Folds the mean of (dl/dphi)^2 over the sample, relative to `target`; dl/dphi by automatic differentiation of the
/// log density along dtheta/dphi.
Probe slope_probe(Law const& law, std::size_t scenario, double tangent, double target) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.observe = [law, tangent, target](Batch const& batch, sim::Observed& out) {
    sim::Lanes sum, squares;
    law.model->offers().directional_scores(batch.sample, law.theta, {&tangent, 1}, sum, squares);
    out.values[0] = squares / (static_cast<double>(batch.scenario.n) * target);
  };
  return probe;
}

void add_map_findings(Case const& the_case, Sampled& question, double tangent, double target,
                      std::string const& statistic) {
  auto const& law = the_case.setting.model;
  add_scenarios(the_case, question);
  KnownDerivatives const known(the_case.setting);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(slope_probe(law, k, tangent, target));
    add_finding(question, k, statistic, exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")),
                [by_law = known.outer(question.scenarios[k].n)](auto const& tally, double alpha) {
                  return mean_interval(sample_moments(tally, 0), by_law, alpha);
                });
  }
}

double scalar_information(Case const& the_case, std::string const& claim) {
  auto const& law = the_case.setting.model;
  expects_offer(static_cast<bool>(law.model->offers().directional_scores), law, directional_scores_for(claim));
  expects(law.theta.size() == 1 && law.model->dimension() == 1,
          claim + " needs a model of one parameter, and " + law.model->card().name + " has more; choose another model");
  double information = 0;
  law.model->information(std::span<double const>(law.theta), &information);
  return information;
}

void ask(Case const& the_case, Sampled& question) {
  double const information = scalar_information(the_case, "reparameterization");
  double const theta = the_case.setting.model.theta[0];
  auto const name = text_option(the_case, "map");
  auto const map = scalar_map(name, theta);
  double const slope = map_slope(map, theta);
  expects(slope != 0, "the map " + name +
                          " has f'(theta) = 0 here, so phi has no information about theta to compare (I/f'^2 is "
                          "infinite: f is not invertible nearby); choose a theta with f'(theta) != 0");
  auto const rule = text_option(the_case, "rule");
  double const squared = slope * slope;
  double const target = rule == "divide" ? information / squared : information * squared;
  add_map_findings(the_case, question, inverse_slope(map, theta), target,
                   "information in " + name + "(" + the_case.setting.model.model->card().parameters[0] + ") over " +
                       (rule == "divide" ? "I/f'^2" : "I f'^2"));
}

void ask_square_root(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects(is_law_of<sim::NormalMean>(law), "square-root-example is about normal_mean, choose that model");
  expects_offer(static_cast<bool>(law.model->offers().directional_scores), law,
                directional_scores_for("square-root-example"));
  double const mu = law.theta[0];
  expects(mu > 0, "square-root-example needs a mean above 0, since phi = sqrt(mean)");
  double const sd = law.model->constants()[0];
  auto const formula = text_option(the_case, "formula");
  double const target = formula == "example" ? 4 * mu / (sd * sd) : 4 / (sd * sd);
  add_map_findings(
      the_case, question, inverse_slope(ScalarMap::sqrt, mu), target,
      formula == "example" ? "information in sqrt(mean) over 4 mean/sd^2" : "information in sqrt(mean) over 4/sd^2");
}

}  // namespace

Claim reparameterization() {
  return {{.id = "reparameterization",
           .statement = "6.5",
           .title = "Information in phi = f(theta) is I/(f')^2",
           .formula = "I_{f(theta)} = I_theta/(f'(theta))^2",
           .evidence = "E (dl/dphi)^2 with dl/dphi from automatic differentiation of the log density through the "
                       "inverse map, over I/(f')^2 in closed form; interval of a mean",
           .null_law = null_law::student,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "(f')^2 on the wrong side of the fraction; f'(theta) = 0 is refused",
           .options = {margin_option("0.01"),
                       {"map", "f", "log", scalar_map_names()},
                       {"rule", "which side of the fraction (f')^2 is on", "divide", {"divide", "multiply"}}},
           .source = "the notes, Identity 6.5",
           .hypotheses = "A regular model, one parameter, f differentiable with f' not 0. Exact at every n."},
          &ask};
}

Claim square_root_example() {
  return {
      {.id = "square-root-example",
       .statement = "Example 2",
       .title = "The information of sqrt(mean) of a normal law is 4 mean/sd^2",
       .formula = "I_{sqrt(mu)} = 4 mu/sigma^2",
       .evidence = "as reparameterization, over a grid of means",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of information is half a per cent of a standard error",
       .control = "4/sd^2, free of the mean",
       .options = {margin_option("0.01"), {"formula", "the claimed information", "example", {"example", "constant"}}},
       .source = "the notes, Example 2",
       .hypotheses = "Normal data with known sd and a mean above 0. Exact at every n."},
      &ask_square_root};
}

}  // namespace fisherlab::claims
