#include "estimators/influence/removals/effects.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/expects.hpp"
#include "estimators/influence/problems/split.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

Vector mean_weights(Data const& test) { return Vector::Constant(test.rows(), 1.0 / test.rows()); }

}  // namespace

Vector predicted_effects(Vector const& test_gradient, Matrix const& removals) { return removals * test_gradient; }

Vector second_order_effects(AnyProblem const& problem, Data const& test, Vector const& theta, Matrix const& first_order,
                            Matrix const& second_order) {
  Matrix const hessian = problem.hessian(test, mean_weights(test), theta);
  Vector const curved = (first_order * hessian).cwiseProduct(first_order).rowwise().sum();
  return second_order * test_gradient(problem, test, theta) + curved / 2;
}

double effect(AnyProblem const& problem, Data const& test, Vector const& theta, Vector const& change) {
  if (change.hasNaN()) return std::numeric_limits<double>::quiet_NaN();
  // Differences row by row, then the mean: the losses themselves may be many orders larger.
  return (problem.losses(test, theta + change) - problem.losses(test, theta)).mean();
}

Vector actual_effects(AnyProblem const& problem, Data const& test, Vector const& theta,
                      std::vector<Refit> const& refits) {
  Vector effects(static_cast<Eigen::Index>(refits.size()));
  std::transform(refits.begin(), refits.end(), effects.begin(),
                 [&](Refit const& refit) { return effect(problem, test, theta, refit.change); });
  return effects;
}

Vector shuffled(Vector const& values, sim::StreamKey const& key) {
  return values(shuffled(static_cast<int>(values.size()), key));
}

std::vector<Refit> jittered_refits(Minimum const& minimum, std::vector<std::vector<int>> const& groups,
                                   Convention convention, double jitter, sim::StreamKey const& key,
                                   RefitSettings const& settings) {
  auto const from_a_jittered_start = [&](int g) {
    sim::StreamKey own = key;
    own.replicate += static_cast<std::uint64_t>(g);
    sim::ScalarStream stream(own);
    Vector start = minimum.theta;
    for (double& parameter : start) parameter += jitter * stream.normal();
    return refit_from(start, minimum, groups[static_cast<std::size_t>(g)], convention, settings);
  };
  return refit_each(static_cast<int>(groups.size()), from_a_jittered_start, settings);
}

double largest_difference(std::vector<Refit> const& a, std::vector<Refit> const& b) {
  expects(a.size() == b.size(), "refits are compared group by group (the two sets differ in length)");
  double largest = 0;
  for (std::size_t g = 0; g < a.size(); ++g) {
    bool const lost_a = a[g].change.hasNaN();
    bool const lost_b = b[g].change.hasNaN();
    if (lost_a != lost_b) return std::numeric_limits<double>::infinity();
    if (!lost_a) largest = std::max(largest, (a[g].change - b[g].change).cwiseAbs().maxCoeff());
  }
  return largest;
}

}  // namespace fisherlab::estimators::influence
