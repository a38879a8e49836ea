#include <cmath>
#include <cstddef>

#include "sim/models/interface/theta.hpp"
#include "testing/model_laws.hpp"

namespace fisherlab::laws {
namespace {

constexpr double tolerance = 1e-9;

bool differ(double value, double exact) { return !(std::abs(value - exact) <= tolerance * (1 + std::abs(exact))); }

}  // namespace

/// Entry (a, b) of the second derivative comes from those along u_a e_a + u_b e_b and u_a e_a - u_b e_b.
void check_derivatives(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                       std::vector<Breach>& breaches) {
  std::size_t const p = theta.size(), q = sim::packed_size(p);
  std::vector<double> information(q), score(p), hessian(q), unit(p);
  tested.model->information(theta, information.data());
  for (std::size_t a = 0; a < p; ++a) unit[a] = 1 / std::sqrt(information[sim::packed_index(a, a)]);
  for (auto const& x : grid_of(law)) {
    tested.formulas.score(x.data(), theta.data(), score.data());
    tested.formulas.hessian(x.data(), theta.data(), hessian.data());
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        std::vector<double> plus(p), minus(p);
        plus[a] += unit[a], minus[a] += unit[a];
        plus[b] += unit[b], minus[b] -= unit[b];
        Slope const up = tested.formulas.slope(x.data(), theta.data(), plus.data());
        Slope const down = tested.formulas.slope(x.data(), theta.data(), minus.data());
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

}  // namespace fisherlab::laws
