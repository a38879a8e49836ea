#include "sim/models/logistic_regression.hpp"

#include <limits>

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/concave_newton.hpp"

namespace fisherlab::sim {
namespace {

/// What one look at a sample tells.
struct Overview {
  Lanes successes = 0.0, x = 0.0, xx = 0.0, x_of_successes = 0.0;  ///< sums
  LaneSet overlapping = 0;                                         ///< where the x of failures and successes overlap
};

Overview look_at(Sample const& sample) {
  Overview seen;
  Lanes least[2] = {HUGE_VAL, HUGE_VAL};
  Lanes most[2] = {-HUGE_VAL, -HUGE_VAL};
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0), y = sample(i, 1);
    auto const success = y > Lanes(0.5);
    least[0] = min(least[0], select(success, Lanes(HUGE_VAL), x));
    most[0] = max(most[0], select(success, Lanes(-HUGE_VAL), x));
    least[1] = min(least[1], select(success, x, Lanes(HUGE_VAL)));
    most[1] = max(most[1], select(success, x, Lanes(-HUGE_VAL)));
    seen.successes += y;
    seen.x += x;
    seen.xx += x * x;
    seen.x_of_successes += x * y;
  }
  seen.overlapping = to_set((most[0] > least[1]) & (most[1] > least[0]));
  return seen;
}

/// A start from least squares. For x ~ N(0, v) the mean of p and its slope on x are, nearly, those of a normal
/// distribution function of eta/c, c = sqrt(1 + pi slope^2 v/8): eta/c has the log odds of the mean of y as its mean,
/// and slope/c = b/(y (1 - y)) with b the slope of least squares. What is far from that costs steps, not digits.
Theta<Lanes, 2> start_of(Overview const& seen, double n) {
  Lanes const mean = seen.successes / n, mean_x = seen.x / n;
  Lanes const variance = seen.xx / n - mean_x * mean_x;
  Lanes const slope = (seen.x_of_successes / n - mean_x * mean) / (variance * (mean * (1.0 - mean)));
  constexpr double pi_over_8 = 0.39269908169872415481;
  Lanes const c = 1.0 / sqrt(1.0 - min(pi_over_8 * slope * slope * variance, Lanes(0.9)));
  return {c * (log(mean / (1.0 - mean)) - slope * mean_x), c * slope};
}

/// Score, information and third derivatives of the log likelihood: sums of (y - p) x^k, w x^k and w (1 - 2 p) x^k.
struct Derivatives {
  Lanes score[2] = {0.0, 0.0}, information[3] = {0.0, 0.0, 0.0}, third[4] = {0.0, 0.0, 0.0, 0.0};
};

Derivatives derivatives_at(Sample const& sample, Theta<Lanes, 2> const& t) {
  Derivatives sums;
  Lanes exponentials[stage_chunk];
  auto const prepare = [&](std::int64_t i) {
    exponentials[i % stage_chunk] = exp(max(min(-t[0] - t[1] * sample(i, 0), Lanes(700.0)), Lanes(-700.0)));
  };
  auto const add = [&](std::int64_t i) {
    Lanes const x = sample(i, 0), e = exponentials[i % stage_chunk];
    Lanes const p = 1.0 / (1.0 + e);
    Lanes const residual = sample(i, 1) - p;
    Lanes const w = e * p * p;
    Lanes const bend = w - 2.0 * (w * p);
    Lanes const wx = w * x, bend_x = bend * x, bend_xx = bend_x * x;
    sums.score[0] += residual;
    sums.score[1] += residual * x;
    sums.information[0] += w;
    sums.information[1] += wx;
    sums.information[2] += wx * x;
    sums.third[0] += bend;
    sums.third[1] += bend_x;
    sums.third[2] += bend_xx;
    sums.third[3] += bend_xx * x;
  };
  in_stages(sample.n(), prepare, add);
  return sums;
}

/// Chebyshev's third-order method from a near start: with s = I^-1 g, the step is s - I^-1 T[s, s]/2, T the sums of
/// third derivatives. A lane is found, after a step, where the square of the correction's share in it leaves an error
/// below 1e-11 standard errors. Lanes in which that does not come about soon are left to a slower search.
LaneSet quick_search(Sample const& sample, LaneSet wanted, Theta<Lanes, 2>& theta) {
  constexpr int most_steps = 8;
  LaneMask open = to_mask(wanted), found = to_mask(0);
  for (int step = 0; step < most_steps && any(open); ++step) {
    Derivatives const at = derivatives_at(sample, theta);
    auto const& g = at.score;
    auto const& h = at.information;
    auto const& u = at.third;
    Lanes const ratio = h[1] / h[0];
    Lanes const pivot = h[2] - ratio * h[1];
    auto const solve = [&](Lanes const& b0, Lanes const& b1) {
      Lanes const second = (b1 - ratio * b0) / pivot;
      return Theta<Lanes, 2>{b0 / h[0] - ratio * second, second};
    };
    auto const s = solve(g[0], g[1]);
    Lanes const decrement = g[0] * s[0] + g[1] * s[1];
    Lanes const ss[3] = {s[0] * s[0], 2.0 * (s[0] * s[1]), s[1] * s[1]};
    Lanes const b0 = -0.5 * (u[0] * ss[0] + u[1] * ss[1] + u[2] * ss[2]);
    Lanes const b1 = -0.5 * (u[1] * ss[0] + u[2] * ss[1] + u[3] * ss[2]);
    auto const c = solve(b0, b1);
    Lanes const squared = b0 * c[0] + b1 * c[1];  // length of the correction, as the decrement is that of s
    LaneMask const sound = (h[0] > Lanes(0.0)) & (pivot > Lanes(0.0)) & (squared <= 0.25 * decrement);
    for (std::size_t a = 0; a < 2; ++a) theta[a] = select(open, theta[a] + select(sound, s[a] + c[a], s[a]), theta[a]);
    LaneMask const last = open & sound & (decrement < Lanes(1e-3)) & (squared * squared <= 1e-22 * decrement);
    found = found | last;
    open = open & !last;
  }
  return to_set(found);
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
      .estimate =
          "third-order steps from least squares; does not exist where a value of x separates the failures from the "
          "successes",
      .hypotheses =
          "meets all; samples may be separated, and moments are those given that the estimate exists: the k-th "
          "for n > k + 1",
      .moments = {.slope = 1, .offset = 1},
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
  Lanes exponentials[stage_chunk];
  auto const prepare = [&](std::int64_t i) { exponentials[i % stage_chunk] = exp(-abs(t[0] + t[1] * sample(i, 0))); };
  auto const add = [&](std::int64_t i) {
    Lanes const x = sample(i, 0), y = sample(i, 1), e = exponentials[i % stage_chunk];
    Lanes const eta = t[0] + t[1] * x;
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
  };
  in_stages(sample.n(), prepare, add);
  for (Lanes& entry : hessian) entry = -entry;
  return -against - denominators.value() - 0.5 * sxx - static_cast<double>(sample.n()) * (0.5 * log_two_pi);
}

LaneSet LogisticRegression::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const seen = look_at(sample);
  theta = start_of(seen, static_cast<double>(sample.n()));
  LaneSet found = quick_search(sample, seen.overlapping, theta);
  if (auto const left = static_cast<LaneSet>(seen.overlapping & ~found); left != 0) {
    Theta<Lanes, 2> slow = {0.0, 0.0};
    LaneSet const more = concave_newton(
        [&](auto const& t, auto& score, auto& hessian) { return sums(sample, t, score, hessian); }, left, slow);
    for (std::size_t a = 0; a < 2; ++a) theta[a] = select(to_mask(left), slow[a], theta[a]);
    found = static_cast<LaneSet>(found | more);
  }
  for (Lanes& t : theta) t = select(to_mask(found), t, Lanes(std::numeric_limits<double>::quiet_NaN()));
  return found;
}

template AnyModel make<LogisticRegression>(std::span<double const>);

}  // namespace fisherlab::sim
