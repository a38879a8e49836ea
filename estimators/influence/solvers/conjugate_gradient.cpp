#include <Eigen/IterativeLinearSolvers>
#include <limits>

#include "estimators/influence/solvers/definite.hpp"
#include "estimators/influence/solvers/krylov.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// A symmetric matrix that Eigen's solvers know by its products alone.
class ProductMatrix;

/// Thrown out of Eigen's loop, which knows no negative curvature.
struct NegativeCurvature {
  double quotient;
};

}  // namespace
}  // namespace fisherlab::estimators::influence

namespace Eigen::internal {
template <>
struct traits<fisherlab::estimators::influence::ProductMatrix> : traits<SparseMatrix<double>> {};
}  // namespace Eigen::internal

namespace fisherlab::estimators::influence {
namespace {

class ProductMatrix : public Eigen::EigenBase<ProductMatrix> {
 public:
  using Scalar = double;
  using RealScalar = double;
  using StorageIndex = int;
  // NOLINTNEXTLINE(readability-identifier-naming): Eigen asks for these names
  enum { ColsAtCompileTime = Eigen::Dynamic, MaxColsAtCompileTime = Eigen::Dynamic, IsRowMajor = false };

  ProductMatrix(Product const& product, Eigen::Index p) : product_(&product), p_(p) {}

  Eigen::Index rows() const { return p_; }
  Eigen::Index cols() const { return p_; }
  template <class Rhs>
  Eigen::Product<ProductMatrix, Rhs, Eigen::AliasFreeProduct> operator*(Eigen::MatrixBase<Rhs> const& t) const {
    return {*this, t.derived()};
  }

  /// H t; along each direction t of the search the curvature t'Ht is looked at.
  Vector times(Vector const& t) const {
    double const square = t.squaredNorm();
    if (square == 0) return Vector::Zero(p_);  // Eigen's residual at the guess 0
    Vector image = (*product_)(t);
    ++products_;
    if (double const curvature = t.dot(image); !(curvature > 0)) throw NegativeCurvature{curvature / square};
    return image;
  }
  int products() const { return products_; }

 private:
  Product const* product_;
  Eigen::Index p_;
  mutable int products_ = 0;
};

}  // namespace
}  // namespace fisherlab::estimators::influence

namespace Eigen::internal {
template <class Rhs>
struct generic_product_impl<fisherlab::estimators::influence::ProductMatrix, Rhs, SparseShape, DenseShape, GemvProduct>
    : generic_product_impl_base<fisherlab::estimators::influence::ProductMatrix, Rhs,
                                generic_product_impl<fisherlab::estimators::influence::ProductMatrix, Rhs, SparseShape,
                                                     DenseShape, GemvProduct>> {
  template <class Result>
  // NOLINTNEXTLINE(readability-identifier-naming): Eigen asks for this name
  static void scaleAndAddTo(Result& result, fisherlab::estimators::influence::ProductMatrix const& h, Rhs const& t,
                            double alpha) {
    result.noalias() += alpha * h.times(t);
  }
};
}  // namespace Eigen::internal

namespace fisherlab::estimators::influence {

Solution conjugate_gradient(Product const& product, Vector const& v, double tolerance, int max_iterations) {
  Solution solution;
  solution.x = Vector::Zero(v.size());
  ProductMatrix const h(product, v.size());
  try {
    // Eigen's residual is a recurrence, which rounding takes away from the true one; then it starts again from x, which
    // mends what a restart can mend.
    for (int round = 0; round < 3 && !solution.solved && h.products() < max_iterations; ++round) {
      double const before = round == 0 ? std::numeric_limits<double>::infinity() : solution.residual;
      Eigen::ConjugateGradient<ProductMatrix, Eigen::Lower | Eigen::Upper, Eigen::IdentityPreconditioner> search(h);
      search.setTolerance(tolerance);
      search.setMaxIterations(max_iterations - h.products());
      Solution next;
      next.x = search.solveWithGuess(v, solution.x);
      check(product, v, tolerance, next);
      if (!(next.residual < before)) break;
      solution = next;
    }
  } catch (NegativeCurvature const& negative) {
    check(product, v, tolerance, solution);
    solution.solved = false;
    solution.problem = negative_curvature(negative.quotient);
  }
  solution.iterations = h.products();
  if (!solution.solved && solution.problem.empty())
    solution.problem = "conjugate gradients ended after " + std::to_string(solution.iterations) +
                       " products with residual " + four_digits(solution.residual) + " above the tolerance " +
                       four_digits(tolerance) + ", allow more iterations or use cholesky";
  return solution;
}

}  // namespace fisherlab::estimators::influence
