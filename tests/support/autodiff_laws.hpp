#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "tests/support/fvar_functions.hpp"
#include "tests/support/law.hpp"
#include "tests/support/reference_law.hpp"

namespace fisherlab::test {

/// First and second derivative of log p(x; theta + e direction) at e = 0.
struct Slope {
  double first, second;
};

template <class M>
Slope slope_along(M const& model, std::array<double, M::dimension> const& x, sim::ThetaOf<M, double> const& theta,
                  sim::ThetaOf<M, double> const& direction) {
  using Variable = boost::math::differentiation::autodiff_fvar<double, 2>;
  auto const e = boost::math::differentiation::make_fvar<double, 2>(0.0);
  sim::ThetaOf<M, Variable> t;
  for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a] + direction[a] * e;
  std::array<Variable, M::dimension> y;
  for (std::size_t d = 0; d < y.size(); ++d) y[d] = x[d];
  auto const value = model.log_density(observation_of<M>(y), t);
  return {value.derivative(1), value.derivative(2)};
}

/// All points of a grid over the axes.
template <std::size_t dimension>
std::vector<std::array<double, dimension>> grid_of(ReferenceLaw<dimension> const& law) {
  std::vector<std::array<double, dimension>> grid(1);
  for (std::size_t d = 0; d < dimension; ++d) {
    std::vector<std::array<double, dimension>> finer;
    for (auto point : grid)
      for (double const x : points_of(law.coordinates[d].axis)) {
        point[d] = x;
        finer.push_back(point);
      }
    grid = finer;
  }
  return grid;
}

/// Score and Hessian against automatic differentiation, in units of each parameter's standard deviation
/// u_a = information_aa^(-1/2); errors are relative to 1 + |value|. Entry (a, b) of the second derivative comes from
/// those along u_a e_a + u_b e_b and u_a e_a - u_b e_b.
template <class M>
void check_derivatives(M const& model, sim::ThetaOf<M, double> const& theta, ReferenceLaw<M::dimension> const& law,
                       std::vector<Breach>& breaches) {
  constexpr double tolerance = 1e-9;
  auto const information = model.information(theta);
  std::array<double, M::parameter_count> unit;
  for (std::size_t a = 0; a < unit.size(); ++a) unit[a] = 1 / std::sqrt(information[sim::packed_index(a, a)]);
  auto const differ = [](double value, double exact) {
    return !(std::abs(value - exact) <= tolerance * (1 + std::abs(exact)));
  };
  for (auto const& x : grid_of(law)) {
    auto const score = model.score(observation_of<M>(x), theta);
    auto const hessian = model.hessian(observation_of<M>(x), theta);
    for (std::size_t a = 0; a < unit.size(); ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        sim::ThetaOf<M, double> plus{}, minus{};
        plus[a] += unit[a], minus[a] += unit[a];
        plus[b] += unit[b], minus[b] -= unit[b];
        Slope const up = slope_along(model, x, theta, plus), down = slope_along(model, x, theta, minus);
        double const s = unit[a] * score[a], s_exact = 0.5 * (up.first + down.first);
        double const h = unit[a] * unit[b] * hessian[sim::packed_index(a, b)],
                     h_exact = 0.25 * (up.second - down.second);
        record_unless(!differ(s, s_exact), breaches, Law::score_is_derivative, "score ", a, " at x = ", x[0], ": ", s,
                      " in place of ", s_exact);
        record_unless(!differ(h, h_exact), breaches, Law::hessian_is_derivative, "entry ", a, b, " at x = ", x[0], ": ",
                      h, " in place of ", h_exact);
      }
  }
}

}  // namespace fisherlab::test
