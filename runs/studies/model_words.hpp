#pragma once

#include <map>
#include <string>

#include "sim/models/expression/expression_law.hpp"

namespace fisherlab::runs {

/// Known numbers by name.
using KnownNumbers = std::map<std::string, double>;

/// What a parameter's `domain` says: "real", "positive", "unit", "angle", "above X", "below X" or "between X and Y",
/// with numbers or expressions of known ones. Name and example are left as they are.
/// @throws InputError
sim::ExpressionParameter parse_domain(std::string const& words, KnownNumbers const& known);

/// What `support` says: "real", "positive", "unit", "angle", "above X", "between X and Y", "integers from X" or
/// "integers X..Y", where Y may be inf.
/// @throws InputError
sim::Support parse_support(std::string const& words, KnownNumbers const& known);

}  // namespace fisherlab::runs
