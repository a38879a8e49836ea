#include "claims/instruments/exact/known_derivatives.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

#include "base/expects.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/constants.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::VectorXd;
using sim::Lanes;

/// Calls of the integrands, eight nodes each, after which the quadrature is given up.
constexpr std::int64_t most_batches = 50'000;

constexpr double binomial_coefficient(int n, int k) {
  double result = 1;
  for (int j = 1; j <= k; ++j) result = result * (n - k + j) / j;
  return result;
}

/// Central moments 0 .. D of the sum of n numbers over sqrt(n), from those of one: cumulants add.
std::vector<double> moments_of_sum(std::vector<double> const& one, std::int64_t n) {
  auto const count = one.size();
  std::vector<double> cumulants(count), sum(count);
  for (std::size_t k = 2; k < count; ++k) {
    cumulants[k] = one[k];
    for (std::size_t j = 2; j < k; ++j)
      cumulants[k] -= binomial_coefficient(static_cast<int>(k) - 1, static_cast<int>(j) - 1) * cumulants[j] * one[k - j];
  }
  sum[0] = 1;
  for (std::size_t k = 2; k < count; ++k)
    for (std::size_t j = 2; j <= k; ++j)
      sum[k] += binomial_coefficient(static_cast<int>(k) - 1, static_cast<int>(j) - 1) * cumulants[j] *
                std::pow(static_cast<double>(n), 1 - 0.5 * static_cast<double>(j)) * sum[k - j];
  return sum;
}

/// Moments 0 .. D about 0 of a number with these central moments.
std::vector<double> moments_about_zero(std::vector<double> const& central, double mean) {
  std::vector<double> result(central.size());
  for (std::size_t k = 0; k < central.size(); ++k)
    for (std::size_t j = 0; j <= k; ++j)
      result[k] += binomial_coefficient(static_cast<int>(k), static_cast<int>(j)) * central[j] *
                   std::pow(mean, static_cast<double>(k - j));
  return result;
}

/// The count is filled in by whoever asks for a reach.
SampleMoments without_count(double mean, double const* central) {
  return {mean, std::max(central[2], 0.0), 0, central[3] / std::pow(central[2], 1.5),
          central[4] / (central[2] * central[2])};
}

SampleMoments of_mean_of(SampleMoments one, std::int64_t n) {
  auto const count = static_cast<double>(n);
  one.variance /= count;
  one.skewness /= std::sqrt(count);
  one.kurtosis = 3 + (one.kurtosis - 3) / count;
  return one;
}

bool has_counts(Law const& data) {
  auto const& card = data.model->card();
  bool const counts = std::ranges::count(card.ranges, sim::Range::counts) > 0;
  return counts && card.regularity == sim::Regularity::regular;  // others may have dependent observations
}

/// A vector of one observation, a lane each, and the degree to which its moments are wanted.
struct Wanted {
  std::size_t size = 0;
  int degree = 4;
  std::function<void(sim::Sample const& one, Lanes* y)> of;
};

/// All products of y - centre, in the order of the monomials.
void fill_products(sim::Monomials const& monomials, Lanes const* y, VectorXd const& centre, Lanes* out) {
  out[0] = Lanes(1.0);
  for (std::size_t k = 1; k < monomials.count(); ++k) {
    auto const j = monomials.last_variable(k);
    out[k] = out[monomials.parent(k)] * (y[j] - centre(static_cast<Eigen::Index>(j)));
  }
}

/// E f(X) for an X of many counts that are 0 or 1, as the shares of a categorical law: a sum over the corners.
/// @throws InputError where these do not hold all probability.
std::vector<double> sum_over_corners(Law const& data, std::size_t size, sim::ObservationFunctions const& f) {
  auto const d = data.model->dimension();
  std::vector<Lanes> const theta(data.theta.begin(), data.theta.end());
  std::vector<double> sums(size);
  std::vector<Lanes> values(size);
  double mass = 0;
  for (unsigned corner = 0; corner < 1u << d; ++corner) {
    sim::Sample one(1, d);
    std::vector<double> observation;
    for (int c = 0; c < d; ++c) {
      observation.push_back((corner >> c & 1u) != 0 ? 1.0 : 0.0);
      one(0, c) = observation.back();
    }
    if (!data.model->in_support(observation)) continue;
    double const probability = std::exp(data.model->log_likelihood(one, theta.data())[0]);
    f(one, values.data());
    mass += probability;
    for (std::size_t k = 0; k < size; ++k) sums[k] += probability * values[k][0];
  }
  expects(std::fabs(mass - 1) < 1e-10, "the law has more values than 0 and 1, no sum is known");
  return sums;
}

std::vector<double> expectation(Law const& data, std::size_t size, sim::ObservationFunctions const& f) {
  constexpr int most_corners = 10;  // 2^10
  auto const d = data.model->dimension();
  if (d > 2 && d <= most_corners) return sum_over_corners(data, size, f);
  return sim::expectation(*data.model, data.theta, size, f, {.most_batches = most_batches});
}

LawMoments moments_of(Law const& data, Wanted const& wanted) {
  if (!has_counts(data)) return {};
  try {
    auto const means = expectation(data, wanted.size, wanted.of);
    VectorXd const centre = Eigen::Map<VectorXd const>(means.data(), static_cast<Eigen::Index>(means.size()));
    auto powers = std::make_shared<sim::Powers>(sim::power_block(0, static_cast<int>(wanted.size), wanted.degree));
    auto const& monomials = *powers->block.monomials;
    std::vector<Lanes> y(wanted.size);
    powers->sums = expectation(data, monomials.count(), [&](sim::Sample const& one, Lanes* out) {
      wanted.of(one, y.data());
      fill_products(monomials, y.data(), centre, out);
    });
    powers->count = 1;
    powers->mean = means;
    return {std::move(powers)};
  } catch (InputError const&) {
    return {};  // moments that do not exist, or no quadrature for this law: the sample has the word
  }
}

std::vector<double> along(sim::Powers const& powers, VectorXd const& a) {
  return powers.along({a.data(), static_cast<std::size_t>(a.size())});
}

double mean_along(sim::Powers const& powers, VectorXd const& a) {
  return a.dot(Eigen::Map<VectorXd const>(powers.mean.data(), a.size()));
}

/// Moments along u of a matrix that was folded as iso_vech.
ByLaw of_matrix(LawMoments const& moments, ConstantAlong constant, std::int64_t n) {
  ByLaw result{std::move(constant), {}};
  if (moments.powers)
    result.moments = [moments, n](VectorXd const& u) { return moments.of_mean(iso_vech(u * u.transpose()), n); };
  return result;
}

}  // namespace

SampleMoments LawMoments::of_mean(VectorXd const& a, std::int64_t n) const {
  return of_mean_of(without_count(mean_along(*powers, a), along(*powers, a).data()), n);
}

SampleMoments LawMoments::of_square(VectorXd const& a, std::int64_t n) const {
  auto const sum = moments_of_sum(along(*powers, a), n);
  return without_count(sum[2], moments_of_square(sum).data());
}

SampleMoments LawMoments::of_mean_square(VectorXd const& a, std::int64_t n) const {
  auto const raw = moments_about_zero(along(*powers, a), mean_along(*powers, a));
  return of_mean_of(without_count(raw[2], moments_of_square(raw).data()), n);
}

KnownDerivatives::KnownDerivatives(Setting setting) : setting_(std::move(setting)) {
  auto const& law = setting_.model;
  auto const p = law.theta.size();
  auto const q = sim::packed_size(p);
  if (!has_counts(setting_.data)) return;
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  auto const derivatives = [law, theta, p, q, whitening = score_whitening(law)](sim::Sample const& one, Lanes* white,
                                                                               Lanes* outer, Lanes* hessian) {
    std::vector<Lanes> s(p), ss(q), h(q);
    law.model->score_products(one, theta.data(), s.data(), ss.data(), h.data());
    whitening.apply(s.data(), white);
    whitening.congruent_iso_vech(ss.data(), outer);
    whitening.congruent_iso_vech(h.data(), hessian);
  };
  std::vector<Lanes> white(p), outer(q), hessian(q);
  score_ = moments_of(setting_.data, {p, 8, [&](sim::Sample const& one, Lanes* y) {
                                        derivatives(one, y, outer.data(), hessian.data());
                                      }});
  hessian_ = moments_of(setting_.data, {q, 4, [&](sim::Sample const& one, Lanes* y) {
                                          derivatives(one, white.data(), outer.data(), y);
                                        }});
  difference_ = moments_of(setting_.data, {q, 4, [&](sim::Sample const& one, Lanes* y) {
                                             derivatives(one, white.data(), outer.data(), hessian.data());
                                             for (std::size_t j = 0; j < q; ++j) y[j] = outer[j] + hessian[j];
                                           }});
}

ByLaw KnownDerivatives::score(std::int64_t n) const {
  ByLaw result{constants_of(setting_, n).score, {}};
  if (score_.powers) result.moments = [score = score_, n](VectorXd const& u) { return score.of_mean(u, n); };
  return result;
}

ByLaw KnownDerivatives::squares(std::int64_t n) const {
  ByLaw result{constants_of(setting_, n).score, {}};
  if (score_.powers) result.moments = [score = score_, n](VectorXd const& u) { return score.of_square(u, n); };
  return result;
}

ByLaw KnownDerivatives::outer(std::int64_t n) const {
  ByLaw result{constants_of(setting_, n).outer, {}};
  if (score_.powers) result.moments = [score = score_, n](VectorXd const& u) { return score.of_mean_square(u, n); };
  return result;
}

ByLaw KnownDerivatives::hessian(std::int64_t n) const {
  return of_matrix(hessian_, constants_of(setting_, n).hessian, n);
}

ByLaw KnownDerivatives::difference(std::int64_t n) const {
  return of_matrix(difference_, constants_of(setting_, n).difference, n);
}

ByLaw known_curvature(Setting const& setting, std::int64_t n) {
  auto const& law = setting.model;
  auto const q = sim::packed_size(law.theta.size());
  std::vector<Lanes> packed(q);
  auto const moments = moments_of(setting.data, {q, 4, [&, whitening = score_whitening(law)](sim::Sample const& one,
                                                                                             Lanes* y) {
                                                   law.model->offers().density_curvature(one, law.theta, packed.data());
                                                   whitening.congruent_iso_vech(packed.data(), y);
                                                 }});
  return of_matrix(moments, constant_curvature(setting, n), n);
}

}  // namespace fisherlab::claims
