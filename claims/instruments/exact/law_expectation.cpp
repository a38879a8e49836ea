#include "claims/instruments/exact/law_expectation.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// E f(X) for an X of many counts that are 0 or 1, as the shares of a categorical law: a sum over the corners.
/// @throws InputError where these do not hold all probability.
std::vector<double> sum_over_corners(Law const& data, std::size_t size, sim::ObservationFunctions const& f) {
  auto const d = data.model->dimension();
  std::vector<Lanes> const theta(data.theta.begin(), data.theta.end());
  std::vector<double> sums(size);
  std::vector<Lanes> values(size);
  double mass = 0;
  for (unsigned corner = 0; corner < 1u << d; ++corner) {
    sim::Sample one(1, d);
    std::vector<double> observation;
    for (int c = 0; c < d; ++c) {
      observation.push_back((corner >> c & 1u) != 0 ? 1.0 : 0.0);
      one(0, c) = observation.back();
    }
    if (!data.model->in_support(observation)) continue;
    double const probability = std::exp(data.model->log_likelihood(one, theta.data())[0]);
    f(one, values.data());
    mass += probability;
    for (std::size_t k = 0; k < size; ++k) sums[k] += probability * values[k][0];
  }
  expects(std::fabs(mass - 1) < 1e-10, "the law has more values than 0 and 1, no sum is known");
  return sums;
}

}  // namespace

std::vector<double> expectation_of(Law const& law, std::size_t size, sim::ObservationFunctions const& f,
                                   std::int64_t most_batches) {
  constexpr int most_corners = 10;  // 2^10
  auto const d = law.model->dimension();
  if (d > 2 && d <= most_corners) return sum_over_corners(law, size, f);
  constexpr std::int64_t of_one = 50'000, of_two = 1'000'000;
  auto const most = most_batches > 0 ? most_batches : d == 1 ? of_one : of_two;
  return sim::expectation(*law.model, law.theta, size, f, {.most_batches = most});
}

ScoreOfOne::ScoreOfOne(Law const& law)
    : law_(law), theta_(law.theta.begin(), law.theta.end()), hessian_(sim::packed_size(law.theta.size())) {}

void ScoreOfOne::operator()(sim::Sample const& one, Lanes* score) {
  law_.model->derivatives(one, theta_.data(), score, hessian_.data());
}

}  // namespace fisherlab::claims
