#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "sim/models/scalar/lane_by_lane.hpp"

namespace fisherlab::sim {

/// What the log density of a scalar model gives (FormulaCheck).
template <ScalarModel M>
struct ByDifferences {
  static AnyModel law(M const& model) { return run_lane_by_lane(model); }
  static ThetaOf<M, double> score(M const& model, ObservationOf<M, double> const& x, ThetaOf<M, double> const& theta) {
    return ScalarDerivatives<M>(model, x, theta).gradient_and_hessian().first;
  }
  static SymmetricOf<M, double> hessian(M const& model, ObservationOf<M, double> const& x,
                                        ThetaOf<M, double> const& theta) {
    return ScalarDerivatives<M>(model, x, theta).gradient_and_hessian().second;
  }
};

/// A scalar model that takes real parameters alone.
template <ScalarModel M>
struct OnReals : M {
  double log_density(ObservationOf<M, double> const& x, ThetaOf<M, double> const& theta) const {
    return M::log_density(x, theta);
  }
};

/// Holds derivatives by complex steps against differences of the real function, at 64 draws: they disagree where
/// log_density is no analytic function of its parameters.
/// @throws InputError with a place where they do.
template <ScalarModel M>
void expect_analytic(M const& model, ThetaOf<M, double> const& theta) {
  constexpr std::int64_t n = 8;
  Sample sample(n, static_cast<int>(M::dimension));
  run_lane_by_lane(model)->draw(theta, {.seed = 15, .scenario = 2, .replicate = 0}, sample);
  OnReals<M> const real{model};
  ScalarLaw<M>::for_each(sample, [&](int, ObservationOf<M, double> const& x) {
    auto const by_steps = ByDifferences<M>::score(model, x, theta);
    auto const by_differences = ByDifferences<OnReals<M>>::score(real, x, theta);
    for (std::size_t a = 0; a < theta.size(); ++a)
      expects(std::fabs(by_steps[a] - by_differences[a]) <= 1e-6 * (1 + std::fabs(by_differences[a])),
              M::card().name + ": its log_density is no analytic function of complex parameters: its derivative in " +
                  M::card().parameters[a] + " is " + rounded_text(by_steps[a], 6) + " by a complex step and " +
                  rounded_text(by_differences[a], 6) +
                  " by differences; write it without abs, real and conj, or for doubles alone");
  });
}

}  // namespace fisherlab::sim
