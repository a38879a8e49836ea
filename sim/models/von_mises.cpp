#include "sim/models/von_mises.hpp"

#include "sim/math/rounding.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/variates/von_mises.hpp"

namespace fisherlab::sim {

namespace {

/// From this concentration on, where angles vary by 0.004 and less, sums of cosines lose what tells them from n:
/// formulas in 1 - cos d = 2 sin^2(d/2), d the angle from some direction, take over.
constexpr double narrow_concentration = 65536.0;

/// Sums over the angles d_i from a direction.
struct Deviations {
  Lanes sines = 0.0;  ///< of sin d
  Lanes gaps = 0.0;   ///< of 1 - cos d
};

Deviations deviations(Sample const& sample, Lanes const& direction) {
  Deviations sum;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const apart = sample(i) - direction;
    Lanes const d = apart - 2 * pi * round_to_integer(apart / Lanes(2 * pi));
    Lanes sine, cosine;
    sincos(0.5 * d, sine, cosine);
    sum.sines += 2.0 * sine * cosine;
    sum.gaps += 2.0 * sine * sine;
  }
  return sum;
}

/// With u = 1/k, 1 - I1(k)/I0(k) and k - log I0(k) - log(2 pi k)/2 at large k, where the next terms are below rounding.
Lanes narrow_gap(Lanes const& u) { return u * (0.5 + u * (0.125 + u * 0.125)); }
Lanes narrow_log(Lanes const& u) { return -u * (0.125 + u * 0.0625); }

/// Estimate of a lane whose angles nearly agree: one step from the direction of the resultant, and the concentration
/// at which 1 - I1/I0 is the mean gap, by Newton's steps in 1/k.
Theta<Lanes, 2> narrow_fit(Sample const& sample, Lanes const& direction) {
  Lanes const count = static_cast<double>(sample.n());
  auto const first = deviations(sample, direction);
  Lanes const mean = direction + first.sines / (count - first.gaps);
  Lanes const gap = deviations(sample, mean).gaps / count;
  Lanes u = 2.0 * gap;
  for (int step = 0; step < 3; ++step) u = u - (narrow_gap(u) - gap) / (0.5 + u * (0.25 + 0.375 * u));
  return {mean, 1.0 / u};
}

/// The k at which I1(k)/I0(k) is `length`, by Newton's steps. Source of the start, within 3 % of it: Best and Fisher
/// (1981), Communications in Statistics B 10, 493-502.
Lanes concentration_of(Lanes const& length, LaneMask open) {
  Lanes const square = length * length;
  Lanes const low = length * (2.0 + square * (1.0 + square * (5.0 / 6.0)));
  Lanes const middle = -0.4 + 1.39 * length + 0.43 / (1.0 - length);
  Lanes const high = 1.0 / (length * (3.0 + length * (length - 4.0)));
  Lanes k = select(length < Lanes(0.53), low, select(length < Lanes(0.85), middle, high));
  for (int step = 0; step < 12 && any(open); ++step) {
    auto const r = bessel_ratios(k);
    Lanes const change = (length - r.ratio) / r.derivative;
    k = select(open, k + change, k);
    // The steps are quadratic. At large k the ratio is 1 - 1/(2k) with an error of about 1e-16.
    open = open & (abs(change) > (1e-8 + 1e-15 * k) * k);
  }
  return k;
}

/// Lanes with an estimate, and those whose angles nearly agree.
struct WideFit {
  LaneMask inside, narrow;
};

/// The estimate but for narrow lanes, in which the concentration is to be found otherwise.
WideFit wide_fit(VonMises::Totals const& sum, Theta<Lanes, 2>& theta) {
  Lanes const length = sqrt(sum.cosines * sum.cosines + sum.sines * sum.sines) / Lanes(sum.count);
  LaneMask const narrow = length > Lanes(1.0 - 0.5 / narrow_concentration);
  LaneMask const inside = (length > Lanes(0.0)) & !narrow;
  theta = {atan2(sum.sines, sum.cosines), concentration_of(select(inside, length, Lanes(0.5)), inside)};
  return {inside, narrow};
}

}  // namespace

void VonMises::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  fill_von_mises(stream, t[1], sample.data(), sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i) + t[0];
    sample(i) = select(x > Lanes(pi), x - 2 * pi, select(x <= Lanes(-pi), x + 2 * pi, x));
  }
}

Lanes VonMises::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                     Symmetric<Lanes, 2>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  auto const sum = gathered(totals(), sample);
  Lanes sine, cosine;
  sincos(t[0], sine, cosine);
  Lanes const along = sum.cosines * cosine + sum.sines * sine;
  Lanes const across = sum.sines * cosine - sum.cosines * sine;
  auto const r = bessel_ratios(t[1]);
  score = {t[1] * across, along - count * r.ratio};
  hessian = {-t[1] * along, across, -count * r.derivative};
  Lanes const value = t[1] * along - count * (log_bessel_i0(t[1]) + log_two_pi);
  LaneMask const narrow = t[1] > Lanes(narrow_concentration);
  if (!any(narrow)) return value;
  auto const near = deviations(sample, t[0]);
  Lanes const u = 1.0 / t[1];
  score[0] = select(narrow, t[1] * near.sines, score[0]);
  score[1] = select(narrow, count * narrow_gap(u) - near.gaps, score[1]);
  hessian[1] = select(narrow, near.sines, hessian[1]);
  Lanes const narrow_value = count * (0.5 * log(t[1]) + narrow_log(u) - 0.5 * log_two_pi) - t[1] * near.gaps;
  return select(narrow, narrow_value, value);
}

void VonMises::Totals::add(Sample const& tile) {
  Lanes along = cosines, across = sines;
  for (std::int64_t i = 0; i < tile.n(); ++i) {
    Lanes sine, cosine;
    sincos(tile(i), sine, cosine);
    along += cosine;
    across += sine;
  }
  cosines = along;
  sines = across;
  count += static_cast<double>(tile.n());
}

std::optional<LaneSet> VonMises::fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
  auto const lanes = wide_fit(totals, theta);
  if (any(lanes.narrow)) return std::nullopt;
  return to_set(lanes.inside);
}

LaneSet VonMises::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const [inside, narrow] = wide_fit(gathered(totals(), sample), theta);
  if (!any(narrow)) return to_set(inside);
  auto const close = narrow_fit(sample, theta[0]);
  for (std::size_t a = 0; a < 2; ++a) theta[a] = select(narrow, close[a], theta[a]);
  // Above this the spread is the rounding of equal angles, whose likelihood has no maximum.
  return to_set(inside | (narrow & (close[1] < Lanes(most_concentration))));
}

template AnyModel make<VonMises>(std::span<double const>);

}  // namespace fisherlab::sim
