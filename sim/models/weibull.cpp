#include "sim/models/weibull.hpp"

#include "sim/models/instantiate.hpp"

namespace fisherlab::sim {

Theta<Lanes, 2> Weibull::start(Sample const& sample) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes sum = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) sum += log(sample(i));
  Lanes const mean = sum / count;
  Lanes squares = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const d = log(sample(i)) - mean;
    squares += d * d;
  }
  Lanes const shape = Lanes(pi) / sqrt(6.0 * squares / count);
  return {shape, exp(mean + euler_gamma / shape)};
}

template AnyModel make<Weibull>(std::span<double const>);

}  // namespace fisherlab::sim
