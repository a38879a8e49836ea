#pragma once

#include "claims/claim.hpp"

namespace fisherlab::claims {

/// One function a statement: those about models in claims/statements/ and its subfolders, those of section 6.5 in
/// claims/influence/.
Claim score_mean();
Claim density_curvature();
Claim information_equality();
Claim asymptotic_normality();
Claim asymptotic_variance();
Claim directional_variance();
Claim sandwich();
Claim consistency();
Claim bias();
Claim second_order_bias();
Claim second_order_variance();
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
Claim cauchy_schwarz();
Claim cramer_rao_trace();
Claim unbiasedness();
Claim attainment();
Claim efficiency();
Claim influence_derivative();
Claim first_order_condition();
Claim loss_sign();
Claim strict_convexity();
Claim conjugate_gradient();
Claim cg_objective();
Claim leave_one_out();
Claim removal_rate();
Claim krylov_error();
Claim retraining_cost();
Claim influence_covariance();
Claim input_perturbation();
Claim perturbed_point();
Claim influence_depth();
Claim influence_weight_decay();
Claim influence_test_point();
Claim training_input_attack();
Claim group_attack();
Claim information_order();
Claim needed_observations();
Claim flat_point();
Claim delta_method();
Claim rao_blackwell();
Claim local_minimax();
Claim biased_bound();
Claim van_trees();
Claim bhattacharyya();
Claim local_normality();
Claim contiguity();
Claim local_power();
Claim third_bartlett();
Claim corrected_likelihood();
Claim conditional_variance();
Claim stein_risk();
Claim kullback_leibler();
Claim hellinger_distance();
Claim chi_squared_divergence();
Claim natural_family();
Claim jeffreys_volume();
Claim data_processing();
Claim nuisance_parameters();
Claim bootstrap();
Claim jackknife();
Claim bootstrap_order();
Claim single_maximum();
Claim replicate_independence();
Claim reported_std_errors();
Claim failed_fits();
Claim same_estimate();
Claim draws_agree();

/// All of them: in the order of the notes, what stands next to them, checks of the suite.
inline constexpr Claim (*every_statement[])() = {
    &score_mean,
    &density_curvature,
    &information_equality,
    &asymptotic_normality,
    &asymptotic_variance,
    &directional_variance,
    &sandwich,
    &consistency,
    &bias,
    &second_order_bias,
    &second_order_variance,
    &normal_example,
    &additivity,
    &sample_additivity,
    &reparameterization,
    &scalar_reparameterization,
    &reparameterization_jacobian,
    &square_root_example,
    &coverage,
    &interval_parameterization,
    &wilks,
    &rao,
    &wald,
    &cramer_rao,
    &cramer_rao_scalar,
    &score_covariance,
    &cramer_rao_direction,
    &cauchy_schwarz,
    &cramer_rao_trace,
    &unbiasedness,
    &attainment,
    &efficiency,
    &influence_derivative,
    &first_order_condition,
    &loss_sign,
    &strict_convexity,
    &conjugate_gradient,
    &cg_objective,
    &leave_one_out,
    &removal_rate,
    &krylov_error,
    &retraining_cost,
    &influence_covariance,
    &input_perturbation,
    &perturbed_point,
    &influence_depth,
    &influence_weight_decay,
    &influence_test_point,
    &training_input_attack,
    &group_attack,
    &information_order,
    &needed_observations,
    &flat_point,
    &delta_method,
    &rao_blackwell,
    &local_minimax,
    &biased_bound,
    &van_trees,
    &bhattacharyya,
    &local_normality,
    &contiguity,
    &local_power,
    &third_bartlett,
    &corrected_likelihood,
    &conditional_variance,
    &stein_risk,
    &kullback_leibler,
    &hellinger_distance,
    &chi_squared_divergence,
    &natural_family,
    &jeffreys_volume,
    &data_processing,
    &nuisance_parameters,
    &bootstrap,
    &jackknife,
    &bootstrap_order,
    &single_maximum,
    &replicate_independence,
    &reported_std_errors,
    &failed_fits,
    &same_estimate,
    &draws_agree,
};

}  // namespace fisherlab::claims
