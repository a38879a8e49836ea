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
Lanes narrow_sums(Sample const& sample, Lanes const& sum_of_logs, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score) {
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
  return value - sum_of_logs + count * constant;
}

/// Newton's steps by the accurate score, for lanes with narrow laws.
void narrow_polish(Sample const& sample, LaneMask const& narrow, Theta<Lanes, 2>& t) {
  Lanes const count = static_cast<double>(sample.n());
  for (int step = 0; step < 8; ++step) {
    Theta<Lanes, 2> score;
    narrow_sums(sample, Lanes(0.0), t, score);
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
  std::vector<Lanes> other(static_cast<std::size_t>(std::min(sample.n(), tile_size)));
  each_tile(sample.n(), [&](std::int64_t begin, std::int64_t size) {
    Lanes* const tile = sample.data() + begin;
    fill_gamma(stream, t[0], tile, size);
    fill_gamma(stream, t[1], other.data(), size);
    for (std::int64_t i = 0; i < size; ++i) {
      Lanes const x = tile[i] / (tile[i] + other[static_cast<std::size_t>(i)]);
      tile[i] = min(max(x, Lanes(0x1p-1022)), Lanes(1.0 - 0x1p-53));
    }
  });
}

void Beta::LogSums::add(Sample const& tile) {
  auto x = x_, rest = rest_;
  for (std::int64_t i = 0; i < tile.n(); ++i) {
    x.add(tile(i));
    rest.add(1.0 - tile(i));
  }
  x_ = x;
  rest_ = rest;
}

Lanes Beta::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                 Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const logs = gathered(LogSums(), sample);
  Lanes const log_x = logs.of_x(), log_rest = logs.of_rest();
  auto const first = digamma_trigamma(t[0]);
  auto const second = digamma_trigamma(t[1]);
  auto const both = digamma_trigamma(t[0] + t[1]);
  score = {log_x - count * (first.digamma - both.digamma), log_rest - count * (second.digamma - both.digamma)};
  hessian = {count * (both.trigamma - first.trigamma), count * both.trigamma,
             count * (both.trigamma - second.trigamma)};
  Lanes const value =
      (t[0] - 1.0) * log_x + (t[1] - 1.0) * log_rest - count * (lgamma(t[0]) + lgamma(t[1]) - lgamma(t[0] + t[1]));
  LaneMask const narrow = is_narrow(t);
  if (!any(narrow)) return value;
  Theta<Lanes, 2> narrow_score;
  Lanes const narrow_value = narrow_sums(sample, log_x + log_rest, t, narrow_score);
  for (std::size_t a = 0; a < 2; ++a) score[a] = select(narrow, narrow_score[a], score[a]);
  return select(narrow, narrow_value, value);
}

namespace {

/// What n, the moments and the sums of logarithms tell of an estimate.
struct MeanLogs {
  Lanes log_x, log_rest;  ///< means
  LaneMask inside;        ///< all observations are inside (0, 1)
};

MeanLogs mean_logs(double n, Beta::LogSums const& sums) {
  Lanes const log_x = sums.of_x() / Lanes(n), log_rest = sums.of_rest() / Lanes(n);
  return {log_x, log_rest, (abs(log_x) < Lanes(HUGE_VAL)) & (abs(log_rest) < Lanes(HUGE_VAL))};
}

/// Newton's steps from t; `open`: the lanes in which to look, and then those in which nothing was found. The log
/// likelihood is concave in theta. A step that would leave less than a quarter of a shape is shortened to that; from
/// below the solution Newton climbs to it without passing it by much, for digamma is concave.
void climb(MeanLogs const& logs, Theta<Lanes, 2>& t, LaneMask& open) {
  for (int step = 0; step < 100 && any(open); ++step) {
    auto const first = digamma_trigamma(t[0]);
    auto const second = digamma_trigamma(t[1]);
    auto const both = digamma_trigamma(t[0] + t[1]);
    Lanes const g = logs.log_x - (first.digamma - both.digamma);
    Lanes const h = logs.log_rest - (second.digamma - both.digamma);
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
}

/// From the moments, in the lanes of `usable`; those in which it was found.
LaneMask found_from_moments(SampleSpread const& spread, MeanLogs const& logs, LaneMask const& usable,
                            Theta<Lanes, 2>& t) {
  t = Beta().from_moments(spread.mean(), spread.squares() / Lanes(spread.count()));
  for (auto& shape : t) shape = select(usable & (shape > Lanes(0.0)), shape, Lanes(1.0));
  LaneMask open = usable;
  climb(logs, t, open);
  return usable & !open;
}

/// Estimates beyond count as not found.
LaneSet in_bounds(LaneMask const& found, Theta<Lanes, 2> const& t) {
  return to_set(found & (t[0] > Lanes(0.0)) & (t[1] > Lanes(0.0)) & (t[0] + t[1] < Lanes(1e12)));
}

Lanes standard_deviation(SampleSpread const& spread) { return sqrt(spread.squares() / Lanes(spread.count())); }

}  // namespace

std::optional<LaneSet> Beta::fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
  auto const& [spread, log_sums] = totals;
  Lanes const sd = standard_deviation(spread);
  if (is_spread_in_doubt(spread.count(), spread.mean(), sd)) return std::nullopt;
  auto const logs = mean_logs(spread.count(), log_sums);
  LaneMask const found = found_from_moments(spread, logs, (sd > Lanes(0.0)) & logs.inside, theta);
  if (any(found & is_narrow(theta))) return std::nullopt;
  return in_bounds(found, theta);
}

LaneSet Beta::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const [spread, log_sums] = gathered(Totals(), sample);
  auto const logs = mean_logs(spread.count(), log_sums);
  LaneMask const usable = to_mask(lanes_with_spread(sample, spread.mean(), standard_deviation(spread))) & logs.inside;
  LaneMask const found = found_from_moments(spread, logs, usable, theta);
  if (LaneMask const narrow = found & is_narrow(theta); any(narrow)) narrow_polish(sample, narrow, theta);
  return in_bounds(found, theta);
}

template AnyModel make<Beta>(std::span<double const>);

}  // namespace fisherlab::sim
