#pragma once

#include "testing/own_model.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {

/// A model that the catalogue does not have.
template <class M>
TestedModel defective(M const& model) {
  return {sim::erase(model), formulas_by_boost(model), sim::RegularModel<M>};
}

}  // namespace fisherlab::test
