#pragma once

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// One function a statement; the catalogue lists them in the order of the notes.
Claim score_mean();
Claim information_equality();
Claim additivity();
Claim sample_additivity();
Claim reparameterization();
Claim square_root_example();
Claim cramer_rao();
Claim cramer_rao_trace();
Claim attainment();
Claim asymptotic_normality();
Claim asymptotic_variance();
Claim directional_variance();
Claim efficiency();
Claim coverage();
Claim replicate_independence();

}  // namespace fisherlab::claims
