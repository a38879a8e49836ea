#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// Options of a claim, as a case has them.
using Options = std::map<std::string, std::string>;

/// An option as text, or the fallback. One of `choices` when these are given.
/// @throws InputError when the text is none of the choices.
std::string text_option(Options const& options, std::string const& name, std::string const& fallback,
                        std::vector<std::string> const& choices = {});

/// An option as a number, or the fallback.
/// @throws InputError when the text is not a finite number.
double number_option(Options const& options, std::string const& name, double fallback);

/// An option as a number, if it is set.
std::optional<double> optional_number(Options const& options, std::string const& name);

/// An option as a whole number from `least` to `most`, or the fallback.
/// @throws InputError for another number.
int count_option(Options const& options, std::string const& name, int fallback, int least, int most);

/// The same of a case about a model or about data.
template <class AnyCase>
std::string text_option(AnyCase const& the_case, std::string const& name, std::string const& fallback,
                        std::vector<std::string> const& choices = {}) {
  return text_option(the_case.options, name, fallback, choices);
}
template <class AnyCase>
double number_option(AnyCase const& the_case, std::string const& name, double fallback) {
  return number_option(the_case.options, name, fallback);
}
template <class AnyCase>
std::optional<double> optional_number(AnyCase const& the_case, std::string const& name) {
  return optional_number(the_case.options, name);
}

}  // namespace fisherlab::claims
