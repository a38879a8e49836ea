#include "estimators/expansions/second_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/dense/inverse.hpp"
#include "estimators/expansions/cox_snell.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using sim::Lanes;
using sim::packed_index;

/// Step of the central differences in units of I_ss^-1/2, and how often it may be halved to stay in the space.
constexpr double difference_step = 0.02;
constexpr int most_halvings = 40;

/// Mixed moments of score s and Hessian, packed place k = (c, d).
struct Cumulants {
  VectorXd hessian;            ///< E l_cd, q
  MatrixXd hessian_and_score;  ///< E[l_cd l_k], q x p
  MatrixXd connection;         ///< E[(l_cd + l_c l_d) l_k], q x p
  MatrixXd hessian_products;   ///< E[l_cd l_ef], q x q
};

Cumulants cumulants_of(sim::BatchModel const& model, std::span<double const> theta) {
  auto const p = theta.size();
  auto const q = sim::packed_size(p);
  std::vector<Lanes> const lanes(theta.begin(), theta.end());
  std::vector<Lanes> score(p), outer(q), hessian(q);
  auto const means =
      sim::expectation(model, theta, q + 2 * q * p + sim::packed_size(q), [&](sim::Sample const& one, Lanes* out) {
        model.score_products(one, lanes.data(), score.data(), outer.data(), hessian.data());
        for (std::size_t k = 0; k < q; ++k) {
          *out++ = hessian[k];
          for (std::size_t a = 0; a < p; ++a) {
            *out++ = hessian[k] * score[a];
            *out++ = (hessian[k] + outer[k]) * score[a];
          }
          for (std::size_t m = 0; m <= k; ++m) *out++ = hessian[k] * hessian[m];
        }
      });
  auto const rows = static_cast<Index>(q), columns = static_cast<Index>(p);
  Cumulants result{VectorXd(rows), MatrixXd(rows, columns), MatrixXd(rows, columns), MatrixXd(rows, rows)};
  auto next = means.begin();
  for (Index k = 0; k < rows; ++k) {
    result.hessian(k) = *next++;
    for (Index a = 0; a < columns; ++a) {
      result.hessian_and_score(k, a) = *next++;
      result.connection(k, a) = *next++;
    }
    for (Index m = 0; m <= k; ++m) result.hessian_products(k, m) = result.hessian_products(m, k) = *next++;
  }
  return result;
}

MatrixXd full_information(sim::BatchModel const& model, std::span<double const> theta) {
  auto const p = theta.size();
  std::vector<double> packed(sim::packed_size(p));
  model.information(theta, packed.data());
  MatrixXd result(static_cast<Index>(p), static_cast<Index>(p));
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b)
      result(static_cast<Index>(a), static_cast<Index>(b)) = packed[packed_index(a, b)];
  return result;
}

/// The first-order bias, in closed form where the model states one.
VectorXd first_order_bias(sim::BatchModel const& model, std::vector<double> const& theta) {
  auto const p = static_cast<Index>(theta.size());
  auto const& closed_form = model.offers().first_order_bias;
  if (!closed_form) {
    auto const b = cox_snell_bias(model, theta);
    return VectorXd::Map(b.data(), p);
  }
  std::vector<Lanes> const lanes(theta.begin(), theta.end());
  std::vector<Lanes> b(theta.size());
  closed_form(lanes.data(), b.data());
  VectorXd result(p);
  for (Index a = 0; a < p; ++a) result(a) = b[static_cast<std::size_t>(a)][0];
  return result;
}

/// db/dtheta_s of the first-order bias.
VectorXd slope_of_bias(sim::BatchModel const& model, std::span<double const> theta, std::size_t s, double step) {
  std::vector<double> moved(theta.begin(), theta.end());
  auto const at = [&](double places) {
    moved[s] = theta[s] + places * step;
    return moved;
  };
  for (int halving = 0; halving < most_halvings; ++halving) {
    if (model.in_space(at(-2)) && model.in_space(at(2))) break;
    step *= 0.5;
  }
  auto const bias = [&](double places) { return first_order_bias(model, at(places)); };
  return (8 * (bias(1) - bias(-1)) - (bias(2) - bias(-2))) / (12 * step);
}

/// The place of the symmetric pair (a, b).
Index place(Index a, Index b) {
  return static_cast<Index>(packed_index(static_cast<std::size_t>(a), static_cast<std::size_t>(b)));
}

/// N and H.
void add_curvatures(SecondOrderCovariance& parts, Cumulants const& cumulants, MatrixXd const& inverse) {
  Index const p = inverse.rows();
  MatrixXd const raised = cumulants.connection * inverse;  // G_cd^a at ((c, d), a)
  MatrixXd const rest = cumulants.hessian_products - cumulants.hessian * cumulants.hessian.transpose() -
                        cumulants.hessian_and_score * inverse * cumulants.hessian_and_score.transpose();
  MatrixXd lowered = MatrixXd::Zero(p, p);  // I^cd Cov(h_kc, h_md) at (k, m)
  for (Index c = 0; c < p; ++c)
    for (Index d = 0; d < p; ++d)
      for (Index k = 0; k < p; ++k)
        for (Index m = 0; m < p; ++m) {
          lowered(k, m) += inverse(c, d) * rest(place(k, c), place(m, d));
          for (Index e = 0; e < p; ++e)
            for (Index f = 0; f < p; ++f)
              parts.of_naming(k, m) +=
                  0.5 * raised(place(c, d), k) * raised(place(e, f), m) * inverse(c, e) * inverse(d, f);
        }
  parts.of_law = inverse * lowered * inverse;
}

}  // namespace

SecondOrderCovariance second_order_covariance(sim::BatchModel const& model, std::span<double const> theta) {
  cox_snell_bias(model, theta);  // refuses what has no expansion
  auto const p = static_cast<Index>(theta.size());
  MatrixXd const information = full_information(model, theta);
  MatrixXd const inverse = fisherlab::inverse(information);
  MatrixXd slope(p, p);
  for (Index s = 0; s < p; ++s)
    slope.col(s) =
        slope_of_bias(model, theta, static_cast<std::size_t>(s), difference_step / std::sqrt(information(s, s)));
  SecondOrderCovariance parts{slope * inverse + inverse * slope.transpose(), MatrixXd::Zero(p, p),
                              MatrixXd::Zero(p, p)};
  add_curvatures(parts, cumulants_of(model, theta), inverse);
  return parts;
}

std::optional<std::vector<double>> second_order_bias(Estimator const& estimator, std::span<double const> theta,
                                                     std::span<double const> first_order) {
  constexpr std::int64_t smallest = 100;
  constexpr std::size_t doublings = 4;
  auto const target = estimator.target(theta).value;
  std::vector<std::vector<double>> column;  // of one component a row, at n, 2 n, ...
  for (std::size_t k = 0; k < doublings; ++k) {
    auto const n = smallest << k;
    auto const mean = estimator.mean(theta, n);
    if (!mean) return std::nullopt;
    auto& values = column.emplace_back();
    auto const size = static_cast<double>(n);
    for (std::size_t a = 0; a < target.size(); ++a)
      values.push_back(size * (size * (mean->value[a] - target[a]) - first_order[a]));
  }
  for (std::size_t order = 1; order < doublings; ++order) {
    double const factor = std::pow(2.0, static_cast<double>(order));
    for (std::size_t k = 0; k + order < doublings; ++k)
      for (std::size_t a = 0; a < target.size(); ++a)
        column[k][a] = (factor * column[k + 1][a] - column[k][a]) / (factor - 1);
  }
  return column[0];
}

}  // namespace fisherlab::estimators
