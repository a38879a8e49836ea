#include <string>

#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/options.hpp"
#include "claims/statements/statements.hpp"
#include "claims/tally_view.hpp"
#include "sim/autodiff/dual.hpp"
#include "sim/expects.hpp"

namespace fisherlab::claims {
namespace {

using Dual = sim::Dual<double>;

/// phi = f(theta) on a scalar, and its slope in closed form.
struct Map {
  double value = 0;
  double slope = 0;
};

Map forward(std::string const& map, double theta) {
  auto const positive = [&] {
    expects(theta > 0, "the map " + map + " needs a parameter above 0, choose another map");
  };
  if (map == "log") return positive(), Map{sim::log(theta), 1 / theta};
  if (map == "sqrt") return positive(), Map{sim::sqrt(theta), 0.5 / sim::sqrt(theta)};
  if (map == "reciprocal") return positive(), Map{1 / theta, -1 / (theta * theta)};
  if (map == "square") return {theta * theta, 2 * theta};
  if (map == "cube") return {theta * theta * theta, 3 * theta * theta};
  expects(theta > 0 && theta < 1, "the map logit needs a parameter between 0 and 1, choose another map");
  return {sim::log(theta / (1 - theta)), 1 / (theta * (1 - theta))};
}

/// theta as a function of phi, written independently of the slope above and differentiated automatically.
Dual inverse(std::string const& map, Dual const& phi, double theta) {
  if (map == "log") return exp(phi);
  if (map == "sqrt") return phi * phi;
  if (map == "reciprocal") return 1.0 / phi;
  if (map == "square") return theta < 0 ? -sqrt(phi) : sqrt(phi);
  if (map == "cube") return phi < Dual(0.0) ? -exp(log(-phi) / 3.0) : exp(log(phi) / 3.0);
  return 1.0 / (1.0 + exp(-phi));
}

/// Folds the mean of (dl/dphi)^2 over the sample, relative to `target`; dl/dphi by automatic differentiation of the
/// log density along dtheta/dphi.
Probe slope_probe(Law const& law, std::size_t scenario, double tangent, double target) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.observe = [law, tangent, target](Batch const& batch, sim::Observed& out) {
    sim::Lanes sum, squares;
    law.model->directional_scores(batch.sample, law.theta, {&tangent, 1}, sum, squares);
    out.values[0] = squares / (static_cast<double>(batch.scenario.n) * target);
  };
  return probe;
}

void add_map_findings(Case const& the_case, Question& question, double tangent, double target,
                      std::string const& statistic) {
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(slope_probe(the_case.setting.model, k, tangent, target));
    add_finding(question, k, statistic, {RegionKind::equal, 1.0, number_option(the_case, "margin", 0.01)},
                [](auto const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
  }
}

double scalar_information(Case const& the_case, std::string const& claim) {
  auto const& law = the_case.setting.model;
  expects(law.theta.size() == 1 && law.model->dimension() == 1,
          claim + " needs a model of one parameter, and " + law.model->card().name + " has more; choose another model");
  double information = 0;
  law.model->information(std::span<double const>(law.theta), &information);
  return information;
}

void ask(Case const& the_case, Question& question) {
  double const information = scalar_information(the_case, "reparameterization");
  double const theta = the_case.setting.model.theta[0];
  auto const name = text_option(the_case, "map", "log", {"log", "sqrt", "logit", "reciprocal", "square", "cube"});
  auto const map = forward(name, theta);
  expects(map.slope != 0,
          "the map " + name +
              " has f'(theta) = 0 here, so phi has no information about theta to "
              "compare (I/f'^2 is infinite: f is not invertible nearby); choose a theta with f'(theta) != 0");
  auto const rule = text_option(the_case, "rule", "divide", {"divide", "multiply"});
  double const squared = map.slope * map.slope;
  double const target = rule == "divide" ? information / squared : information * squared;
  double const tangent = inverse(name, Dual(map.value, 1.0), theta).derivative;
  add_map_findings(the_case, question, tangent, target,
                   "information in " + name + "(" + the_case.setting.model.model->card().parameters[0] + ") over " +
                       (rule == "divide" ? "I/f'^2" : "I f'^2"));
}

void ask_square_root(Case const& the_case, Question& question) {
  auto const& law = the_case.setting.model;
  expects(law.model->card().name == "normal_mean", "square-root-example is about normal_mean, choose that model");
  double const mu = law.theta[0];
  expects(mu > 0, "square-root-example needs a mean above 0, since phi = sqrt(mean)");
  double const sd = law.model->constants()[0];
  auto const formula = text_option(the_case, "formula", "example", {"example", "constant"});
  double const target = formula == "example" ? 4 * mu / (sd * sd) : 4 / (sd * sd);
  double const tangent = inverse("sqrt", Dual(sim::sqrt(mu), 1.0), mu).derivative;
  add_map_findings(
      the_case, question, tangent, target,
      formula == "example" ? "information in sqrt(mean) over 4 mean/sd^2" : "information in sqrt(mean) over 4/sd^2");
}

}  // namespace

Claim reparameterization() {
  return {
      {.id = "reparameterization",
       .statement = "6.5",
       .title = "Information in phi = f(theta) is I/(f')^2",
       .formula = "I_{f(theta)} = I_theta/(f'(theta))^2",
       .evidence = "E (dl/dphi)^2 with dl/dphi from automatic differentiation of the log density through the inverse "
                   "map, over I/(f')^2 in closed form; Student interval",
       .margin = "0.01: one per cent of information is half a per cent of a standard error",
       .control = "(f')^2 on the wrong side of the fraction; f'(theta) = 0 is refused",
       .options = "margin; map = log, sqrt, logit, reciprocal, square, cube; rule = divide, multiply",
       .source = "the notes, Identity 6.5"},
      {"margin", "map", "rule"},
      &ask};
}

Claim square_root_example() {
  return {{.id = "square-root-example",
           .statement = "Example 2",
           .title = "The information of sqrt(mean) of a normal law is 4 mean/sd^2",
           .formula = "I_{sqrt(mu)} = 4 mu/sigma^2",
           .evidence = "as reparameterization, over a grid of means",
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "4/sd^2, free of the mean",
           .options = "margin; formula = example, constant",
           .source = "the notes, Example 2"},
          {"margin", "formula"},
          &ask_square_root};
}

}  // namespace fisherlab::claims
