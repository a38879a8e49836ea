#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// How the card of a model begins that gives no information of its own. Fits of such a model report standard errors by
/// the observed information: the expected one would cost an integral a fit.
inline constexpr std::string_view derived_mark = "derived: ";

/// In words, for the card.
FISHERLAB_API std::string how_information_is_derived(std::size_t dimension);

/// -E of the Hessian of one observation (packed): by quadrature over one or two coordinates
/// (quadrature/expectation.hpp), to 1e-8; over more by 2^18 draws of a fixed key, to some thousandths.
/// @throws InputError as expectation().
FISHERLAB_API void derived_information(BatchModel const& law, std::span<double const> theta, double* packed);

/// The same, or false where theta is outside the space or the integral does not settle.
FISHERLAB_API bool derived_information_if_any(BatchModel const& law, std::span<double const> theta, double* packed);

}  // namespace fisherlab::sim
