#include "claims/instruments/probes/controls.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using sim::Lanes;

/// More controls than this cost more than they explain.
constexpr std::size_t most_controls = 100;
/// Calls of the integrands, eight nodes each, after which the quadrature is given up.
constexpr std::int64_t most_batches = 400'000;
/// Share of its variance below which a combination of second derivatives counts as explained by the score.
constexpr double explained = 1e-6;

/// Score and Hessian of one observation, a lane each.
class Derivatives {
 public:
  explicit Derivatives(Law const& law)
      : model_(law.model), theta_(law.theta.begin(), law.theta.end()), p_(theta_.size()), q_(sim::packed_size(p_)) {}

  std::size_t size() const { return p_ + q_; }
  std::vector<Lanes> operator()(sim::Sample const& one) const {
    std::vector<Lanes> v(size()), outer(q_);
    model_->score_products(one, theta_.data(), v.data(), outer.data(), v.data() + p_);
    return v;
  }

 private:
  sim::AnyModel model_;
  std::vector<Lanes> theta_;
  std::size_t p_, q_;
};

struct FirstMoments {
  VectorXd mean;
  MatrixXd covariance;
};

FirstMoments first_moments(Law const& data, Derivatives const& derivatives, sim::ExpectationSettings const& settings) {
  auto const d = derivatives.size();
  auto const moments = sim::expectation(
      *data.model, data.theta, d + sim::packed_size(d),
      [&](sim::Sample const& one, Lanes* out) {
        auto const v = derivatives(one);
        for (std::size_t a = 0, k = d; a < d; ++a) {
          out[a] = v[a];
          for (std::size_t b = 0; b <= a; ++b) out[k++] = v[a] * v[b];
        }
      },
      settings);
  FirstMoments result{VectorXd(static_cast<Index>(d)), MatrixXd(static_cast<Index>(d), static_cast<Index>(d))};
  for (Index a = 0, k = static_cast<Index>(d); a < static_cast<Index>(d); ++a) {
    result.mean(a) = moments[static_cast<std::size_t>(a)];
    for (Index b = 0; b <= a; ++b, ++k)
      result.covariance(a, b) = result.covariance(b, a) =
          moments[static_cast<std::size_t>(k)] - result.mean(a) * result.mean(b);
  }
  // What is left of a constant after its square is taken away is rounding.
  for (Index a = 0; a < static_cast<Index>(d); ++a)
    if (result.covariance(a, a) <= 1e-10 * result.mean(a) * result.mean(a)) {
      result.covariance.row(a).setZero();
      result.covariance.col(a).setZero();
    }
  return result;
}

/// Rows that turn a vector of this covariance into uncorrelated ones of variance 1; directions whose share of variance
/// is below `least` are left out.
MatrixXd standardising(MatrixXd const& covariance, double least) {
  Index const d = covariance.rows();
  VectorXd unit(d);
  for (Index a = 0; a < d; ++a) unit(a) = covariance(a, a) > 0 ? 1 / std::sqrt(covariance(a, a)) : 0.0;
  auto const system = eigensystem(unit.asDiagonal() * covariance * unit.asDiagonal());
  MatrixXd rows(0, d);
  for (Index k = 0; k < d; ++k) {
    if (!(system.values(k) > least)) continue;
    rows.conservativeResize(rows.rows() + 1, d);
    rows.row(rows.rows() - 1) = (unit.asDiagonal() * system.vectors.col(k)).transpose() / std::sqrt(system.values(k));
  }
  return rows;
}

/// The rows of (u, z); nothing where the scores are not of full rank.
std::optional<MatrixXd> standardised_rows(MatrixXd const& covariance, Index p) {
  Index const d = covariance.rows(), q = d - p;
  MatrixXd const scores = covariance.topLeftCorner(p, p);
  MatrixXd const u = standardising(scores, 1e-12);
  if (u.rows() < p) return std::nullopt;
  // The Hessian in units of its own spread, less its regression on u.
  VectorXd unit(q);
  for (Index j = 0; j < q; ++j) unit(j) = covariance(p + j, p + j) > 0 ? 1 / std::sqrt(covariance(p + j, p + j)) : 0.0;
  MatrixXd const slope = unit.asDiagonal() * covariance.bottomLeftCorner(q, p) * u.transpose();
  MatrixXd rest(q, d);
  rest.leftCols(p) = -slope * u;
  rest.rightCols(q) = unit.asDiagonal();
  MatrixXd const left = rest * covariance * rest.transpose();
  auto const system = eigensystem(0.5 * (left + left.transpose()));
  MatrixXd rows(p, d);
  rows.setZero();
  rows.leftCols(p) = u;
  for (Index k = 0; k < q; ++k) {
    if (!(system.values(k) > explained)) continue;
    rows.conservativeResize(rows.rows() + 1, d);
    rows.row(rows.rows() - 1) = system.vectors.col(k).transpose() * rest / std::sqrt(system.values(k));
  }
  return rows;
}

/// E |A^-1/2 (H - E H) A^-1/2|^2/p of one observation, A = -E H; infinite where A is not positive definite.
double spread_of_information(FirstMoments const& first, Index p) {
  auto const packed = [](Index a, Index b) {
    return static_cast<Index>(sim::packed_index(static_cast<std::size_t>(a), static_cast<std::size_t>(b)));
  };
  MatrixXd information(p, p);
  for (Index a = 0; a < p; ++a)
    for (Index b = 0; b <= a; ++b) information(a, b) = information(b, a) = -first.mean(p + packed(a, b));
  auto const system = eigensystem(information);
  if (!(system.values.minCoeff() > 0)) return std::numeric_limits<double>::infinity();
  MatrixXd const root = system.vectors * system.values.cwiseSqrt().cwiseInverse().asDiagonal();
  double sum = 0;
  for (Index a = 0; a < p; ++a)
    for (Index b = 0; b < p; ++b) {
      VectorXd entry = VectorXd::Zero(first.mean.size());  // of the whitened Hessian, as a combination of v
      for (Index i = 0; i < p; ++i)
        for (Index j = 0; j < p; ++j) entry(p + packed(std::max(i, j), std::min(i, j))) += root(i, a) * root(j, b);
      sum += entry.dot(first.covariance * entry);
    }
  return sum / static_cast<double>(p);
}

/// The highest degree of the products.
enum class Degree { cubes_with_z, cubes, squares };

std::vector<std::vector<std::size_t>> products_of(std::size_t p, std::size_t all, Degree degree) {
  std::vector<std::vector<std::size_t>> products;
  for (std::size_t a = 0; a < all; ++a) products.push_back({a});
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = a; b < all; ++b) products.push_back({a, b});
  if (degree == Degree::squares) return products;
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = a; b < p; ++b)
      for (std::size_t c = b; c < (degree == Degree::cubes_with_z ? all : p); ++c) products.push_back({a, b, c});
  return products;
}

Lanes product_of(std::vector<std::size_t> const& places, std::vector<Lanes> const& of) {
  Lanes product = of[places[0]];
  for (std::size_t k = 1; k < places.size(); ++k) product = product * of[places[k]];
  return product;
}

/// (u, z) of the sums v over n observations, each over sqrt(n).
std::vector<Lanes> standardised_sums(MatrixXd const& map, VectorXd const& centre, std::vector<Lanes> const& v,
                                     double n) {
  std::vector<Lanes> result(static_cast<std::size_t>(map.rows()));
  double const scale = 1 / std::sqrt(n);
  for (Index a = 0; a < map.rows(); ++a) {
    Lanes sum = 0.0;
    for (Index b = 0; b < map.cols(); ++b)
      if (map(a, b) != 0) sum += (scale * map(a, b)) * (v[static_cast<std::size_t>(b)] - n * centre(b));
    result[static_cast<std::size_t>(a)] = sum;
  }
  return result;
}

}  // namespace

ScoreControls::ScoreControls(Setting const& setting) {
  if (setting.data.model->card().regularity != sim::Regularity::regular) return;  // its observations may depend
  auto const p = setting.model.theta.size();
  Derivatives const derivatives(setting.model);
  sim::ExpectationSettings const settings{.most_batches = most_batches};
  try {
    auto const first = first_moments(setting.data, derivatives, settings);
    auto const map = standardised_rows(first.covariance, static_cast<Index>(p));
    if (!map) return;
    centre_ = first.mean;
    map_ = *map;
    information_spread_ = spread_of_information(first, static_cast<Index>(p));
  } catch (InputError const&) {
    return;  // no quadrature for this law: its limits are extrapolated without controls
  }
  for (auto const degree : {Degree::cubes_with_z, Degree::cubes, Degree::squares}) {
    auto products = products_of(p, static_cast<std::size_t>(map_.rows()), degree);
    auto const count = products.size();
    if (count > most_controls) continue;
    try {
      // Also the mean squares: a control without a variance is none.
      auto means = sim::expectation(
          *setting.data.model, setting.data.theta, 2 * count,
          [&](sim::Sample const& one, Lanes* out) {
            auto const w = standardised_sums(map_, centre_, derivatives(one), 1);
            for (std::size_t k = 0; k < count; ++k) {
              out[k] = product_of(products[k], w);
              out[count + k] = out[k] * out[k];
            }
          },
          settings);
      means.resize(count);
      for (std::size_t k = 0; k < count; ++k) {
        if (products[k].size() == 1) means[k] = 0;
        if (products[k].size() == 2) means[k] = products[k][0] == products[k][1] ? 1 : 0;
      }
      products_ = std::move(products);
      means_ = std::move(means);
      return;
    } catch (InputError const&) {
      // Moments that do not exist: lower powers may.
    }
  }
}

void ScoreControls::observe(Batch const& batch, Lanes* out) const {
  std::vector<Lanes> v = batch.scores.score;
  v.insert(v.end(), batch.scores.hessian.begin(), batch.scores.hessian.end());
  auto const w = standardised_sums(map_, centre_, v, static_cast<double>(batch.scenario.n));
  for (std::size_t k = 0; k < products_.size(); ++k) out[k] = product_of(products_[k], w);
}

VectorXd ScoreControls::means(double n) const {
  VectorXd result(count());
  for (std::size_t k = 0; k < products_.size(); ++k)
    result(static_cast<Index>(k)) = products_[k].size() == 3 ? means_[k] / std::sqrt(n) : means_[k];
  return result;
}

}  // namespace fisherlab::claims
