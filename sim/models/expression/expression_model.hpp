#pragma once

#include <span>

#include "base/api.hpp"
#include "sim/models/expression/expression_law.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::sim {

/// The line of the catalogue for a law that expressions write down. Score, Hessian and third derivatives are exact,
/// from the expression itself; the information is that of `derived_information`; fits start from the best of a few
/// candidates (grid_start.hpp). Draws follow the expression for them, or come by inversion of the integrated density.
/// The law is tried out at the example of its parameters and near it.
/// @throws ExpressionError for a text that is no expression; InputError for a law that is none (expect_law).
FISHERLAB_API Models::Entry expression_model(ExpressionLaw const& law);

/// Where a model is one of these: that at theta the log density is finite where draws lie and integrates to one, to
/// 1e-10, and that draws follow it: of 2^17 draws no share below a quantile is further off than by chance once in 1e9.
/// @throws InputError with the figure.
FISHERLAB_API void expect_law(BatchModel const& model, std::span<double const> theta);

}  // namespace fisherlab::sim
