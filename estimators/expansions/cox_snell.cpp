#include "estimators/expansions/cox_snell.hpp"

#include <cstddef>

#include "base/expects.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using sim::packed_index;

/// E[l_rtu]/2 + E[l_rt l_u] at place u q + (r, t), q the packed size.
std::vector<double> mixed_cumulants(sim::BatchModel const& model, std::span<double const> theta) {
  auto const p = theta.size();
  auto const q = sim::packed_size(p);
  std::vector<Lanes> const lanes(theta.begin(), theta.end());
  std::vector<Lanes> score(p), outer(q), hessian(q), slope(q);
  return sim::expectation(model, theta, p * q, [&](sim::Sample const& one, Lanes* out) {
    model.score_products(one, lanes.data(), score.data(), outer.data(), hessian.data());
    std::vector<double> axis(p);
    for (std::size_t u = 0; u < p; ++u) {
      axis[u] = 1.0;
      model.offers().hessian_slope(one, theta, axis, slope.data());
      axis[u] = 0.0;
      for (std::size_t k = 0; k < q; ++k) out[u * q + k] = 0.5 * slope[k] + hessian[k] * score[u];
    }
  });
}

}  // namespace

std::vector<double> cox_snell_bias(sim::BatchModel const& model, std::span<double const> theta) {
  auto const name = model.card().name;
  expects(model.card().regularity == sim::Regularity::regular,
          "the first-order bias of " + name + " has no formula (the model is outside the hypotheses), use another");
  expects(static_cast<bool>(model.offers().hessian_slope),
          "the first-order bias of " + name +
              " is not computed (the model does not offer third derivatives of its log density), write its Hessian for "
              "numbers with derivatives or use another model");
  expects(model.in_space(theta), "the parameters are outside the space of " + name + ", choose others");
  auto const p = theta.size();
  auto const q = sim::packed_size(p);
  std::vector<double> factor(q);
  model.information(theta, factor.data());
  expects(sim::factorise(factor.data(), static_cast<int>(p)),
          "the information of " + name + " is singular at these parameters, choose others");
  std::vector<double> inverse(p * p);
  for (std::size_t a = 0; a < p; ++a) {
    inverse[a * p + a] = 1.0;
    sim::solve_factorised(factor.data(), static_cast<int>(p), &inverse[a * p]);
  }

  auto const cumulant = mixed_cumulants(model, theta);
  std::vector<double> bias(p);
  for (std::size_t r = 0; r < p; ++r)
    for (std::size_t t = 0; t < p; ++t)
      for (std::size_t u = 0; u < p; ++u) bias[r] += inverse[t * p + u] * cumulant[u * q + packed_index(r, t)];
  sim::solve_factorised(factor.data(), static_cast<int>(p), bias.data());
  return bias;
}

}  // namespace fisherlab::estimators
