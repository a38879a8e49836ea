#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "claims/instruments/maps/scalar_map.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::claims {

/// Where f(theta) lies for a theta of this domain, when f maps it one to one onto a domain: log of positive numbers and
/// logit of probabilities onto the line; roots, powers and reciprocals onto where they came from. Nothing otherwise.
std::optional<sim::Domain> mapped_domain(ScalarMap map, sim::Domain domain);

/// Places of the parameters that the map is for.
std::vector<std::size_t> mapped_components(sim::BatchModel const& model, ScalarMap map);

/// The same family in other parameters: phi_a = f(theta_a) where the map is for theta_a, phi_a = theta_a elsewhere.
/// Derivatives by the chain rule, with d = dtheta/dphi = 1/f', e = d^2 theta/dphi^2 = -f''/f'^3:
///   score_a d_a,   H_ab d_a d_b + [a = b] score_a e_a,   I_ab d_a d_b.
/// Maximum likelihood estimates are mapped where the model finds its own, and so are starting values; searches run on
/// the scale of phi. Other offers are left out.
sim::AnyModel mapped_model(sim::AnyModel model, ScalarMap map);

}  // namespace fisherlab::claims
