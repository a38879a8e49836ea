#pragma once

#include <string_view>
#include <vector>

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// A catalogue of claims: a value, that a program extends with claims of its own.
class Claims {
 public:
  /// @throws InputError when two claims have one id.
  explicit Claims(std::vector<Claim> claims);

  /// This catalogue with one more claim at its end.
  /// @throws InputError when a claim of that id is there already.
  Claims with(Claim claim) const;

  /// All claims, in their order.
  std::vector<Claim> const& all() const { return claims_; }
  /// The cards of all claims, in the order of the catalogue.
  std::vector<ClaimCard> cards() const;
  /// The claim of that id, or null.
  Claim const* find(std::string_view id) const;

 private:
  std::vector<Claim> claims_;
};

/// The claims of this library, in the order of the notes: one line a claim in claims/statements/statements.hpp.
Claims const& shipped_claims();

/// Shorthand for those.
inline Claim const* find_claim(std::string_view id) { return shipped_claims().find(id); }

/// Puts a claim to a case.
/// @throws InputError when the case does not fit: a model outside the hypotheses that is not declared as a control,
/// an unknown option, an estimator the model does not offer, moments that do not exist at this n.
Question ask(Claim const& claim, Case the_case);

/// Puts a claim about data sets to a case.
/// @throws InputError when the case does not fit: another kind of claim, an unknown option or problem.
Question ask(Claim const& claim, DataCase the_case);

}  // namespace fisherlab::claims
