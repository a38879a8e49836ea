#include "sim/models/interface/derived_information.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/expects.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::sim {
namespace {

/// Minus the Hessian of one observation, all lanes.
class MinusHessian {
 public:
  MinusHessian(BatchModel const& law, std::span<double const> theta)
      : law_(law), theta_(theta.begin(), theta.end()), score_(theta.size()) {}

  void operator()(Sample const& one, Lanes* out) {
    law_.derivatives(one, theta_.data(), score_.data(), out);
    for (std::size_t k = 0; k < packed_size(theta_.size()); ++k) out[k] = -out[k];
  }

 private:
  BatchModel const& law_;
  std::vector<Lanes> theta_, score_;
};

std::vector<double> by_draws(BatchModel const& law, std::span<double const> theta) {
  constexpr std::int64_t n = 1 << 15;
  constexpr StreamKey key{.seed = 15, .scenario = 1, .replicate = 0};
  Sample sample(n, law.dimension());
  law.draw(theta, key, sample);
  std::vector<Lanes> out(packed_size(theta.size()));
  MinusHessian minus_hessian(law, theta);
  minus_hessian(sample, out.data());
  std::vector<double> result;
  for (auto const& entry : out) {
    double sum = 0;
    for (int lane = 0; lane < lane_count; ++lane) sum += entry[lane];
    result.push_back(sum / static_cast<double>(n * lane_count));
  }
  return result;
}

/// Numbers of the first coordinate, sorted; a thousand are enough.
std::vector<double> first_coordinates(Sample const& sample) {
  std::vector<double> values;
  auto const step = std::max<std::int64_t>(1, sample.n() * lane_count / 1024);
  for (std::int64_t k = 0; k < sample.n() * lane_count; k += step)
    values.push_back(sample(k / lane_count)[static_cast<int>(k % lane_count)]);
  std::ranges::sort(values);
  return values;
}

/// The likeliest to be of use first.
std::vector<double> candidates(Domain domain, std::vector<double> const& sorted) {
  auto const at = [&sorted](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  switch (domain) {
    case Domain::positive:
      return {std::max(0.74 * (at(0.75) - at(0.25)), 1e-8), 1, 0.25, 4};
    case Domain::unit:
      return {0.5, 0.2, 0.8};
    case Domain::angle:
      return {0, 1.5, 3, -1.5};
    case Domain::real:
      break;
  }
  return {at(0.5), 0, 3, -3, at(0.2), at(0.8)};
}

}  // namespace

std::string how_information_is_derived(std::size_t dimension) {
  return std::string(derived_mark) +
         (dimension <= 2 ? "-E of the Hessian by quadrature" : "-E of the Hessian by draws") +
         "; fits report standard errors by the observed information";
}

void derived_information(BatchModel const& law, std::span<double const> theta, double* packed) {
  auto const size = packed_size(theta.size());
  auto const result =
      law.dimension() <= 2 ? expectation(law, theta, size, MinusHessian(law, theta)) : by_draws(law, theta);
  std::copy(result.begin(), result.end(), packed);
}

bool derived_information_if_any(BatchModel const& law, std::span<double const> theta, double* packed) {
  if (!law.in_space(theta)) return false;
  try {
    derived_information(law, theta, packed);
    return true;
  } catch (InputError const&) {
    return false;
  }
}

std::vector<std::vector<double>> start_grid(std::span<Domain const> domains, Sample const& sample) {
  constexpr double most_points = 512;
  auto const sorted = first_coordinates(sample);
  auto const each = static_cast<std::size_t>(
      std::max(2.0, std::floor(std::pow(most_points, 1 / static_cast<double>(domains.size())) + 1e-9)));
  std::vector<std::vector<double>> points{{}};
  for (auto const domain : domains) {
    auto values = candidates(domain, sorted);
    values.resize(std::min(values.size(), each));
    std::vector<std::vector<double>> longer;
    for (auto const& point : points)
      for (double const value : values) {
        longer.push_back(point);
        longer.back().push_back(value);
      }
    points = std::move(longer);
  }
  return points;
}

}  // namespace fisherlab::sim
