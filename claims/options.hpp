#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// A case's option as text, or the fallback. One of `choices` when these are given.
/// @throws InputError when the text is none of the choices.
std::string text_option(Case const& the_case, std::string const& name, std::string const& fallback,
                        std::vector<std::string> const& choices = {});

/// A case's option as a number, or the fallback.
/// @throws InputError when the text is not a finite number.
double number_option(Case const& the_case, std::string const& name, double fallback);

/// A case's option as a number, if it is set.
std::optional<double> optional_number(Case const& the_case, std::string const& name);

}  // namespace fisherlab::claims
