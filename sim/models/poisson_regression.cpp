#include "sim/models/poisson_regression.hpp"

#include <limits>
#include <vector>

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/concave_newton.hpp"
#include "sim/variates/poisson_lanes.hpp"

namespace fisherlab::sim {
namespace {

/// Where the likelihood has a maximum.
LaneSet bounded(Sample const& sample) {
  Lanes least = HUGE_VAL, most = -HUGE_VAL;                  // of all x
  Lanes least_counted = HUGE_VAL, most_counted = -HUGE_VAL;  // of the x with y > 0
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0);
    auto const counted = sample(i, 1) > Lanes(0.0);
    least = min(least, x);
    most = max(most, x);
    least_counted = min(least_counted, select(counted, x, Lanes(HUGE_VAL)));
    most_counted = max(most_counted, select(counted, x, Lanes(-HUGE_VAL)));
  }
  auto const inside = (least_counted == most_counted) & (least < least_counted) & (most_counted < most);
  return to_set((least_counted < most_counted) | inside);
}

}  // namespace

ModelCard PoissonRegression::card() {
  return {
      .name = "poisson_regression",
      .title = "Poisson regression on a random, known design",
      .parameters = {"intercept", "slope"},
      .domains = {Domain::real, Domain::real},
      .constants = {},
      .space = "intercept + 9 |slope| is below 21, for counts stay below 2^31",
      .formula = "log p = y eta - exp eta - log y! - x^2/2 - log(2 pi)/2 with eta = intercept + slope x",
      .support = "x real, y = 0, 1, 2 ...; the design is x ~ N(0, 1)",
      .ranges = {Range::line, Range::counts},
      .information = "m (1, b; b, 1 + b^2) with b the slope and m = exp(intercept + b^2/2)",
      .estimate =
          "Newton's method from (log mean y, 0); does not exist where the counts above 0 all lie at the smallest or "
          "the largest x, or there are none",
      .hypotheses =
          "meets all, for intercept + 9 |slope| < 21 so that counts can be drawn; moments are those given that the "
          "estimate exists: the k-th for n > k + 1",
      .moments = {.slope = 1, .offset = 1},
      .source = "derived in sim/models/poisson_regression.hpp"};
}

void PoissonRegression::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  std::vector<Lanes> counts(static_cast<std::size_t>(sample.n()));
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = stream.normal();
    sample(i, 0) = x;
    counts[static_cast<std::size_t>(i)] = exp(t[0] + t[1] * x);
  }
  means_to_poisson(stream, counts.data(), sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) sample(i, 1) = counts[static_cast<std::size_t>(i)];
}

namespace {

/// sum y eta - exp eta with its derivatives: the log likelihood without the terms free of theta.
Lanes kernel(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score, Symmetric<Lanes, 2>& hessian) {
  Lanes total = 0.0;
  score = {0.0, 0.0};
  hessian = {0.0, 0.0, 0.0};
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0), y = sample(i, 1);
    Lanes const eta = t[0] + t[1] * x;
    Lanes const mean = exp(eta);
    Lanes const residual = y - mean;
    total += y * eta - mean;
    score[0] += residual;
    score[1] += x * residual;
    hessian[0] += mean;
    hessian[1] += x * mean;
    hessian[2] += x * x * mean;
  }
  for (Lanes& entry : hessian) entry = -entry;
  return total;
}

}  // namespace

Lanes PoissonRegression::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                              Symmetric<Lanes, 2>& hessian) const {
  Lanes constant = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) constant += log_design(sample(i, 0)) - lgamma(sample(i, 1) + 1.0);
  return kernel(sample, t, score, hessian) + constant;
}

LaneSet PoissonRegression::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) sum += sample(i, 1);
  theta = {log(sum / static_cast<double>(sample.n())), 0.0};
  LaneSet const found =
      concave_newton([&](auto const& t, auto& score, auto& hessian) { return kernel(sample, t, score, hessian); },
                     bounded(sample), theta);
  for (Lanes& t : theta) t = select(to_mask(found), t, Lanes(std::numeric_limits<double>::quiet_NaN()));
  return found;
}

template AnyModel make<PoissonRegression>(std::span<double const>);

}  // namespace fisherlab::sim
