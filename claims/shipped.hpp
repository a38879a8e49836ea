#pragma once

#include <utility>

#include "claims/catalogue.hpp"
#include "estimators/catalogue.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::claims {

/// All that a study or a command line can name: a value, that a program extends with its own.
///   auto const mine = shipped().with<Maxwell>().with(my_claim);
struct Catalogue {
  sim::Models models;
  estimators::Estimators estimators;
  Claims claims;

  /// One more model. @throws InputError when a model of that name is there already.
  template <class Model>
  Catalogue with() const {
    return {models.with<Model>(), estimators, claims};
  }
  Catalogue with(sim::Models::Entry model) const { return {models.with(std::move(model)), estimators, claims}; }
  /// One more estimator, or claim. @throws InputError when one of that name is there already.
  Catalogue with(estimators::Estimators::Entry estimator) const {
    return {models, estimators.with(std::move(estimator)), claims};
  }
  Catalogue with(Claim claim) const { return {models, estimators, claims.with(std::move(claim))}; }
};

/// What this library holds.
inline Catalogue const& shipped() {
  static Catalogue const catalogue{sim::shipped_models(), estimators::shipped_estimators(), shipped_claims()};
  return catalogue;
}

}  // namespace fisherlab::claims
