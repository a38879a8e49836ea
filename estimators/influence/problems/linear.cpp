#include "base/expects.hpp"
#include "estimators/influence/problems/linear_predictor.hpp"
#include "estimators/influence/problems/problems.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Normal errors of variance 1, without the constant: L = (y - eta)^2/2.
struct Normal {
  static constexpr char const* name = "linear";
  static double loss(double eta, double y) { return 0.5 * (y - eta) * (y - eta); }
  static double first(double eta, double y) { return eta - y; }
  static double second(double, double) { return 1; }
  static double third(double, double) { return 0; }
  static double mean(double eta) { return eta; }
  static double expected(double, double) { return 1; }
  static double half_deviance(double eta, double y) { return loss(eta, y); }
};

}  // namespace

AnyProblem linear_problem(Data const& data) {
  expects(data.classes.empty(), "linear regression needs numbers as targets (these are classes), use softmax");
  return LinearPredictorProblem<Normal>(data);
}

}  // namespace fisherlab::estimators::influence
