#include "sim/models/multivariate_normal.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "sim/models/interface/instantiate.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {
namespace {

/// Sums of x - centre and of its cross products over the observations [begin, end).
template <std::size_t d>
void sum_products(Sample const& sample, std::int64_t begin, std::int64_t end, Lanes const* centre,
                  std::array<Lanes, d>& sum, Symmetric<Lanes, d>& products) {
  std::array<Lanes, d> s, y;
  Symmetric<Lanes, d> c;
  s.fill(0.0);
  c.fill(0.0);
  for (std::int64_t i = begin; i < end; ++i)
    for (std::size_t k = 0; k < d; ++k) {
      y[k] = sample(i, static_cast<int>(k)) - centre[k];
      s[k] += y[k];
      for (std::size_t l = 0; l <= k; ++l) c[packed_index(k, l)] += y[k] * y[l];
    }
  sum = s;
  products = c;
}

/// Means, and cross products of the deviations from them, as theta. Gives the lanes where these are positive definite
/// beyond rounding: each pivot above 1e-13 of its diagonal entry, each spread above the rounding of its mean.
template <std::size_t d>
LaneSet means_and_products(typename MultivariateNormal<d>::Totals const& totals,
                           Theta<Lanes, d + packed_size(d)>& theta) {
  if (totals.count <= static_cast<double>(d)) return 0;
  Lanes const count = totals.count;
  auto const& mean = totals.mean;
  auto const& products = totals.products;
  auto factor = products;
  LaneMask found = factorise(factor.data(), static_cast<int>(d));
  for (std::size_t k = 0; k < d; ++k) {
    std::size_t const kk = packed_index(k, k);
    Lanes const rounding = count * 0x1p-52 * mean[k];
    found = found & (factor[kk] * factor[kk] > 1e-13 * products[kk]) & (products[kk] > count * rounding * rounding);
    theta[k] = mean[k];
  }
  for (std::size_t k = 0; k < products.size(); ++k) theta[d + k] = products[k];
  return to_set(found);
}

}  // namespace

template <std::size_t d>
ModelCard MultivariateNormal<d>::card() {
  ModelCard card{
      .name = d == 2 ? "multivariate_normal" : "multivariate_normal_" + std::to_string(d),
      .title = "Multivariate normal in " + std::to_string(d) + " dimensions (means and covariances)",
      .parameters = {},
      .domains = {},
      .constants = {},
      .space = "the covariances make a positive definite matrix",
      .formula = "log p = -(x - mean)' C^-1 (x - mean)/2 - log det C/2 - d log(2 pi)/2 with C the covariance",
      .support = "x in R^" + std::to_string(d),
      .ranges = std::vector(d, Range::line),
      .information =
          "with P = C^-1, c = 1 off the diagonal of C and 1/2 on it: P_kl for the means, 0 "
          "between means and covariances, c_ij c_kl (P_ik P_jl + P_il P_jk) for the covariances",
      .estimate =
          "sample means and mean cross products of the deviations (divisor n), in closed form; for "
          "n > " +
          std::to_string(d),
      .hypotheses = "meets all; every moment of the estimate exists for n > " + std::to_string(d) +
                    ", and the mean of the covariances is (n - 1)/n of theirs",
      .source = "derived in sim/models/multivariate_normal.hpp"};
  for (std::size_t k = 1; k <= d; ++k) {
    card.parameters.push_back("mean_" + std::to_string(k));
    card.domains.push_back(Domain::real);
  }
  for (std::size_t k = 1; k <= d; ++k)
    for (std::size_t l = 1; l <= k; ++l) {
      card.parameters.push_back("cov_" + std::to_string(k) + std::to_string(l));
      card.domains.push_back(k == l ? Domain::positive : Domain::real);
    }
  return card;
}

template <std::size_t d>
Lanes MultivariateNormal<d>::sums(Sample const& sample, Parameters<Lanes> const& t, Parameters<Lanes>& score,
                                  Square<Lanes>& hessian) const {
  auto const count = static_cast<double>(sample.n());
  Vector<Lanes> sum;
  Packed<Lanes> products;
  sum_products<d>(sample, 0, sample.n(), t.data(), sum, products);
  Precision<Lanes> const precision(covariance(t));
  auto const& p = precision.entries;

  Lanes squares = 0.0;  // tr(P products)
  Packed<Lanes> zz;     // P products P
  for (std::size_t k = 0; k < d; ++k) {
    Vector<Lanes> column;
    for (std::size_t l = 0; l < d; ++l) column[l] = products[packed_index(l, k)];
    squares += times(p, column)[k];
  }
  for (std::size_t k = 0; k < d; ++k) {
    Vector<Lanes> row;  // row k of P products
    for (std::size_t l = 0; l < d; ++l) {
      row[l] = 0.0;
      for (std::size_t m = 0; m < d; ++m) row[l] += p[packed_index(k, m)] * products[packed_index(m, l)];
    }
    auto const both = times(p, row);
    for (std::size_t l = 0; l <= k; ++l) zz[packed_index(k, l)] = both[l];
  }
  auto const z = times(p, sum);
  score = score_of(count, p, z, zz);
  hessian = hessian_of(count, p, z, zz);
  return -0.5 * squares - 0.5 * count * (precision.log_det + static_cast<double>(d) * log_two_pi);
}

template <std::size_t d>
void MultivariateNormal<d>::Totals::add(Sample const& tile) {
  for (std::int64_t begin = 0; begin < tile.n(); begin += tile_size) {
    std::int64_t const end = std::min(begin + tile_size, tile.n());
    auto const here = static_cast<double>(end - begin);
    Vector<Lanes> mean_here, rest;
    mean_here.fill(0.0);
    for (std::int64_t i = begin; i < end; ++i)
      for (std::size_t k = 0; k < d; ++k) mean_here[k] += tile(i, static_cast<int>(k));
    for (auto& m : mean_here) m = m / Lanes(here);
    Packed<Lanes> products_here;
    sum_products<d>(tile, begin, end, mean_here.data(), rest, products_here);
    join(here, mean_here, products_here);
  }
}

/// As SampleSpread joins two tiles, with cross products in place of squares.
template <std::size_t d>
void MultivariateNormal<d>::Totals::join(double here, Vector<Lanes> const& mean_here,
                                         Packed<Lanes> const& products_here) {
  double const before = std::exchange(count, count + here);
  if (before == 0) {
    mean = mean_here;
    products = products_here;
    return;
  }
  double const share = here / count;
  Vector<Lanes> apart;
  for (std::size_t k = 0; k < d; ++k) {
    apart[k] = mean_here[k] - mean[k];
    mean[k] = mean[k] + share * apart[k];
    for (std::size_t l = 0; l <= k; ++l) {
      auto& product = products[packed_index(k, l)];
      product = (product + products_here[packed_index(k, l)]) + apart[k] * apart[l] * (before * share);
    }
  }
}

template <std::size_t d>
LaneSet MultivariateNormal<d>::fit(Totals const& totals, Parameters<Lanes>& theta) const {
  LaneSet const found = means_and_products<d>(totals, theta);
  for (std::size_t a = d; a < parameter_count; ++a) theta[a] = theta[a] / Lanes(totals.count);
  return found;
}

template <std::size_t d>
LaneSet MultivariateNormal<d>::best_unbiased(Sample const& sample, Parameters<Lanes>& theta) const {
  auto const whole = gathered(totals(), sample);
  LaneSet const found = means_and_products<d>(whole, theta);
  for (std::size_t a = d; a < parameter_count; ++a) theta[a] = theta[a] / Lanes(whole.count - 1.0);
  return found;
}

template struct MultivariateNormal<2>;
template struct MultivariateNormal<3>;
template AnyModel make<MultivariateNormal<2>>(std::span<double const>);
template AnyModel make<MultivariateNormal<3>>(std::span<double const>);

}  // namespace fisherlab::sim
