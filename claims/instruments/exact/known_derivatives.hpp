#pragma once

#include <cstdint>

#include "claims/evidence/directions.hpp"
#include "claims/instruments/exact/law_moments.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// What the law of the data says of the whitened derivatives of the log likelihood: which cannot vary (constants_of),
/// and, for counts, the moments of the others. A count of 2 that was not drawn in a million can carry the mean of a
/// second derivative (geometric law, p = .998), and no rule from the sample sees it; the moments of the law do: one
/// observation has m_3 and m_4 from all counts, drawn or not.
class KnownDerivatives {
 public:
  explicit KnownDerivatives(Setting setting);

  ByLaw score(std::int64_t n) const;       ///< of u'v, v = I^-1/2 S/sqrt(n)
  ByLaw squares(std::int64_t n) const;     ///< of (u'v)^2
  ByLaw outer(std::int64_t n) const;       ///< of u' I^-1/2 (mean of s s') I^-1/2 u
  ByLaw hessian(std::int64_t n) const;     ///< the same of the mean Hessian
  ByLaw difference(std::int64_t n) const;  ///< the same of s s' + H

 private:
  Setting setting_;
  LawMoments score_, hessian_, difference_;
};

/// The same of the mean of grad^2 p/p.
ByLaw known_curvature(Setting const& setting, std::int64_t n);

}  // namespace fisherlab::claims
