#include <cstddef>
#include <cstdint>
#include <random>

#include "sim/lanes.hpp"
#include "sim/sample.hpp"
#include "testing/model_laws.hpp"
#include "testing/uniformity.hpp"

namespace fisherlab::laws {

void check_draws(sim::AnyModel const& model, std::span<double const> theta, ReferenceLaw const& law,
                 std::vector<Breach>& breaches) {
  std::size_t const dimension = law.coordinates.size();
  std::int64_t const n = law.independent ? 257 : 5;
  int const batches = law.independent ? 32 : 4096;
  std::vector<std::vector<double>> u(dimension);
  std::vector<double> x(dimension);
  std::mt19937_64 bits(257);
  int outside = 0;
  sim::Sample sample(n, static_cast<int>(dimension));
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(batch * sim::lane_count);
    model->draw(theta, key, sample);
    for (std::int64_t i = law.independent ? 0 : n - 1; i < n; ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        for (std::size_t d = 0; d < dimension; ++d) x[d] = sample(i, static_cast<int>(d))[lane];
        if (!model->in_support(x)) {
          ++outside;
          continue;
        }
        auto const point = to_uniform(law, x, bits);
        for (std::size_t d = 0; d < dimension; ++d) u[d].push_back(point[d]);
      }
  }
  record_unless(outside == 0, breaches, Law::draws_lie_in_support, outside, " draws");
  if (u[0].empty()) return;
  auto const record = [&](Check const& check, Law broken) {
    record_unless(check.passed(), breaches, broken, check.statistic, " above ", check.critical, ", ", u[0].size(),
                  " draws");
  };
  for (auto const& coordinate : u) record(distance_to_uniform(coordinate), Law::draws_follow_distribution);
  for (auto const& coordinate : u) record(cells_of_uniform(coordinate), Law::draws_fill_cells);
  if (dimension == 2) record(cells_of_square(u[0], u[1]), Law::draws_fill_cells);
}

}  // namespace fisherlab::laws
