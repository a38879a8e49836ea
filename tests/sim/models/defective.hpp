#pragma once

#include <boost/math/distributions/gamma.hpp>

#include "testing/own_model.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {

/// A model that the catalogue does not have.
template <class M>
TestedModel defective(M const& model) {
  return {sim::erase(model), formulas_by_boost(model), sim::RegularModel<M>};
}

/// The gamma law of shape and rate, as Boost.Math has it.
inline ReferenceLaw gamma_law(sim::Theta<double, 2> const& theta) {
  return {{continuous(boost::math::gamma_distribution<>(theta[0], 1 / theta[1]), Axis::Kind::positive)}};
}

}  // namespace fisherlab::test
