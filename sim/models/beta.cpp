#include "sim/models/beta.hpp"

#include <vector>

#include "sim/math/binet.hpp"
#include "sim/math/log_gap.hpp"
#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"
#include "sim/variates/gamma.hpp"

namespace fisherlab::sim {
namespace {

/// Sums of log x and log(1 - x). For x below 2^-53 the second term is 0, for x >= 1/2 the difference 1 - x is exact,
/// and between them its rounding, 2^-54, is that of the sum itself. NaN where an observation is not inside (0, 1).
struct LogStatistics {
  Lanes of_x, of_rest;

  explicit LogStatistics(Sample const& sample) {
    LogSum<Lanes> first, second;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      first.add(sample(i));
      second.add(1.0 - sample(i));
    }
    of_x = first.value();
    of_rest = second.value();
  }
};

/// From this sum of shapes on, differences of logs and digammas lose what tells observations apart: formulas in the
/// relative deviations w = x/m - 1 and v = (1 - x)/(1 - m) - 1, m = alpha/s, s = alpha + beta, take over.
constexpr double narrow_sum = 65536.0;
/// That is where both shapes are above this: below it an observation may be so small beside the mean that w rounds to
/// -1 (at 8 with a probability below 1e-120).
constexpr double narrow_shape = 8.0;

LaneMask is_narrow(Theta<Lanes, 2> const& t) {
  return (t[0] + t[1] > Lanes(narrow_sum)) & (min(t[0], t[1]) > Lanes(narrow_shape));
}

/// l and score of a sample. With log Gamma written by Stirling's formula, b what it leaves, and g = log_gap, what is
/// large cancels by hand (alpha w + beta v = 0):
///   l = sum [alpha w^2 g(w) + beta v^2 g(v) - log x - log(1 - x)]
///       + n [log(alpha beta/(2 pi s))/2 - b(alpha) - b(beta) + b(s)];
///   score = (sum log(1 + w) + n [f(alpha) - f(s)], sum log(1 + v) + n [f(beta) - f(s)]),  f(y) = 1/(2y) - b'(y).
Lanes narrow_sums(Sample const& sample, LogStatistics const& logs, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score) {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const s = t[0] + t[1];
  Lanes const mean = t[0] / s, rest = t[1] / s;
  Lanes value = 0.0, of_x = 0.0, of_rest = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const apart = sample(i) - mean;
    Lanes const w = apart / mean, v = -apart / rest;
    Lanes const curved_w = w * w * log_gap(w, Lanes(1.0 + w)), curved_v = v * v * log_gap(v, Lanes(1.0 + v));
    value += t[0] * curved_w + t[1] * curved_v;
    of_x += w + curved_w;
    of_rest += v + curved_v;
  }
  auto const f = [](Lanes const& y) { return 0.5 / y - binet_slope(y); };
  score = {of_x + count * (f(t[0]) - f(s)), of_rest + count * (f(t[1]) - f(s))};
  Lanes const constant = 0.5 * log(t[0] * rest) - detail::half_log_two_pi - binet(t[0]) - binet(t[1]) + binet(s);
  return value - logs.of_x - logs.of_rest + count * constant;
}

/// Newton's steps by the accurate score, for lanes with narrow laws.
void narrow_polish(Sample const& sample, LogStatistics const& logs, LaneMask const& narrow, Theta<Lanes, 2>& t) {
  Lanes const count = static_cast<double>(sample.n());
  for (int step = 0; step < 8; ++step) {
    Theta<Lanes, 2> score;
    narrow_sums(sample, logs, t, score);
    // With f' = psi' - 1/y the determinant of the information loses its leading terms by hand:
    //   psi'(a) psi'(b) - psi'(s) (psi'(a) + psi'(b)) = F_a/b + F_b/a + F_a F_b - F_s (1/a + 1/b + F_a + F_b) - (F_a +
    //   F_b)/s
    auto const remainder = [](Lanes const& y) { return 0.5 / (y * y) + binet_curvature(y); };
    Lanes const s = t[0] + t[1];
    Lanes const fa = remainder(t[0]), fb = remainder(t[1]), fs = remainder(s);
    Lanes const determinant =
        fa / t[1] + fb / t[0] + fa * fb - fs * (1.0 / t[0] + 1.0 / t[1] + fa + fb) - (fa + fb) / s;
    // Entries psi'(b) - psi'(s) = a/(b s) + F_b - F_s, and as much with a and b exchanged.
    Lanes const own_b = t[0] / (t[1] * s) + fb - fs, own_a = t[1] / (t[0] * s) + fa - fs, cross = 1.0 / s + fs;
    Lanes const g = score[0] / count, h = score[1] / count;
    Lanes const move[2] = {(own_b * g + cross * h) / determinant, (own_a * h + cross * g) / determinant};
    for (std::size_t a = 0; a < 2; ++a) t[a] = select(narrow, max(t[a] + move[a], 0.25 * t[a]), t[a]);
  }
}

}  // namespace

ModelCard Beta::card() {
  return {.name = "beta",
          .title = "Beta (two shapes)",
          .parameters = {"alpha", "beta"},
          .domains = {Domain::positive, Domain::positive},
          .constants = {},
          .space =
              "alpha is at least 0.05 and beta at least 0.2, for smaller ones put draws nearer to 0 or 1 than doubles "
              "reach",
          .formula = "log p = (alpha - 1) log x + (beta - 1) log(1 - x) - log B(alpha, beta)",
          .support = "0 < x < 1",
          .ranges = {Range::unit},
          .information = "[psi'(alpha) - psi'(s), -psi'(s); -psi'(s), psi'(beta) - psi'(s)], s = alpha + beta",
          .estimate = "Newton on the score in the means of log x and log(1 - x), from the moments",
          .hypotheses =
              "meets all; the k-th moment of the estimate exists for n > 2k + 1 with n alpha > k and n beta > k. True "
              "values: alpha >= 0.05, beta >= 0.2, for smaller shapes put too much of the law nearer to 0 or 1 than "
              "doubles reach; estimates with alpha + beta above 1e12 count as not found",
          .moments = {.slope = 2, .offset = 1, .divides_from = 0, .grows = false},
          .source = "derived in sim/models/beta.hpp",
          .draw_problem = &draws::of_beta};
}

void Beta::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  std::vector<Lanes> other(static_cast<std::size_t>(sample.n()));
  fill_gamma(stream, t[0], sample.data(), sample.n());
  fill_gamma(stream, t[1], other.data(), sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i) / (sample(i) + other[static_cast<std::size_t>(i)]);
    sample(i) = min(max(x, Lanes(0x1p-1022)), Lanes(1.0 - 0x1p-53));
  }
}

Lanes Beta::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                 Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  LogStatistics const logs(sample);
  auto const first = digamma_trigamma(t[0]);
  auto const second = digamma_trigamma(t[1]);
  auto const both = digamma_trigamma(t[0] + t[1]);
  score = {logs.of_x - count * (first.digamma - both.digamma), logs.of_rest - count * (second.digamma - both.digamma)};
  hessian = {count * (both.trigamma - first.trigamma), count * both.trigamma,
             count * (both.trigamma - second.trigamma)};
  Lanes const value = (t[0] - 1.0) * logs.of_x + (t[1] - 1.0) * logs.of_rest -
                      count * (lgamma(t[0]) + lgamma(t[1]) - lgamma(t[0] + t[1]));
  LaneMask const narrow = is_narrow(t);
  if (!any(narrow)) return value;
  Theta<Lanes, 2> narrow_score;
  Lanes const narrow_value = narrow_sums(sample, logs, t, narrow_score);
  for (std::size_t a = 0; a < 2; ++a) score[a] = select(narrow, narrow_score[a], score[a]);
  return select(narrow, narrow_value, value);
}

/// The log likelihood is concave in theta. A step that would leave less than a quarter of a shape is shortened to that;
/// from below the solution Newton climbs to it without passing it by much, for digamma is concave.
LaneSet Beta::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  Lanes const count = static_cast<double>(sample.n());
  LogStatistics const logs(sample);
  Lanes const log_x = logs.of_x / count;
  Lanes const log_rest = logs.of_rest / count;
  Lanes const mean = sample_mean(sample);
  Lanes const variance = sum_of_squares(sample, mean) / count;
  LaneMask const usable = to_mask(lanes_with_spread(sample, mean, sqrt(variance))) & (abs(log_x) < Lanes(HUGE_VAL)) &
                          (abs(log_rest) < Lanes(HUGE_VAL));

  auto t = from_moments(mean, variance);
  for (auto& shape : t) shape = select(usable & (shape > Lanes(0.0)), shape, Lanes(1.0));
  LaneMask open = usable;
  for (int step = 0; step < 100 && any(open); ++step) {
    auto const first = digamma_trigamma(t[0]);
    auto const second = digamma_trigamma(t[1]);
    auto const both = digamma_trigamma(t[0] + t[1]);
    Lanes const g = log_x - (first.digamma - both.digamma);
    Lanes const h = log_rest - (second.digamma - both.digamma);
    Lanes const determinant = first.trigamma * second.trigamma - both.trigamma * (first.trigamma + second.trigamma);
    Lanes const inner_g = (second.trigamma - both.trigamma) * g + both.trigamma * h;
    Lanes const inner_h = (first.trigamma - both.trigamma) * h + both.trigamma * g;
    Lanes const move[2] = {inner_g / determinant, inner_h / determinant};
    Lanes fraction = 1.0;
    for (std::size_t a = 0; a < 2; ++a)
      fraction = select(move[a] < -0.75 * t[a], min(fraction, -0.75 * t[a] / move[a]), fraction);
    LaneMask settled = to_mask(all_lanes);
    for (std::size_t a = 0; a < 2; ++a) {
      // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding. At large shapes the
      // score is a small difference of digammas, and the change falls no further than that.
      settled = settled & (abs(move[a]) <= (1e-8 + 1e-13 * (t[0] + t[1])) * t[a]);
      t[a] = select(open, t[a] + fraction * move[a], t[a]);
    }
    open = open & !settled;
  }
  if (LaneMask const narrow = usable & !open & is_narrow(t); any(narrow)) narrow_polish(sample, logs, narrow, t);
  theta = t;
  return to_set(usable & !open & (t[0] > Lanes(0.0)) & (t[1] > Lanes(0.0)) & (t[0] + t[1] < Lanes(1e12)));
}

template AnyModel make<Beta>(std::span<double const>);

}  // namespace fisherlab::sim
