#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "base/text/number.hpp"
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
};

}  // namespace

AnyProblem poisson_problem(Data const& data) {
  auto columns = checked_columns(data);
  expects(data.classes.empty(), "Poisson regression needs counts as targets (these are classes), use softmax");
  for (Eigen::Index i = 0; i < data.targets.size(); ++i)
    if (data.targets[i] < 0 || data.targets[i] != std::floor(data.targets[i]))
      expects(false, "the target of row " + std::to_string(i + 1) + " is " + exact_text(data.targets[i]) +
                         " (no count), give whole numbers from 0 on");
  return LinearPredictorProblem<Poisson>(std::move(columns));
}

}  // namespace fisherlab::estimators::influence
