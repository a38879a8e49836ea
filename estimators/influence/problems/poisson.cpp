#include "base/expects.hpp"
#include "estimators/influence/problems/linear_predictor.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/log_gamma.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// L = exp(eta) - y eta + log y!; exp(eta) is infinite above eta = 709.78.
struct Poisson {
  static constexpr char const* name = "poisson";
  static double loss(double eta, double y) { return sim::exp(eta) - y * eta + sim::lgamma(y + 1); }
  static double first(double eta, double y) { return sim::exp(eta) - y; }
  static double second(double eta, double) { return sim::exp(eta); }
  static double third(double eta, double) { return sim::exp(eta); }
  static double mean(double eta) { return sim::exp(eta); }
  static double expected(double eta, double) { return sim::exp(eta); }
  static double half_deviance(double eta, double y) {
    return (y > 0 ? y * (sim::log(y) - eta) : 0) - (y - sim::exp(eta));
  }
};

}  // namespace

AnyProblem poisson_problem(Data const& data) {
  expects(data.classes.empty(), "Poisson regression needs counts as targets (these are classes), use softmax");
  expects_counts(data);
  return LinearPredictorProblem<Poisson>(data);
}

}  // namespace fisherlab::estimators::influence
