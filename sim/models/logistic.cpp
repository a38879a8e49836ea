#include "sim/models/logistic.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/order_statistics.hpp"
#include "sim/variates/stages.hpp"

namespace fisherlab::sim {

Theta<Lanes, 2> Logistic::start(Sample const& sample) const {
  Lanes const mean = sample_mean(sample);
  Lanes const variance = sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n()));
  return {mean, sqrt(3.0 * variance) / pi};
}

/// With e = exp(-|z|) and r = 1/(1 + e): |h| = (1 - e) r, v = 2 e r^2, log(1 + exp(-|z|)) = log(1 + e), whose sum is
/// the logarithm of one product.
Lanes Logistic::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                     Symmetric<Lanes, 2>& hessian) const {
  Lanes const inverse = 1.0 / t[1];
  Lanes sum_a = 0.0, sum_h = 0.0, sum_zh = 0.0, sum_v = 0.0, sum_zv = 0.0, sum_zzv = 0.0;
  LogSum<Lanes> logs;
  Lanes places[stage_chunk], exponentials[stage_chunk];
  auto const prepare = [&](std::int64_t i) {
    Lanes const z = (sample(i) - t[0]) / t[1];
    places[i % stage_chunk] = z;
    exponentials[i % stage_chunk] = exp(-abs(z));
  };
  auto const add = [&](std::int64_t i) {
    Lanes const z = places[i % stage_chunk], e = exponentials[i % stage_chunk];
    Lanes const a = abs(z);
    Lanes const r = 1.0 / (1.0 + e);
    Lanes const size = (1.0 - e) * r;
    Lanes const v = 2.0 * e * (r * r);
    sum_a += a;
    sum_h += select(z < Lanes(0.0), -size, size);
    sum_zh += a * size;
    sum_v += v;
    sum_zv += z * v;
    sum_zzv += a * (a * v);
    logs.add(1.0 + e);
  };
  in_stages(sample.n(), prepare, add);
  Lanes const count = static_cast<double>(sample.n());
  Lanes const square = inverse * inverse;
  score = {sum_h * inverse, (sum_zh - count) * inverse};
  hessian = {-sum_v * square, -(sum_h + sum_zv) * square, (count - 2.0 * sum_zh - sum_zzv) * square};
  return -sum_a - count * log(t[1]) - 2.0 * logs.value();
}

template AnyModel make<Logistic>(std::span<double const>);

}  // namespace fisherlab::sim
