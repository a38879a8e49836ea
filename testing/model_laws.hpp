#pragma once

#include <span>
#include <vector>

#include "sim/models/interface/any_model.hpp"
#include "testing/formulas.hpp"
#include "testing/law.hpp"
#include "testing/reference_law.hpp"

namespace fisherlab::laws {

/// A model under test: behind its batch interface, and by its formulas.
struct TestedModel {
  sim::AnyModel model;   ///< draws, sums and information
  Formulas formulas;     ///< of one observation
  bool regular = false;  ///< also held to E score = 0 and the information equality
};

/// The key of the draws that are tested; tests of the same model may start from it too.
inline constexpr sim::StreamKey sampler_key{.seed = 20240611, .scenario = 6, .replicate = 4096};

/// Adds a breach unless the density integrates to 1 over the axes of the reference. Over three continuous coordinates
/// that would take minutes, and nothing is checked.
void check_density(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                   std::vector<Breach>& breaches);

/// Score and Hessian against automatic differentiation on the grid of the axes, in units of each parameter's standard
/// deviation information_aa^(-1/2); errors are relative to 1 + |value|.
void check_derivatives(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                       std::vector<Breach>& breaches);

/// Mean score, E[score score'] and -E hessian, in units of sqrt(information_aa) for each index; by quadrature, where
/// there are at most ten integrals over two continuous coordinates, or any number over one.
void check_information(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                       std::vector<Breach>& breaches);

/// Draws against the reference law, brought to uniform numbers: each coordinate by the distance of the distribution
/// functions and by 64 cells, pairs by 8 x 8 cells too. Each check rejects a correct sampler with probability 1e-6.
/// 32 batches of 8 samples of 257: odd, and longer than two chunks of the rejection samplers. Of dependent samples only
/// the last observation counts.
void check_draws(sim::AnyModel const& model, std::span<double const> theta, ReferenceLaw const& law,
                 std::vector<Breach>& breaches);

/// Replicates have the same bits in every lane; sums over lanes have those of the formulas for one number, or, for a
/// model that sums by itself, agree to 1e-8 of the sum of the sizes of the terms, plus their number in standard units.
void check_lanes(TestedModel const& tested, std::span<double const> theta, std::vector<Breach>& breaches);

/// The universal rig: every law a model breaks at one theta, empty when it obeys them all. What is held to it:
///   any model: the density integrates to 1; score and hessian are the derivatives of the log density; draws follow the
///   reference law and lie in the support; lanes stand alone and equal the scalar formulas;
///   a regular model too: E score = 0 and E[score score'] = -E hessian = information.
/// @throws InputError when theta is outside the model's space, or the reference has not the model's dimension.
std::vector<Breach> broken_laws(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law);

/// The broken laws without their details, each once, in the order of Law.
std::vector<Law> names_of(std::vector<Breach> const& breaches);

}  // namespace fisherlab::laws
