#pragma once

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// One function a statement; the catalogue lists them in the order of the notes.
Claim score_mean();
Claim density_curvature();
Claim information_equality();
Claim asymptotic_normality();
Claim asymptotic_variance();
Claim directional_variance();
Claim sandwich();
Claim consistency();
Claim bias();
Claim normal_example();
Claim additivity();
Claim sample_additivity();
Claim reparameterization();
Claim scalar_reparameterization();
Claim reparameterization_jacobian();
Claim square_root_example();
Claim coverage();
Claim interval_parameterization();
Claim wilks();
Claim rao();
Claim wald();
Claim cramer_rao();
Claim cramer_rao_scalar();
Claim score_covariance();
Claim cramer_rao_direction();
Claim cramer_rao_trace();
Claim unbiasedness();
Claim attainment();
Claim efficiency();
Claim single_maximum();
Claim replicate_independence();

/// Section 6.5, in claims/influence/.
Claim influence_derivative();
Claim influence_covariance();
Claim leave_one_out();
Claim conjugate_gradient();
Claim cg_objective();
Claim first_order_condition();
Claim loss_sign();
Claim input_perturbation();
Claim perturbed_point();
Claim influence_depth();
Claim influence_weight_decay();
Claim influence_test_point();
Claim training_input_attack();

}  // namespace fisherlab::claims
