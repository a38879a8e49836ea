#include "sim/tallies/moments.hpp"

#include <cassert>
#include <cstddef>
#include <limits>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {

Moments::Moments(int dimension, int of_group)
    : mean(static_cast<std::size_t>(dimension)), group(of_group == 0 ? dimension : of_group) {
  assert(dimension == 0 || dimension % group == 0);
  auto const groups = dimension == 0 ? 0 : mean.size() / static_cast<std::size_t>(group);
  comoments.resize(groups * packed_size(static_cast<std::size_t>(group)));
}

void Moments::merge(Moments const& other) {
  if (other.count == 0) return;
  if (count == 0) {
    *this = other;
    return;
  }
  auto const total = static_cast<double>(count + other.count);
  double const share = static_cast<double>(other.count) / total;
  double const weight = static_cast<double>(count) * share;
  std::vector<double> delta(mean.size());
  for (std::size_t a = 0; a < mean.size(); ++a) delta[a] = other.mean[a] - mean[a];
  std::size_t k = 0;
  each_pair([&](std::size_t a, std::size_t b) {
    comoments[k] = comoments[k] + other.comoments[k] + weight * delta[a] * delta[b];
    ++k;
  });
  for (std::size_t a = 0; a < mean.size(); ++a) mean[a] = mean[a] + share * delta[a];
  count += other.count;
}

double Moments::covariance(int a, int b) const {
  if (a / group != b / group) return std::numeric_limits<double>::quiet_NaN();
  auto const size = static_cast<std::size_t>(group), first = static_cast<std::size_t>(a / group);
  auto const k = packed_index(static_cast<std::size_t>(a % group), static_cast<std::size_t>(b % group));
  return comoments[first * packed_size(size) + k] / static_cast<double>(count - 1);
}

double Moments::variance(int component) const { return covariance(component, component); }

}  // namespace fisherlab::sim
