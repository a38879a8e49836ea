#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/models/expression/expression_model.hpp"

namespace fisherlab::test {

/// A law in expressions, of parameters that may take what its support and formula allow.
struct WrittenLaw {
  std::string name;
  std::vector<sim::ExpressionParameter> parameters;
  sim::Support support;
  std::string log_density;
  std::optional<std::string> draw = {};
};

inline sim::ExpressionParameter positive(std::string name, double example) {
  return {.name = std::move(name), .domain = sim::Domain::positive, .example = example};
}
inline sim::ExpressionParameter real(std::string name, double example) {
  return {.name = std::move(name), .domain = sim::Domain::real, .example = example};
}

inline sim::Support positive_support() { return {sim::Range::positive, 0}; }
inline sim::Support count_support() { return {sim::Range::counts, 0}; }

/// Its line of the catalogue.
inline sim::Models::Entry entry_of(WrittenLaw const& written) {
  sim::ExpressionLaw law;
  law.name = written.name;
  law.title = written.name;
  law.parameters = written.parameters;
  law.support = written.support;
  law.log_density = written.log_density;
  law.draw = written.draw;
  return sim::expression_model(law);
}

inline sim::AnyModel model_of(WrittenLaw const& written) { return entry_of(written).make({}); }

/// Shipped laws, written down again under names with "my_" before them.
inline std::vector<WrittenLaw> rewritten_laws() {
  return {{"my_gamma",
           {positive("shape", 2.5), positive("rate", 1.3)},
           positive_support(),
           "shape*log(rate) - lgamma(shape) + (shape - 1)*log(x) - rate*x"},
          {"my_weibull",
           {positive("shape", 2.5), positive("scale", 1.3)},
           positive_support(),
           "log(shape/scale) + (shape - 1)*log(x/scale) - (x/scale)^shape",
           "scale*(-log(u1))^(1/shape)"},
          {"my_normal",
           {real("mean", 2), positive("sd", 3)},
           {},
           "-((x - mean)/sd)^2/2 - log(sd) - log(2*pi)/2",
           "mean + sd*z1"},
          {"my_logistic",
           {real("location", 2), positive("scale", 3)},
           {},
           "-(x - location)/scale - log(scale) - 2*log1p(exp(-(x - location)/scale))"},
          {"my_cauchy",
           {real("location", 2), positive("scale", 3)},
           {},
           "-log(pi*scale) - log1p(((x - location)/scale)^2)"},
          {"my_beta",
           {positive("a", 2), positive("b", 3.5)},
           {sim::Range::unit, 0, 1},
           "lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1)*log(x) + (b - 1)*log1p(-x)"},
          {"my_poisson", {positive("mean", 3)}, count_support(), "x*log(mean) - mean - lgamma(x + 1)"},
          {"my_geometric",
           {{.name = "prob", .domain = sim::Domain::unit, .example = 0.3}},
           count_support(),
           "log(prob) + x*log1p(-prob)",
           "floor(log(u1)/log1p(-prob))"}};
}

}  // namespace fisherlab::test
