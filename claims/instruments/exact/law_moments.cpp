#include "claims/instruments/exact/law_moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/instruments/exact/binomials.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::VectorXd;
using sim::Lanes;

/// Calls of the integrands, eight nodes each, after which the quadrature is given up.
constexpr std::int64_t most_batches = 50'000;

/// Central moments 0 .. D of the sum of n numbers over sqrt(n), from those of one: cumulants add.
std::vector<double> moments_of_sum(std::vector<double> const& one, std::int64_t n) {
  auto const count = one.size();
  std::vector<double> cumulants(count), sum(count);
  for (std::size_t k = 2; k < count; ++k) {
    cumulants[k] = one[k];
    for (std::size_t j = 2; j < k; ++j)
      cumulants[k] -=
          binomial_coefficient(static_cast<int>(k) - 1, static_cast<int>(j) - 1) * cumulants[j] * one[k - j];
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

/// All products of y - centre, in the order of the monomials.
void fill_products(sim::Monomials const& monomials, Lanes const* y, VectorXd const& centre, Lanes* out) {
  out[0] = Lanes(1.0);
  for (std::size_t k = 1; k < monomials.count(); ++k) {
    auto const j = monomials.last_variable(k);
    out[k] = out[monomials.parent(k)] * (y[j] - centre(static_cast<Eigen::Index>(j)));
  }
}

std::vector<double> along(sim::Powers const& powers, VectorXd const& a) {
  return powers.along({a.data(), static_cast<std::size_t>(a.size())});
}

double mean_along(sim::Powers const& powers, VectorXd const& a) {
  return a.dot(Eigen::Map<VectorXd const>(powers.mean.data(), a.size()));
}

}  // namespace

SampleMoments moments_about_mean(std::vector<double> const& about_zero) {
  double const mean = about_zero[1];
  std::array<double, 5> central{};
  for (int k = 0; k <= 4; ++k)
    for (int j = 0; j <= k; ++j)
      central[static_cast<std::size_t>(k)] +=
          binomial_coefficient(k, j) * about_zero[static_cast<std::size_t>(j)] * std::pow(-mean, k - j);
  return without_count(mean, central.data());
}

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

bool has_counts(Law const& data) {
  auto const& card = data.model->card();
  bool const counts = std::ranges::count(card.ranges, sim::Range::counts) > 0;
  return counts && card.regularity == sim::Regularity::regular;  // others may have dependent observations
}

LawMoments law_moments(Law const& data, OfObservation const& wanted) {
  if (!has_counts(data)) return {};
  try {
    auto const means = expectation_of(data, wanted.size, wanted.values, most_batches);
    VectorXd const centre = Eigen::Map<VectorXd const>(means.data(), static_cast<Eigen::Index>(means.size()));
    auto powers = std::make_shared<sim::Powers>(sim::power_block(0, static_cast<int>(wanted.size), wanted.degree));
    auto const& monomials = *powers->block.monomials;
    std::vector<Lanes> y(wanted.size);
    powers->sums = expectation_of(
        data, monomials.count(),
        [&](sim::Sample const& one, Lanes* out) {
          wanted.values(one, y.data());
          fill_products(monomials, y.data(), centre, out);
        },
        most_batches);
    powers->count = 1;
    powers->mean = means;
    return {std::move(powers)};
  } catch (InputError const&) {
    return {};  // moments that do not exist, or no quadrature for this law: the sample has the word
  }
}

}  // namespace fisherlab::claims
