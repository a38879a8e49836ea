#pragma once

#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// Cholesky factor of a packed symmetric p x p matrix, in place: A = L L', lower triangle row by row. Gives where A is
/// positive definite; elsewhere the factor is meaningless. Runs on `double` and on `Lanes`.
template <class Real>
MaskOf<Real> factorise(Real* a, int p) {
  MaskOf<Real> positive = Real(0.0) < Real(1.0);
  for (int j = 0; j < p; ++j) {
    Real* const row_j = a + j * (j + 1) / 2;
    Real pivot = row_j[j];
    for (int k = 0; k < j; ++k) pivot = pivot - row_j[k] * row_j[k];
    positive = positive & (pivot > Real(0.0));
    Real const root = sqrt(pivot);
    row_j[j] = root;
    for (int i = j + 1; i < p; ++i) {
      Real* const row_i = a + i * (i + 1) / 2;
      Real sum = row_i[j];
      for (int k = 0; k < j; ++k) sum = sum - row_i[k] * row_j[k];
      row_i[j] = sum / root;
    }
  }
  return positive;
}

/// Solves L y = b in place.
template <class Real>
void solve_lower(Real const* factor, int p, Real* b) {
  for (int i = 0; i < p; ++i) {
    Real const* const row = factor + i * (i + 1) / 2;
    for (int k = 0; k < i; ++k) b[i] = b[i] - row[k] * b[k];
    b[i] = b[i] / row[i];
  }
}

/// Solves L L' x = b in place.
template <class Real>
void solve_factorised(Real const* factor, int p, Real* b) {
  solve_lower(factor, p, b);
  for (int i = p - 1; i >= 0; --i) {
    for (int k = i + 1; k < p; ++k) b[i] = b[i] - factor[k * (k + 1) / 2 + i] * b[k];
    b[i] = b[i] / factor[i * (i + 1) / 2 + i];
  }
}

}  // namespace fisherlab::sim
