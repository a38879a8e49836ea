#pragma once

#include "sim/math/elementary.hpp"
#include "sim/models/negative_binomial.hpp"

namespace fisherlab::estimators {

/// The law of a response y with linear predictor eta: normal with mean eta; Bernoulli (or a share of w trials) with
/// mean 1/(1 + exp(-eta)); Poisson or negative binomial with mean exp(eta).
enum class Family { linear, logistic, poisson, negative_binomial };

/// The log likelihood of one row of weight 1 and its derivatives in eta, without what depends on y alone.
template <class Real>
struct RowTerms {
  Real log_likelihood;
  Real score;     ///< first derivative
  Real observed;  ///< minus the second derivative
  Real expected;  ///< its mean
  Real mean;      ///< of y
};

/// Of the negative binomial law, with eta and s = log size: derivatives in s beside those in eta.
template <class Real>
struct SizedRowTerms : RowTerms<Real> {
  Real size_score;  ///< d/ds
  Real cross;       ///< minus d^2/(d eta ds)
  Real size_curve;  ///< minus d^2/ds^2
};

/// y in [0, 1]: y eta - log(1 + exp eta). Nothing overflows: all is written in exp(-|eta|).
struct LogisticRow {
  template <class Real>
  RowTerms<Real> operator()(Real const& y, Real const& eta) const {
    Real const e = exp(-abs(eta));
    Real const inverse = 1.0 / (1.0 + e);
    Real const mean = select(eta < Real(0.0), e, Real(1.0)) * inverse;
    Real const weight = e * inverse * inverse;
    return {y * eta - max(eta, Real(0.0)) - log1p(e), y - mean, weight, weight, mean};
  }
};

/// y >= 0: y eta - exp eta.
struct PoissonRow {
  template <class Real>
  RowTerms<Real> operator()(Real const& y, Real const& eta) const {
    Real const mean = exp(eta);
    return {y * eta - mean, y - mean, mean, mean, mean};
  }
};

/// With m = exp eta and r the size: score r (y - m)/(r + m), expected weight r m/(r + m), observed weight
/// r m (r + y)/(r + m)^2, which is never negative; in s = log r the chain rule on the law's derivatives in r, and
/// d score/ds = r m (y - m)/(r + m)^2. Here log y! is left in.
template <class Real>
struct NegativeBinomialRow {
  Real size;

  SizedRowTerms<Real> operator()(Real const& y, Real const& eta) const {
    sim::NegativeBinomial const law;
    Real const mean = exp(eta);
    sim::Theta<Real, 2> const theta = {mean, size};
    Real const base = size + mean;
    Real const expected = size * mean / base;
    Real const slope = law.score(y, theta)[1];
    SizedRowTerms<Real> terms;
    terms.log_likelihood = law.log_density(y, theta);
    terms.score = size * (y - mean) / base;
    terms.observed = expected * (size + y) / base;
    terms.expected = expected;
    terms.mean = mean;
    terms.size_score = size * slope;
    terms.cross = -(expected * (y - mean) / base);
    terms.size_curve = -(size * (size * law.hessian(y, theta)[2] + slope));
    return terms;
  }
};

}  // namespace fisherlab::estimators
