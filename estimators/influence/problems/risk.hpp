#pragma once

#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::estimators::influence {

/// The penalised empirical risk that training minimises:
///   R(theta) = sum_i w_i L(z_i, theta) + (l2/2) |m . theta|^2,   m = problem.penalised(), w_i = 1/n for a plain mean.
/// The data must outlive it.
struct Risk {
  AnyProblem problem;          ///< whose losses are summed
  Data const* data = nullptr;  ///< n rows
  Vector weights;              ///< n
  double l2 = 0;               ///< penalty

  /// R(theta).
  double value(Vector const& theta) const;
  /// grad R(theta), p.
  Vector gradient(Vector const& theta) const;
  /// grad^2 R(theta), p x p.
  Matrix hessian(Vector const& theta) const;
  /// grad^2 R(theta) t, p.
  Vector hessian_product(Vector const& theta, Vector const& t) const;
};

/// The mean loss over all rows with its penalty.
/// @throws InputError for no rows or a negative penalty.
Risk mean_risk(AnyProblem const& problem, Data const& data, double l2);

/// Which risk is left when rows are removed; the two differ by a constant that a correlation cannot see.
enum class Convention {
  mean,   ///< A: the mean over the rows left, with the same penalty; removing z moves along grad L(z) + l2 m . theta
  total,  ///< B: the total penalty n l2 is kept, weights stay 1/n; removing z moves along grad L(z)
};

/// "A" or "B", as the column `convention` of the reports has it.
char const* convention_text(Convention convention);

/// The risk when a share q of each of `rows` is removed, q = 1 for the whole row. With m rows and S = n - q m:
///   mean:  w_i = 1/S, (1 - q)/S for the rows;   total: w_i = 1/n, (1 - q)/n for the rows.
/// A risk with rows removed may lose more: `mean` scales the weights left to their former sum.
/// @throws InputError when no weight is left, or for a row outside the data or named twice.
Risk without(Risk const& risk, std::vector<int> const& rows, Convention convention, double q = 1);

/// c_k: the gradient at a minimum theta of what removing row k takes from the risk, times n; row k of the result
/// (n x p). Elsewhere `mean` takes c_k - grad R.
///   mean: grad L(z_k) + l2 m . theta;   total: grad L(z_k).
Matrix removed_gradients(Risk const& risk, Vector const& theta, Convention convention);
/// The same of rows of its data, which stand alone.
Matrix removed_gradients(Risk const& risk, Data const& rows, Vector const& theta, Convention convention);

}  // namespace fisherlab::estimators::influence
