#include "sim/math/symmetric_root.hpp"

#include <cmath>
#include <cstddef>

#include "base/expects.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

/// A square matrix, row by row.
struct Square {
  std::size_t p;
  std::vector<double> entries = std::vector<double>(p * p);
  double& operator()(std::size_t i, std::size_t j) { return entries[i * p + j]; }
};

/// One rotation that makes a(i, j) zero, applied to a from both sides and to v from the right.
void rotate(Square& a, Square& v, std::size_t i, std::size_t j) {
  if (a(i, j) == 0.0) return;
  double const ratio = (a(j, j) - a(i, i)) / (2.0 * a(i, j));
  double const size = 1.0 / (std::fabs(ratio) + std::sqrt(ratio * ratio + 1.0));
  double const t = ratio < 0.0 ? -size : size;
  double const c = 1.0 / std::sqrt(t * t + 1.0);
  double const s = t * c;
  for (std::size_t k = 0; k < a.p; ++k) {
    double const x = a(k, i), y = a(k, j);
    a(k, i) = c * x - s * y;
    a(k, j) = s * x + c * y;
  }
  for (std::size_t k = 0; k < a.p; ++k) {
    double const x = a(i, k), y = a(j, k);
    a(i, k) = c * x - s * y;
    a(j, k) = s * x + c * y;
  }
  for (std::size_t k = 0; k < a.p; ++k) {
    double const x = v(k, i), y = v(k, j);
    v(k, i) = c * x - s * y;
    v(k, j) = s * x + c * y;
  }
}

}  // namespace

SymmetricRoot symmetric_root(std::span<double const> packed, int order) {
  auto const p = static_cast<std::size_t>(order);
  expects(packed.size() == packed_size(p), "a packed symmetric matrix needs p (p + 1)/2 entries");
  Square a{p}, v{p};
  for (std::size_t i = 0; i < p; ++i) {
    v(i, i) = 1.0;
    for (std::size_t j = 0; j < p; ++j) a(i, j) = packed[packed_index(i, j)];
  }
  // Convergence is quadratic; 20 sweeps are far beyond what any matrix of this size needs.
  for (int sweep = 0; sweep < 20; ++sweep)
    for (std::size_t i = 0; i + 1 < p; ++i)
      for (std::size_t j = i + 1; j < p; ++j) rotate(a, v, i, j);

  SymmetricRoot result{std::vector<double>(p * p), std::vector<double>(p * p)};
  for (std::size_t k = 0; k < p; ++k) {
    expects(a(k, k) > 0.0 && std::isfinite(a(k, k)),
            "an information matrix is not positive definite at this theta, choose another point");
    double const root = std::sqrt(a(k, k));
    for (std::size_t i = 0; i < p; ++i)
      for (std::size_t j = 0; j < p; ++j) {
        result.root[i * p + j] += v(i, k) * v(j, k) * root;
        result.inverse[i * p + j] += v(i, k) * v(j, k) / root;
      }
  }
  return result;
}

}  // namespace fisherlab::sim
