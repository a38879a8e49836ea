#pragma once

#include <span>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::sim {

/// The symmetric root of a positive definite matrix and its inverse, both p x p, row by row. The symmetric root
/// whitens without a preferred order of the parameters, as a Cholesky root would have.
struct SymmetricRoot {
  std::vector<double> root;
  std::vector<double> inverse;
};

/// A = V diag(d) V' by cyclic Jacobi rotations, root = V diag(sqrt d) V'. Only + - * / and sqrt, so the whitening
/// matrices of the replicate stage are the same bits on every machine.
/// `packed`: lower triangle row by row, p (p + 1)/2 numbers.
/// @throws InputError when the matrix is not positive definite.
/// Source: Golub and Van Loan (2013), Matrix Computations, section 8.5.
FISHERLAB_API SymmetricRoot symmetric_root(std::span<double const> packed, int p);

}  // namespace fisherlab::sim
