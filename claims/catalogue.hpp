#pragma once

#include <string_view>
#include <vector>

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// All statements, in the order of the notes.
std::vector<Claim> const& claims_catalogue();

/// The cards of all claims, in the order of the catalogue.
std::vector<ClaimCard> claim_cards();

/// The claim of that id, or null.
Claim const* find_claim(std::string_view id);

/// Puts a claim to a case.
/// @throws InputError when the case does not fit: a model outside the hypotheses that is not declared as a control,
/// an unknown option, an estimator the model does not offer, moments that do not exist at this n.
Question ask(Claim const& claim, Case the_case);

/// Puts a claim about data sets to a case.
/// @throws InputError when the case does not fit: another kind of claim, an unknown option or problem.
Question ask(Claim const& claim, DataCase the_case);

}  // namespace fisherlab::claims
