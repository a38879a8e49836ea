#pragma once

#include <vector>

#include "estimators/influence/solvers/inverse_hessian.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::estimators::influence {

/// A risk at its minimum: where influence is defined. Its weights are 1/n, a plain mean (mean_risk).
/// (6.20): with c_k = removed_gradients, d theta/d eps = -H^{-1} c_k, and removing row k is eps = -1/n.
struct Minimum {
  Risk risk;     ///< that is minimised
  Vector theta;  ///< where
};

/// A minimum that is one. @throws InputError, with the numbers, when |grad R| exceeds `gradient_norm` and is not small
/// beside the gradients of the rows either (training/unit_free.hpp), or H is not positive definite.
Minimum checked_minimum(Risk const& risk, Trained const& trained, double gradient_norm = 1e-8);

/// theta_{-k} - theta, predicted; row k of each matrix (n x p) is for the removal of row k alone.
/// Rows of NaN where a form is not defined (the reduced Hessian is not positive definite) or H^{-1} v was not solved.
/// All are the same for any number of threads (0: one a core).
/// @throws InputError for weights that are not 1/n.

/// First order: (1/n) H^{-1} c_k. `solutions` (n, may be null) receives how each was solved.
/// @throws InputError, with what went wrong, when a solution fails and `solutions` is null.
/// Source: Koh and Liang (2017), section 2.1; equation (6.20) of the notes.
Matrix first_order_removals(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                            std::vector<Solution>* solutions = nullptr, int threads = 0);

/// Second-order jackknife: with t = -H^{-1} c_k and C_k = grad c_k,
///   eps t + (eps^2/2) t2,   t2 = -H^{-1} (grad^3 R [t, t] + 2 C_k t),   eps = -1/n.
/// Derived by differentiating grad R(theta) + eps c_k(theta) = 0 twice in eps. A third derivative over all rows for
/// each removal: O(n p) time each.
Matrix second_order_removals(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                             int threads = 0);

/// One Newton step on the reduced risk from theta: (1/n) (H - C_k/n)^{-1} c_k. For a rank-one loss (linear, logistic,
/// Poisson) this is Pregibon's form with 1/(1 - h_kk), for the multinomial its block form; exact for least squares.
/// O(p^2 r) a row where the problem offers a curvature factor of rank r, else O(p^3).
/// Source: Pregibon (1981), Logistic regression diagnostics, Annals of Statistics 9, 705-724.
Matrix one_step_removals(Minimum const& minimum, Convention convention, int threads = 0);

/// |second-order term| / |first-order term| of each removal: small where the first order can be trusted. 0 where both
/// terms are.
Vector reliability(Matrix const& first_order, Matrix const& second_order);

/// A group of rows removed together: first order is the sum of its rows; second order as above with c and C summed.
/// @throws InputError for a row outside the data or one named twice, and when a solution fails.
Vector first_order_group(Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                         InverseHessian const& inverse);
/// The same to second order.
Vector second_order_group(Minimum const& minimum, std::vector<int> const& rows, Convention convention,
                          InverseHessian const& inverse);

/// Self-influence of each row, grad L_k' H^{-1} grad L_k.
/// @throws InputError when a solution fails.
Vector self_influence(Minimum const& minimum, InverseHessian const& inverse);

/// Change of the mean test loss (no penalty in it) by a change `delta` of theta, to first order: g_test' delta.
/// With delta a removal this is -(1/n) g_test' I_up(z): positive when removing the row makes the test loss worse, so
/// the row is helpful; negative for a harmful one.
Vector test_gradient(AnyProblem const& problem, Data const& test, Vector const& theta);

/// What each row does to a regression with one linear predictor eta, at l2 = 0 or under a penalty. With
/// E = (1/n) sum e_k z_k z_k' + l2 m, e_k the weight of the row times the mean of L''(eta):
struct Leverage {
  Vector leverage;  ///< h_kk = e_k z_k' E^{-1} z_k / n of the (weighted) hat matrix of the penalised fit
  /// Cook's distance: r_k^2 h_kk/(s^2 p (1 - h_kk)^2), r the raw (linear) or Pearson residual, p = sum h_kk (the number
  /// of parameters at l2 = 0), s^2 = sum r^2/(n - p) for the linear problem, 1 for the others. NaN where h_kk = 1.
  /// Source: Cook (1977), Technometrics 19, 15-18; Pregibon (1981).
  Vector cook;
  /// DFBETAS, n x p: the change of each parameter by the row, to one step on deviance residuals d_k, in standard
  /// errors,
  ///   (E^{-1} z_k)_j sqrt(e_k) d_k / (n (1 - h_kk) s_(k) sqrt((E^{-1})_jj / n)),
  ///   s_(k)^2 = (sum d^2 - d_k^2/(1 - h_kk))/(n - p - 1); NaN where h_kk = 1 or no degree of freedom is left.
  /// Source: Belsley, Kuh and Welsch (1980), section 2.1; at l2 = 0 it is R's dfbetas().
  Matrix dfbetas;
};
/// Whether the problem has a scalar linear predictor: linear, logistic, Poisson and negative binomial regression.
bool has_leverage(Minimum const& minimum);

/// Without dfbetas (an empty matrix) it takes no table as large as the data.
/// @throws InputError for problems without a scalar linear predictor.
Leverage leverages(Minimum const& minimum, bool with_dfbetas = true);

}  // namespace fisherlab::estimators::influence
