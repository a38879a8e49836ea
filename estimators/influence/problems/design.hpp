#pragma once

#include <string>
#include <vector>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::estimators::influence {

/// The rows (1, x_i) of a data set as a matrix Z, n x (d + 1), through its products alone.

/// Z B: row i is b + x_i'A, the columns of B = (b; A) being (d + 1) coefficients each, intercept first.
/// @throws InputError when B has not d + 1 rows.
Matrix predictors(Data const& data, Eigen::Ref<Matrix const> const& coefficients);

/// Z'V for V with n rows.
Matrix collected(Data const& data, Eigen::Ref<Matrix const> const& v);

/// Z' diag(v) Z, symmetric, for v of either sign.
Matrix weighted_gram(Data const& data, Vector const& v);

/// Names of the d inputs, x1 ... xd where the data name none.
/// @throws InputError when there are names, but not d; no rows; or an input or a target that is not finite.
std::vector<std::string> checked_columns(Data const& data);

/// @throws InputError naming the first row whose target is no whole number from 0 on; with weights the target may be a
/// mean of so many counts.
void expects_counts(Data const& data);

/// @throws InputError naming the first row whose target is not a class 0, 1, ..., classes - 1.
void expects_classes(Vector const& targets, int classes);

}  // namespace fisherlab::estimators::influence
