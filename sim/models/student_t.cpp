#include "sim/models/student_t.hpp"

#include "base/special/distributions.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/variates/gamma.hpp"

namespace fisherlab::sim {

double StudentT::standard_quantile(double prob) const { return student_quantile(prob, Degrees{df}); }

void StudentT::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  Lanes const half_df = 0.5 * df;
  each_tile(sample.n(), [&](std::int64_t begin, std::int64_t size) {
    Lanes* const tile = sample.data() + begin;
    fill_gamma(stream, 0.5 * df, tile, size);
    for (std::int64_t i = 0; i < size; ++i) tile[i] = t[0] + t[1] * (stream.normal() * sqrt(half_df / tile[i]));
  });
}

template AnyModel make<StudentT>(std::span<double const>);

}  // namespace fisherlab::sim
