#include "sim/models/student_t.hpp"

#include "base/special/distributions.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/variates/gamma.hpp"

namespace fisherlab::sim {

double StudentT::standard_quantile(double prob) const { return student_quantile(prob, Degrees{df}); }

void StudentT::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  fill_gamma(stream, 0.5 * df, sample.data(), sample.n());
  Lanes const half_df = 0.5 * df;
  for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) = t[0] + t[1] * (stream.normal() * sqrt(half_df / sample(i)));
}

template AnyModel make<StudentT>(std::span<double const>);

}  // namespace fisherlab::sim
