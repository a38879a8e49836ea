#pragma once

#include <span>
#include <vector>

#include "sim/models/interface/erased.hpp"
#include "testing/model_laws.hpp"

namespace fisherlab::laws {

/// A model of one's own, made ready for the rig.
template <sim::SmoothModel M>
TestedModel own_model(M const& model) {
  return {sim::erase(model), formulas_of(model), sim::RegularModel<M>};
}

/// Every law that a model of one's own breaks at one theta; `law` describes it from an independent source.
/// @throws InputError as broken_laws(TestedModel const&, …).
template <sim::SmoothModel M>
std::vector<Breach> broken_laws(M const& model, std::span<double const> theta, ReferenceLaw const& law) {
  return broken_laws(own_model(model), theta, law);
}

}  // namespace fisherlab::laws
