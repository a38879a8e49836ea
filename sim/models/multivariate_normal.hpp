#pragma once

#include <array>
#include <cmath>

#include "sim/math/cholesky.hpp"
#include "sim/math/elementary.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Multivariate normal law in d dimensions, theta = (mean_1 ... mean_d, cov_11, cov_21, cov_22, cov_31 ...): the means,
/// then the lower triangle of the covariance C row by row, which must be positive definite. With P = C^-1 and
/// z = P (x - mean):
///   log p(x; theta) = -(x - mean)' z/2 - log det C/2 - d log(2 pi)/2,   x in R^d.
/// Derivation: a step of cov_ij changes C by E = e_i e_j' + e_j e_i' (by e_i e_i' where i = j), and dP = -P E P,
/// dz = -P E z, d log det C = tr(P E). With c_ij = 1, or 1/2 where i = j,
///   score = (z, c_ij (z_i z_j - P_ij)),
///   hessian = [-P_kl; -c_ij (P_ik z_j + P_jk z_i); c_ij c_kl (P_ik P_jl + P_il P_jk - P_ik z_j z_l - P_il z_j z_k
///             - P_jk z_i z_l - P_jl z_i z_k)],
/// and with E z z' = P the information of one observation is [P_kl; 0; c_ij c_kl (P_ik P_jl + P_il P_jk)].
template <std::size_t d>
struct MultivariateNormal {
  static constexpr std::size_t parameter_count = d + packed_size(d);
  static constexpr std::size_t dimension = d;
  static constexpr Regularity regularity = Regularity::regular;
  template <class Real>
  using Parameters = Theta<Real, parameter_count>;
  template <class Real>
  using Square = Symmetric<Real, parameter_count>;
  template <class Real>
  using Vector = std::array<Real, d>;
  template <class Real>
  using Packed = Symmetric<Real, d>;

  FISHERLAB_API static ModelCard card();

  bool in_space(Parameters<double> const& t) const {
    for (double const value : t)
      if (!std::isfinite(value)) return false;
    auto factor = covariance(t);
    return factorise(factor.data(), size);
  }
  bool in_support(double const* x) const {
    bool all = true;
    for (std::size_t k = 0; k < d; ++k) all = all && std::isfinite(x[k]);
    return all;
  }

  template <class Real>
  Real log_density(Vector<Real> const& x, Parameters<Real> const& t) const {
    auto factor = covariance(t);
    factorise(factor.data(), size);
    auto y = deviation(x, t);
    solve_lower(factor.data(), size, y.data());
    Real sum = 0.0;
    for (std::size_t k = 0; k < d; ++k) sum = sum - 0.5 * y[k] * y[k];
    return sum - 0.5 * log_determinant(factor) - 0.5 * static_cast<double>(d) * log_two_pi;
  }
  template <class Real>
  Parameters<Real> score(Vector<Real> const& x, Parameters<Real> const& t) const {
    auto const p = Precision<Real>(covariance(t)).entries;
    auto const z = times(p, deviation(x, t));
    return score_of(1.0, p, z, outer(z));
  }
  template <class Real>
  Square<Real> hessian(Vector<Real> const& x, Parameters<Real> const& t) const {
    auto const p = Precision<Real>(covariance(t)).entries;
    auto const z = times(p, deviation(x, t));
    return hessian_of(1.0, p, z, outer(z));
  }
  template <class Real>
  Square<Real> information(Parameters<Real> const& t) const {
    auto const p = Precision<Real>(covariance(t)).entries;
    Vector<Real> zero;
    zero.fill(Real(0.0));
    auto information = hessian_of(1.0, p, zero, p);
    for (auto& entry : information) entry = -entry;
    return information;
  }

  bool fills_in_tiles(Parameters<double> const&) const { return true; }
  void fill(Parameters<double> const& t, LaneStream& stream, Sample& sample) const {
    auto factor = covariance(t);
    factorise(factor.data(), size);
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      Vector<Lanes> z;
      for (auto& value : z) value = stream.normal();
      for (std::size_t k = 0; k < d; ++k) {
        Lanes x = t[k];
        for (std::size_t l = 0; l <= k; ++l) x += factor[packed_index(k, l)] * z[l];
        sample(i, static_cast<int>(k)) = x;
      }
    }
  }

  /// From n, the sum of x - mean and its cross products.
  FISHERLAB_API Lanes sums(Sample const& sample, Parameters<Lanes> const& t, Parameters<Lanes>& score,
                           Square<Lanes>& hessian) const;
  /// Sample means, and cross products of the deviations from them over n; exists for n > d.
  LaneSet fit(Sample const& sample, Parameters<Lanes>& theta) const { return fit(gathered(totals(), sample), theta); }
  /// Means, and cross products of the deviations from them, of consecutive tiles.
  struct Totals {
    double count = 0;
    Vector<Lanes> mean;
    Packed<Lanes> products;
    FISHERLAB_API void add(Sample const& tile);

   private:
    void join(double here, Vector<Lanes> const& mean_here, Packed<Lanes> const& products_here);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Parameters<Lanes>& theta) const;
  /// The same with cross products over n - 1, by the completeness of both.
  FISHERLAB_API LaneSet best_unbiased(Sample const& sample, Parameters<Lanes>& theta) const;
  template <class Real>
  Parameters<Real> mean_of_estimate(Parameters<Real> const& t, double n) const {
    auto mean = t;
    for (std::size_t a = d; a < parameter_count; ++a) mean[a] = t[a] * ((n - 1.0) / n);
    return mean;
  }
  Parameters<Lanes> first_order_bias(Parameters<Lanes> const& t) const {
    Parameters<Lanes> bias;
    for (std::size_t a = 0; a < parameter_count; ++a) bias[a] = a < d ? Lanes(0.0) : -t[a];
    return bias;
  }

 private:
  static constexpr int size = static_cast<int>(d);

  template <class Real>
  static Packed<Real> covariance(Parameters<Real> const& t) {
    Packed<Real> c;
    for (std::size_t k = 0; k < c.size(); ++k) c[k] = t[d + k];
    return c;
  }
  template <class Real>
  static Vector<Real> deviation(Vector<Real> const& x, Parameters<Real> const& t) {
    Vector<Real> y;
    for (std::size_t k = 0; k < d; ++k) y[k] = x[k] - t[k];
    return y;
  }
  template <class Real>
  static Real log_determinant(Packed<Real> const& factor) {
    Real sum = 0.0;
    for (std::size_t k = 0; k < d; ++k) sum = sum + 2.0 * log(factor[packed_index(k, k)]);
    return sum;
  }

  /// The inverse of a covariance, and the log of its determinant.
  template <class Real>
  struct Precision {
    Packed<Real> entries;
    Real log_det;

    explicit Precision(Packed<Real> factor) {
      factorise(factor.data(), size);
      log_det = log_determinant(factor);
      for (std::size_t k = 0; k < d; ++k) {
        Vector<Real> column;
        column.fill(Real(0.0));
        column[k] = Real(1.0);
        solve_factorised(factor.data(), size, column.data());
        for (std::size_t l = 0; l <= k; ++l) entries[packed_index(k, l)] = column[l];
      }
    }
  };

  template <class Real>
  static Vector<Real> times(Packed<Real> const& p, Vector<Real> const& y) {
    Vector<Real> z;
    for (std::size_t k = 0; k < d; ++k) {
      z[k] = p[packed_index(k, 0)] * y[0];
      for (std::size_t l = 1; l < d; ++l) z[k] = z[k] + p[packed_index(k, l)] * y[l];
    }
    return z;
  }
  template <class Real>
  static Packed<Real> outer(Vector<Real> const& z) {
    Packed<Real> zz;
    for (std::size_t k = 0; k < d; ++k)
      for (std::size_t l = 0; l <= k; ++l) zz[packed_index(k, l)] = z[k] * z[l];
    return zz;
  }

  /// Sums over `count` observations, z the sum of z and zz that of z z'.
  template <class Real>
  static Parameters<Real> score_of(double count, Packed<Real> const& p, Vector<Real> const& z, Packed<Real> const& zz) {
    Parameters<Real> s;
    for (std::size_t k = 0; k < d; ++k) s[k] = z[k];
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        std::size_t const ij = packed_index(i, j);
        s[d + ij] = (i == j ? 0.5 : 1.0) * (zz[ij] - count * p[ij]);
      }
    return s;
  }
  template <class Real>
  static Square<Real> hessian_of(double count, Packed<Real> const& p, Vector<Real> const& z, Packed<Real> const& zz) {
    Square<Real> h;
    auto const at = [](Packed<Real> const& m, std::size_t a, std::size_t b) { return m[packed_index(a, b)]; };
    for (std::size_t k = 0; k < p.size(); ++k) h[k] = -count * p[k];
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        std::size_t const row = d + packed_index(i, j);
        double const c = i == j ? 0.5 : 1.0;
        for (std::size_t k = 0; k < d; ++k) h[packed_index(row, k)] = -c * (at(p, i, k) * z[j] + at(p, j, k) * z[i]);
        for (std::size_t k = 0; k < d; ++k)
          for (std::size_t l = 0; l <= k; ++l) {
            std::size_t const column = d + packed_index(k, l);
            if (column > row) continue;
            Real const pairs = count * (at(p, i, k) * at(p, j, l) + at(p, i, l) * at(p, j, k)) -
                               at(p, i, k) * at(zz, j, l) - at(p, i, l) * at(zz, j, k) - at(p, j, k) * at(zz, i, l) -
                               at(p, j, l) * at(zz, i, k);
            h[packed_index(row, column)] = (k == l ? 0.5 * c : c) * pairs;
          }
      }
    return h;
  }
};
static_assert(RegularModel<MultivariateNormal<2>> && RegularModel<MultivariateNormal<3>>);

}  // namespace fisherlab::sim
