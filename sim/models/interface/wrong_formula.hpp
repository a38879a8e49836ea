#pragma once

#include <span>
#include <string>

#include "base/api.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::sim {

/// Which component of which formula, and where.
struct FormulaPlace {
  std::string formula;                  ///< score, hessian or information
  std::string component;                ///< its parameter, or two
  std::span<double const> observation;  ///< x, empty where it is none of one observation
  std::span<double const> theta;        ///< p numbers
};

/// A value as a model states it, and as it follows from the log density.
struct StatedAndDerived {
  double stated = 0;
  double derived = 0;
};

/// @throws InputError "skew_normal: its score in scale is wrong, 2.3 at x = 1.2, location=0;scale=1, where the log
/// density
///   gives 2.05 (12 % off); correct score(), or leave it out".
[[noreturn]] FISHERLAB_API void throw_wrong_formula(ModelCard const& card, FormulaPlace const& place,
                                                    StatedAndDerived const& values);

}  // namespace fisherlab::sim
