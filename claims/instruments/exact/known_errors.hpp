#pragma once

#include <cstddef>
#include <cstdint>

#include "claims/evidence/directions.hpp"
#include "claims/instruments/exact/law_moments.hpp"
#include "claims/setting.hpp"
#include "estimators/estimator.hpp"

namespace fisherlab::claims {

/// What the law of counts says of an estimator that is the mean of a function of the observations, as a sample mean or
/// the shares of categories, which is found by evaluation: its estimate of a sample is the mean of its estimates of the
/// single observations. Nothing is known of others, nor where the estimator is biased; of errors up to six components,
/// of products one component and up to five parameters, beyond which the joint moments are too many.
class KnownErrors {
 public:
  KnownErrors(Setting const& setting, estimators::Estimator const& estimator);

  /// Of (u'w)^2, w = sqrt(n) B^-1/2 (t - g) of r components.
  ByLaw squares(std::int64_t n) const;
  /// Of a'(w v), v = I^-1/2 S/sqrt(n) (p).
  ByLaw products(std::int64_t n) const;

 private:
  std::size_t p_ = 0;
  LawMoments error_, joint_;  ///< of one observation: of w (r), and of (w, v)
};

}  // namespace fisherlab::claims
