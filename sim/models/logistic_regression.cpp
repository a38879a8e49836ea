#include "sim/models/logistic_regression.hpp"

#include <limits>

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/concave_newton.hpp"

namespace fisherlab::sim {
namespace {

/// Where the x of failures and successes overlap.
LaneSet overlapping(Sample const& sample) {
  Lanes least[2] = {HUGE_VAL, HUGE_VAL};
  Lanes most[2] = {-HUGE_VAL, -HUGE_VAL};
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0);
    auto const success = sample(i, 1) > Lanes(0.5);
    least[0] = min(least[0], select(success, Lanes(HUGE_VAL), x));
    most[0] = max(most[0], select(success, Lanes(-HUGE_VAL), x));
    least[1] = min(least[1], select(success, x, Lanes(HUGE_VAL)));
    most[1] = max(most[1], select(success, x, Lanes(-HUGE_VAL)));
  }
  return to_set((most[0] > least[1]) & (most[1] > least[0]));
}

}  // namespace

ModelCard LogisticRegression::card() {
  return {
      .name = "logistic_regression",
      .title = "Logistic regression on a random, known design",
      .parameters = {"intercept", "slope"},
      .domains = {Domain::real, Domain::real},
      .constants = {},
      .formula = "log p = y eta - log(1 + exp eta) - x^2/2 - log(2 pi)/2 with eta = intercept + slope x",
      .support = "x real, y = 0, 1; the design is x ~ N(0, 1)",
      .ranges = {Range::line, Range::counts},
      .information =
          "E w (1, x; x, x^2) with w = p (1 - p) at eta, by a fixed trapezoid rule, exact to 1e-11 (there is no closed "
          "form)",
      .estimate = "Newton's method from 0; does not exist where a value of x separates the failures from the successes",
      .hypotheses =
          "meets all; samples may be separated, and moments are those given that the estimate exists: the k-th "
          "for n > k + 1",
      .moments = {1, 1},
      .source =
          "existence: Albert and Anderson (1984), Biometrika 71, 1-10; the rest derived in "
          "sim/models/logistic_regression.hpp"};
}

Lanes LogisticRegression::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                               Symmetric<Lanes, 2>& hessian) const {
  LogSum<Lanes> denominators;
  Lanes against = 0.0, sxx = 0.0;
  score = {0.0, 0.0};
  hessian = {0.0, 0.0, 0.0};
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0), y = sample(i, 1);
    Lanes const eta = t[0] + t[1] * x;
    Lanes const e = exp(-abs(eta));
    Lanes const denominator = 1.0 + e;
    denominators.add(denominator);
    Lanes const inverse = 1.0 / denominator;
    Lanes const unlikely = select(y > Lanes(0.5), -eta, eta);
    against += max(unlikely, Lanes(0.0));
    sxx += x * x;
    Lanes const residual = residual_of(y, eta, e, inverse);
    Lanes const w = weight_of(e, inverse);
    score[0] += residual;
    score[1] += x * residual;
    hessian[0] += w;
    hessian[1] += x * w;
    hessian[2] += x * x * w;
  }
  for (Lanes& entry : hessian) entry = -entry;
  return -against - denominators.value() - 0.5 * sxx - static_cast<double>(sample.n()) * (0.5 * log_two_pi);
}

LaneSet LogisticRegression::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  theta = {0.0, 0.0};
  LaneSet const found =
      concave_newton([&](auto const& t, auto& score, auto& hessian) { return sums(sample, t, score, hessian); },
                     overlapping(sample), theta);
  for (Lanes& t : theta) t = select(to_mask(found), t, Lanes(std::numeric_limits<double>::quiet_NaN()));
  return found;
}

template AnyModel make<LogisticRegression>(std::span<double const>);

}  // namespace fisherlab::sim
