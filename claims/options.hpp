#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "findings/claim_card.hpp"

namespace fisherlab::claims {

/// Options of a claim as text, by name. Those of a case as it is asked are complete: what the case left out has the
/// default of the claim's list.
using Options = std::map<std::string, std::string>;

/// The options with the defaults of a claim for those left out.
/// @throws InputError for an option that the claim does not have, or a text that is none of its choices.
Options completed(ClaimCard const& card, Options options);

/// An option as text; empty where it is not set and has no default.
std::string text_option(Options const& options, std::string const& name);

/// An option as a number.
/// @throws InputError when it is not set, or the text is not a finite number.
double number_option(Options const& options, std::string const& name);

/// An option as a whole number from `least` to `most`.
/// @throws InputError for another number.
int count_option(Options const& options, std::string const& name, int least, int most);

/// What a number as written may stand for: half a unit of its last decimal place, nothing for a whole number.
double rounding_as_written(std::string const& text);

/// The same of a case about a model or about data.
template <class AnyCase>
std::string text_option(AnyCase const& the_case, std::string const& name) {
  return text_option(the_case.options, name);
}
/// An option of a case as a number.
template <class AnyCase>
double number_option(AnyCase const& the_case, std::string const& name) {
  return number_option(the_case.options, name);
}

/// Options that several claims have: how far from its target the region reaches.
ClaimOption margin_option(std::string fallback);
/// The expected rate of a limit.
ClaimOption rate_option(std::string fallback);
/// What a control plants; the first is none.
ClaimOption plant_option(std::vector<std::string> choices);
/// The statement as corrected, or as printed in the notes.
ClaimOption printed_form_option();

}  // namespace fisherlab::claims
