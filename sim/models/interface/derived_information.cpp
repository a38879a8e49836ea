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

}  // namespace fisherlab::sim
