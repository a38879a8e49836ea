#include "sim/models/cauchy.hpp"

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

Lanes Cauchy::sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                   Symmetric<Lanes, 2>& hessian) const {
  Lanes sum_zw = 0.0, sum_w = 0.0, sum_zww = 0.0, sum_ww = 0.0;
  LogSum<Lanes> logs;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const z = (sample(i) - t[0]) / t[1];
    Lanes const distance = 1.0 + z * z;
    Lanes const w = 1.0 / distance;
    Lanes const zw = z * w;
    sum_zw += zw;
    sum_w += w;
    sum_zww += zw * w;
    sum_ww += w * w;
    logs.add(distance);
  }
  // z^2 w = 1 - w, so (z^2 - 1) w = 1 - 2 w, (1 - z^2) w^2 = 2 w^2 - w, (1 - 4 z^2 - z^4) w^2 = 4 w^2 - 2 w - 1.
  Lanes const count = static_cast<double>(sample.n());
  Lanes const inverse = 1.0 / t[1];
  Lanes const square = inverse * inverse;
  score = {2.0 * sum_zw * inverse, (count - 2.0 * sum_w) * inverse};
  hessian = {-2.0 * (2.0 * sum_ww - sum_w) * square, -4.0 * sum_zww * square,
             (4.0 * sum_ww - 2.0 * sum_w - count) * square};
  return -count * (log(t[1]) + log_pi) - logs.value();
}

template AnyModel make<Cauchy>(std::span<double const>);

}  // namespace fisherlab::sim
