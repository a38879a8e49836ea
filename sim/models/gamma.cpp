#include "sim/models/gamma.hpp"

#include "sim/math/binet.hpp"
#include "sim/math/gamma_shape.hpp"
#include "sim/math/is_number.hpp"
#include "sim/math/log_gap.hpp"
#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

namespace {

struct Statistics {
  Lanes sum;
  Lanes sum_of_logs;
};

Lanes sum_of_logs_one_by_one(Sample const& sample) {
  LogSum<Lanes> logs;
  for (std::int64_t i = 0; i < sample.n(); ++i) logs.add(sample(i));
  return logs.value();
}

Statistics statistics(Sample const& sample) {
  auto const totals = gathered(Gamma::Totals(), sample);
  Lanes sum_of_logs = totals.sum_of_logs();
  LaneMask const known = is_number(sum_of_logs);
  if (!all(known)) [[unlikely]]
    sum_of_logs = select(known, sum_of_logs, sum_of_logs_one_by_one(sample));
  return {totals.sum(), sum_of_logs};
}

/// From this shape on, where observations vary by 0.4 % and less, differences of logs lose what tells them apart:
/// formulas in the relative deviations d_i = x_i/mean - 1 take over.
constexpr double narrow_shape = 65536.0;

/// log mean - mean log = mean(d - log(1 + d)) to rounding of its own; the rounding of the mean enters in the second
/// order only.
Lanes log_gap_of_mean(Sample const& sample, Lanes const& mean) {
  Lanes total = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = (sample(i) - mean) / mean;
    total -= d * d * log_gap(d, Lanes(1.0 + d));
  }
  return total / Lanes(static_cast<double>(sample.n()));
}

/// The shape k at which log k - psi(k) = 1/(2k) + 1/(12 k^2) - 1/(120 k^4) is s, by Newton's steps in 1/k; for k from
/// `narrow_shape` on, where what is left out is below rounding.
Lanes narrow_shape_of(Lanes const& s) {
  Lanes u = 2.0 * s;
  for (int step = 0; step < 3; ++step) {
    Lanes const f = u * (0.5 + u * (1.0 / 12 - u * u * (1.0 / 120))) - s;
    u = u - f / (0.5 + u * (1.0 / 6 - u * u * (1.0 / 30)));
  }
  return 1.0 / u;
}

/// Log likelihood and score where the shape is large. With u = rate mean/shape - 1, s the gap of logs and b Binet's
/// function, shape log rate - log Gamma(shape) and what else is large cancel by hand:
///   l/n = -shape (u - log(1 + u)) + log(shape/(2 pi))/2 - b(shape) - (shape - 1) s - log mean;
///   score/n = (log(1 + u) + 1/(2 shape) - b'(shape) - s, -shape u/rate).
Lanes narrow_sums(Sample const& sample, Lanes const& mean, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score) {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const s = log_gap_of_mean(sample, mean);
  Lanes const u = (t[1] * mean - t[0]) / t[0];
  score = {count * (log1p(u) + 0.5 / t[0] - binet_slope(t[0]) - s), -count * t[0] * u / t[1]};
  Lanes const gap = t[0] * (u * u * log_gap(u, Lanes(1.0 + u)));
  return count * (gap + 0.5 * log(t[0]) - detail::half_log_two_pi - binet(t[0]) - (t[0] - 1.0) * s - log(mean));
}

/// Whether logarithms lose what tells the observations apart.
LaneMask is_narrow(Lanes const& s) { return s < Lanes(0.5 / narrow_shape); }

/// The shape at which log shape - psi(shape) is s, by Newton's steps in 1/shape; `open`: the lanes in which to look for
/// it, and then those in which it was not found.
Lanes shape_of(Lanes const& s, LaneMask& open) {
  Lanes shape = gamma_shape_start(s);
  for (int step = 0; step < 12 && any(open); ++step) {
    auto const psi = digamma_trigamma(shape);
    Lanes const inverse = 1.0 / shape;
    Lanes const f = log(shape) - psi.digamma - s;
    Lanes const gap = inverse - psi.trigamma;
    Lanes const next = gap / (inverse * gap + f * inverse * inverse);
    Lanes const change = abs(next - shape);
    // The step is quadratic: a relative change of 1e-8 leaves an error of the order of rounding. At large shapes f is
    // 1/(2 shape) with an error of about 1e-15 log shape, and the change falls no further than that.
    LaneMask const settled = change <= (1e-8 + 2e-14 * shape) * shape;
    shape = select(open, next, shape);
    open = open & !settled;
  }
  return shape;
}

/// What n, sum x and sum log x tell of an estimate.
struct LogGap {
  Lanes mean;
  Lanes s;          ///< log mean - mean log
  LaneMask spread;  ///< above the rounding of equal observations, whose likelihood has no maximum
};

LogGap log_gap_of(double n, Statistics const& sums) {
  Lanes const count = n;
  Lanes const mean = sums.sum / count;
  Lanes const log_mean = log(mean);
  Lanes const s = log_mean - sums.sum_of_logs / count;
  return {mean, s, s > 0x1p-53 * (count + 4.0 * (1.0 + abs(log_mean)))};
}

}  // namespace

void Gamma::Totals::add(Sample const& tile) {
  auto sum = sum_;
  auto log_sum = log_sum_;
  std::int64_t i = 0;
  for (; i + 4 <= tile.n(); i += 4)
    for (std::size_t k = 0; k < 2; ++k) {
      auto const at = i + 2 * static_cast<std::int64_t>(k);
      Lanes const x = tile(at), y = tile(at + 1);
      sum[k] += x + y;
      log_sum[k].add(x, y);
    }
  for (; i < tile.n(); ++i) {
    sum[0] += tile(i);
    log_sum[0].add(tile(i));
  }
  sum_ = sum;
  log_sum_ = log_sum;
  count_ += static_cast<double>(tile.n());
}

std::optional<LaneSet> Gamma::fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
  auto const [mean, s, spread] = log_gap_of(totals.count(), {totals.sum(), totals.sum_of_logs()});
  if (any(is_narrow(s)) || !all(is_number(s))) return std::nullopt;
  LaneMask open = spread;
  Lanes const shape = shape_of(s, open);
  theta = {shape, shape / mean};
  return to_set((!open) & spread & (shape < Lanes(1e300)));
}

LaneSet Gamma::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const [mean, s, spread] = log_gap_of(static_cast<double>(sample.n()), statistics(sample));
  LaneMask open = spread;
  Lanes shape = shape_of(s, open);
  LaneMask found = (!open) & spread & (shape < Lanes(1e300));
  if (LaneMask const narrow = is_narrow(s); any(narrow)) {
    Lanes const count = static_cast<double>(sample.n());
    Lanes const gap = log_gap_of_mean(sample, mean);
    // Below this the relative deviations themselves are rounding.
    Lanes const resolution = 0x1p-53 * (count + 4.0);
    shape = select(narrow, narrow_shape_of(gap), shape);
    LaneMask const varies = narrow & (gap > 16.0 * resolution * resolution) & (shape <= Lanes(most_shape));
    found = (found & !narrow) | varies;
  }
  theta = {shape, shape / mean};
  return to_set(found);
}

Lanes Gamma::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                  Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const [sum, sum_of_logs] = statistics(sample);
  Lanes const log_rate = log(t[1]);
  auto const psi = digamma_trigamma(t[0]);
  score = {count * (log_rate - psi.digamma) + sum_of_logs, count * t[0] / t[1] - sum};
  hessian = {-count * psi.trigamma, count / t[1], -count * t[0] / (t[1] * t[1])};
  Lanes const value = count * (t[0] * log_rate - lgamma(t[0])) + (t[0] - 1.0) * sum_of_logs - t[1] * sum;
  LaneMask const narrow = t[0] > Lanes(narrow_shape);
  if (!any(narrow)) return value;
  Theta<Lanes, 2> narrow_score;
  Lanes const narrow_value = narrow_sums(sample, sum / count, t, narrow_score);
  for (std::size_t a = 0; a < 2; ++a) score[a] = select(narrow, narrow_score[a], score[a]);
  return select(narrow, narrow_value, value);
}

std::vector<ParameterMap> Gamma::maps() {
  using Vector = ParameterMap::Vector;
  return {
      {.name = "mean-shape",
       .phi = "(mean, shape)",
       .forward = [](Vector const& t) -> Vector {
         return {t[0] / t[1], t[0]};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {f[1], f[1] / f[0]};
       }},
  };
}

template AnyModel make<Gamma>(std::span<double const>);

}  // namespace fisherlab::sim
