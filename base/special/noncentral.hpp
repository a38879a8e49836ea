#pragma once

#include <cstdint>

namespace fisherlab {

/// The law of Hotelling's T^2 = R d' V^-1 d, where d is the mean of R = `count` normal vectors of p = `dimension`
/// components whose true mean is off by `shift`/sqrt(R) in the Mahalanobis norm, and V is their sample covariance.
/// (R-p)/(p(R-1)) T^2 is noncentral F(p, R-p) with noncentrality shift^2, that is, a Poisson mixture of beta laws:
///   P(T^2 <= t) = sum_j Poisson(j; shift^2/2) I_x(p/2 + j, (R-p)/2),   x = t/(t + R - 1).
/// The sum runs over j within 12 standard deviations of the Poisson mean (what is left out is below 1e-30) and adds
/// positive terms only, so small tails keep their relative accuracy. Time grows as `shift`.
/// Source: Anderson (2003), An Introduction to Multivariate Statistical Analysis, section 5.2 (the law of T^2).
struct HotellingLaw {
  std::int64_t dimension = 1;
  std::int64_t count = 2;

  double below(double t_squared, double shift) const;  ///< P(T^2 <= t_squared), decreasing in shift
  double above(double t_squared, double shift) const;  ///< P(T^2 > t_squared), increasing in shift
};

}  // namespace fisherlab
