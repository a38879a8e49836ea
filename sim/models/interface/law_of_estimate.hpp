#pragma once

#include <functional>
#include <limits>
#include <variant>

namespace fisherlab::sim {

/// An estimate that is a function of a count k = 0 ... last, the sufficient total of a sample.
struct CountedEstimate {
  /// What a total of k gives: the estimate, its standard error, and the score at the truth in units of its root
  /// information.
  struct Outcome {
    double estimate, std_error, score;
  };
  double last = 0;                              ///< beyond it no probability is left
  std::function<double(double k)> probability;  ///< of a total of k
  std::function<Outcome(double k)> outcome;
};

/// An estimate of a scale-like parameter: the law of w = truth/estimate is free of theta, w^power = G/mean. The
/// information of one observation at theta is 1/(v theta)^2, and the score in units of its root information is
/// sqrt(n) (1 - w^power)/(v |power|).
struct ScaledEstimate {
  std::function<double(double)> cdf;  ///< of G
  double mean = 1;
  double power = 1;
  double v = 1;
};

/// An estimate of a mean with the standard error s/sqrt(n), s^2 = sum (x - mean)^2/n: sqrt(degrees) times the error in
/// units of s is Student's T, degrees = n - 1. With infinitely many degrees s is known, and the law is normal.
struct LocatedEstimate {
  double degrees = std::numeric_limits<double>::infinity();
};

/// The exact law of one component of the maximum likelihood estimate at a sample size, in a form from which the
/// coverage of intervals follows. In all forms the observed information at the estimate is the expected one.
using LawOfEstimate = std::variant<CountedEstimate, ScaledEstimate, LocatedEstimate>;

}  // namespace fisherlab::sim
