#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "claims/evidence/directions.hpp"
#include "claims/setting.hpp"
#include "sim/lanes.hpp"
#include "sim/sample.hpp"
#include "sim/tallies/powers.hpp"

namespace fisherlab::claims {

/// Joint central moments of a vector of one observation under its law, as the law of the data has them: by sums over
/// counts and quadrature over what is continuous. None for a law without counts, whose rare values are not lumps of
/// probability; nor where the quadrature does not serve.
struct LawMoments {
  std::shared_ptr<sim::Powers const> powers;  ///< of one observation; null where they are not known

  /// Of a'y, y the mean of n such vectors: cumulants of order k are those of one over n^(k - 1).
  SampleMoments of_mean(Eigen::VectorXd const& a, std::int64_t n) const;
  /// Of (a'(y - E y))^2 for y the sum of n such vectors over sqrt(n); needs moments to degree 8.
  SampleMoments of_square(Eigen::VectorXd const& a, std::int64_t n) const;
  /// Of the mean over n observations of (a'y)^2; needs moments to degree 8.
  SampleMoments of_mean_square(Eigen::VectorXd const& a, std::int64_t n) const;
};

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
