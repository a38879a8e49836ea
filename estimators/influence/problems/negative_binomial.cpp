#include <cmath>

#include "base/expects.hpp"
#include "estimators/influence/problems/linear_predictor.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/regression/regression.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/log_gamma.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Counts of mean m = exp(eta) and variance m + m^2/r, r the size, which is held:
///   L = lgamma(r) + lgamma(y + 1) - lgamma(y + r) - y log(m/(m + r)) + r log(1 + m/r),
///   L' = -r (y - m)/(r + m),   L'' = r (r + y) m/(r + m)^2,   L''' = L'' (r - m)/(r + m),
/// and the mean of L'' is r m/(r + m). With u = m/(m + r) nothing overflows.
struct NegativeBinomialLoss {
  static constexpr char const* name = "negative_binomial";
  double r = 1;

  double share(double eta) const {  // u, by the smaller of the two exponentials
    double const distance = eta - sim::log(r), e = sim::exp(-std::abs(distance));
    return (distance > 0 ? 1 : e) / (1 + e);
  }
  double log_ratio(double eta) const {  // log(1 + m/r)
    double const distance = eta - sim::log(r);
    return std::fmax(distance, 0.0) + sim::log1p(sim::exp(-std::abs(distance)));
  }
  double loss(double eta, double y) const {
    double const constants = sim::lgamma(r) + sim::lgamma(y + 1) - sim::lgamma(y + r);
    return constants - y * (eta - sim::log(r)) + (y + r) * log_ratio(eta);
  }
  double first(double eta, double y) const { return (y + r) * share(eta) - y; }
  double second(double eta, double y) const {
    double const u = share(eta);
    return (y + r) * u * (1 - u);
  }
  double third(double eta, double y) const { return second(eta, y) * (1 - 2 * share(eta)); }
  double expected(double eta, double) const { return r * share(eta); }
  double half_deviance(double eta, double y) const {
    double const m = mean(eta);
    return (y > 0 ? y * (sim::log(y) - eta) : 0) - (y + r) * sim::log((y + r) / (m + r));
  }
  static double mean(double eta) { return sim::exp(eta); }
};

}  // namespace

double negative_binomial_size(Data const& data) {
  auto const names = checked_columns(data);
  expects_counts(data);
  auto const n = data.inputs.rows(), first = Eigen::Index{data.has_intercept ? 1 : 0};
  Matrix x(n, data.inputs.cols() + first);
  x.leftCols(first).setOnes();
  x.rightCols(data.inputs.cols()) = data.inputs;
  auto const each = [n](Vector const& v, double unless) {
    return v.size() > 0 ? v : Vector(Vector::Constant(n, unless));
  };
  RegressionDesign const design({x, data.targets, each(data.weights, 1), each(data.offset, 0)});
  auto const fit = fit_regression(Family::negative_binomial, design, data.targets);
  expects(fit.found,
          "the maximum likelihood estimate of a negative binomial regression does not exist for these data, leave out "
          "inputs, or give counts that are not all 0");
  expects(!fit.is_poisson_limit,
          "the counts do not vary more than Poisson's (the estimate of the size is infinite), use poisson");
  return *fit.size;
}

AnyProblem negative_binomial_problem(Data const& data, double size) {
  expects(data.classes.empty(),
          "negative binomial regression needs counts as targets (these are classes), use softmax");
  expects(
      data.weights.size() == 0,
      "negative binomial regression takes no weights (the law of a mean of counts has another size), leave them out");
  expects(std::isfinite(size) && size > 0, "the size of a negative binomial law must be above 0, correct it");
  expects_counts(data);
  return LinearPredictorProblem<NegativeBinomialLoss>(data, {size});
}

}  // namespace fisherlab::estimators::influence
