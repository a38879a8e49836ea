#include "sim/models/von_mises.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/variates/von_mises.hpp"

namespace fisherlab::sim {

namespace {

struct Resultant {
  Lanes cosines = 0.0;
  Lanes sines = 0.0;
};

Resultant resultant(Sample const& sample) {
  Resultant sum;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes sine, cosine;
    sincos(sample(i), sine, cosine);
    sum.cosines += cosine;
    sum.sines += sine;
  }
  return sum;
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
  auto const sum = resultant(sample);
  Lanes sine, cosine;
  sincos(t[0], sine, cosine);
  Lanes const along = sum.cosines * cosine + sum.sines * sine;
  Lanes const across = sum.sines * cosine - sum.cosines * sine;
  auto const r = bessel_ratios(t[1]);
  score = {t[1] * across, along - count * r.ratio};
  hessian = {-t[1] * along, across, -count * r.derivative};
  return t[1] * along - count * (log_bessel_i0(t[1]) + log_two_pi);
}

LaneSet VonMises::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const sum = resultant(sample);
  Lanes const length = sqrt(sum.cosines * sum.cosines + sum.sines * sum.sines) / Lanes(static_cast<double>(sample.n()));
  // Above this, 1 - length is the rounding of equal observations, whose likelihood has no maximum.
  LaneMask const inside = (length > Lanes(0.0)) & (length < Lanes(1.0 - 1e-12));
  theta = {atan2(sum.sines, sum.cosines), concentration_of(select(inside, length, Lanes(0.5)), inside)};
  return to_set(inside);
}

template AnyModel make<VonMises>(std::span<double const>);

}  // namespace fisherlab::sim
