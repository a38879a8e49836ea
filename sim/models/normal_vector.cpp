#include "sim/models/normal_vector.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

ModelCard NormalVector::card() {
  return {.name = "normal_vector",
          .title = "Five independent normal coordinates, means unknown, standard deviation known",
          .parameters = {"mean_1", "mean_2", "mean_3", "mean_4", "mean_5"},
          .domains = std::vector(dimension, Domain::real),
          .constants = {"sd"},
          .formula = "log p = -sum_k (x_k - mean_k)^2/(2 sd^2) - 5 log sd - 5 log(2 pi)/2",
          .support = "x in R^5",
          .ranges = std::vector(dimension, Range::line),
          .information = "the unit matrix over sd^2",
          .estimate = "the sample mean of each coordinate, in closed form; normal and efficient at every n",
          .hypotheses = "meets all; every moment of the estimate exists, and its mean is theta",
          .source = "derived in sim/models/normal_vector.hpp",
          .draw_problem = &draws::of_means};
}

Lanes NormalVector::sums(Sample const& sample, Theta<Lanes, 5> const& t, Theta<Lanes, 5>& score,
                         Symmetric<Lanes, 5>& hessian) const {
  auto const n = static_cast<double>(sample.n());
  Theta<Lanes, 5> sum;
  sum.fill(0.0);
  Lanes squares = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i)
    for (std::size_t k = 0; k < dimension; ++k) {
      Lanes const d = sample(i, static_cast<int>(k)) - t[k];
      sum[k] += d;
      squares += d * d;
    }
  for (std::size_t k = 0; k < dimension; ++k) score[k] = sum[k] / (sd * sd);
  hessian = multiple_of_unit<Lanes>(-n / (sd * sd));
  return -0.5 * squares / (sd * sd) - n * at_centre();
}

void NormalVector::Totals::add(Sample const& tile) {
  auto s = sums;
  for (std::int64_t i = 0; i < tile.n(); ++i)
    for (std::size_t k = 0; k < dimension; ++k) s[k] += tile(i, static_cast<int>(k));
  sums = s;
  count += static_cast<double>(tile.n());
}

LaneSet NormalVector::fit(Totals const& totals, Theta<Lanes, 5>& theta) const {
  for (std::size_t k = 0; k < dimension; ++k) theta[k] = totals.sums[k] / Lanes(totals.count);
  return all_lanes;
}

template AnyModel make<NormalVector>(std::span<double const>);

}  // namespace fisherlab::sim
