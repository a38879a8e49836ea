#pragma once

#include <optional>
#include <string>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::estimators::influence {

/// The lower Cholesky factor of a symmetric matrix, H = L L'; nothing where H is not positive definite beyond rounding:
/// a pivot is not positive, or the reciprocal condition number of H scaled to a unit diagonal is below p times the
/// machine precision. The scaling makes the answer independent of the units of the parameters.
std::optional<Matrix> cholesky_factor(Matrix const& hessian);

/// The same for a difference of matrices, `left` = `whole` - part: what is left of a direction may be rounding of the
/// whole, so the diagonal of the whole is the scale, and the reciprocal condition number must be above `least`.
std::optional<Matrix> cholesky_factor_of_rest(Matrix const& left, Matrix const& whole, double least = 1e-12);

/// Says that `hessian`, called `name`, is not positive definite, with its smallest and largest eigenvalue.
/// @throws InputError always.
[[noreturn]] void refuse_indefinite(Matrix const& hessian, std::string const& name);

/// A number to four digits, for messages.
std::string four_digits(double value);

}  // namespace fisherlab::estimators::influence
