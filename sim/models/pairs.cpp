#include "sim/models/pairs.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {
namespace {

Lanes coordinate_mean(Sample const& sample, int d) {
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) sum += sample(i, d);
  return sum / Lanes(static_cast<double>(sample.n()));
}

}  // namespace

ModelCard NormalPoissonPair::card() {
  return {.name = "normal_poisson_pair",
          .title = "A normal and an independent Poisson observation that share theta",
          .parameters = {"theta"},
          .domains = {Domain::real},
          .constants = {"sd"},
          .space = "theta is below 20",
          .formula = "x ~ N(theta, sd^2), y ~ Poisson(exp theta), independent",
          .support = "x real, y = 0, 1, 2 ...",
          .ranges = {Range::line, Range::counts},
          .information = "1/sd^2 + exp theta",
          .estimate = "safeguarded Newton from the mean of x",
          .hypotheses = "meets all; every moment of the estimate exists",
          .source = "derived in sim/models/pairs.hpp"};
}

ModelCard ExponentialGammaPair::card() {
  return {.name = "exponential_gamma_pair",
          .title = "An exponential and an independent gamma observation that share the rate",
          .parameters = {"rate"},
          .domains = {Domain::positive},
          .constants = {"shape"},
          .formula = "x ~ Exponential(rate), y ~ Gamma(shape, rate), independent",
          .support = "x >= 0, y > 0",
          .ranges = {Range::positive, Range::positive},
          .information = "(1 + shape)/rate^2",
          .estimate = "(1 + shape)/mean(x + y), in closed form",
          .hypotheses = "meets all; the k-th moment of the estimate exists for n (1 + shape) > k",
          .moments = {.divides_from = 0, .grows = false},
          .source = "derived in sim/models/pairs.hpp"};
}

ModelCard CorrelatedPair::card() {
  return {.name = "correlated_pair",
          .title = "Two correlated normal observations with one mean",
          .parameters = {"mean"},
          .domains = {Domain::real},
          .constants = {"sd", "correlation"},
          .formula = "(x, y) bivariate normal, common mean and sd, known correlation",
          .support = "x, y real",
          .ranges = {Range::line, Range::line},
          .information = "2/(sd^2 (1 + correlation)); each observation alone carries 1/sd^2",
          .estimate = "the mean of all observations, in closed form",
          .hypotheses = "meets all, but x and y depend on each other: information does not add over them",
          .source = "derived in sim/models/pairs.hpp"};
}

Theta<Lanes, 1> NormalPoissonPair::start(Sample const& sample) const { return {coordinate_mean(sample, 0)}; }

LaneSet ExponentialGammaPair::fit(Sample const& sample, Theta<Lanes, 1>& theta) const {
  theta = {(1.0 + shape) / (coordinate_mean(sample, 0) + coordinate_mean(sample, 1))};
  return to_set(theta[0] < Lanes(HUGE_VAL));
}

LaneSet CorrelatedPair::fit(Sample const& sample, Theta<Lanes, 1>& theta) const {
  theta = {0.5 * (coordinate_mean(sample, 0) + coordinate_mean(sample, 1))};
  return all_lanes;
}

template AnyModel make<NormalPoissonPair>(std::span<double const>);
template AnyModel make<ExponentialGammaPair>(std::span<double const>);
template AnyModel make<CorrelatedPair>(std::span<double const>);

}  // namespace fisherlab::sim
