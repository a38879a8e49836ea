#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "estimators/influence/problems/linear_predictor.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// L = log(1 + exp(eta)) - y eta, y in {0, 1} or a share of trials. Everything is written in e = exp(-|eta|), which
/// cannot overflow, and so that a loss of exp(-400) is not rounded away beside eta = 400. With s = 1/(1 + exp(-eta)):
///   L' = s - y,   L'' = s (1 - s) = e/(1 + e)^2,   L''' = L'' (1 - 2 s) = -sign(eta) L'' (1 - e)/(1 + e).
struct Bernoulli {
  static constexpr char const* name = "logistic";
  static double loss(double eta, double y) {
    return sim::log1p(sim::exp(-std::abs(eta))) + (eta > 0 ? (1 - y) * eta : -y * eta);
  }
  static double first(double eta, double y) {
    double const e = sim::exp(-std::abs(eta)), smaller = e / (1 + e);
    return eta > 0 ? (1 - y) - smaller : smaller - y;
  }
  static double second(double eta, double) {
    double const e = sim::exp(-std::abs(eta));
    return e / ((1 + e) * (1 + e));
  }
  static double third(double eta, double y) {
    double const e = sim::exp(-std::abs(eta));
    return std::copysign(second(eta, y) * (1 - e) / (1 + e), -eta);
  }
  static double mean(double eta) {
    double const e = sim::exp(-std::abs(eta));
    return (eta > 0 ? 1 : e) / (1 + e);
  }
  static double expected(double eta, double y) { return second(eta, y); }
  static double half_deviance(double eta, double y) {
    double const entropy = (y > 0 ? y * sim::log(y) : 0) + (y < 1 ? (1 - y) * sim::log1p(-y) : 0);
    return loss(eta, y) + entropy;
  }
};

}  // namespace

AnyProblem logistic_problem(Data const& data) {
  expects(data.classes.empty() || data.classes.size() == 2, "logistic regression needs two classes (the data have " +
                                                                std::to_string(data.classes.size()) + "), use softmax");
  if (data.classes.empty() && data.weights.size() > 0)
    expects(data.targets.minCoeff() >= 0 && data.targets.maxCoeff() <= 1,
            "a target lies outside 0 to 1 (no share of trials), correct it");
  else
    expects_classes(data.targets, 2);
  return LinearPredictorProblem<Bernoulli>(data);
}

}  // namespace fisherlab::estimators::influence
