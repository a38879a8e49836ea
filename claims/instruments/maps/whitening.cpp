#include "claims/instruments/maps/whitening.hpp"

#include <cmath>

#include "sim/math/cholesky.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/symmetric_root.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

std::vector<double> information_of(Law const& law) {
  std::vector<double> packed(sim::packed_size(law.theta.size()));
  law.model->information(std::span<double const>(law.theta), packed.data());
  return packed;
}

}  // namespace

void LaneMatrix::apply(Lanes const* x, Lanes* y) const {
  for (std::size_t i = 0; i < order; ++i) {
    Lanes sum = entries[i * order] * x[0];
    for (std::size_t j = 1; j < order; ++j) sum += entries[i * order + j] * x[j];
    y[i] = sum;
  }
}

void LaneMatrix::congruent_iso_vech(Lanes const* packed, Lanes* out) const {
  double const root_two = std::sqrt(2.0);
  std::size_t k = 0;
  for (std::size_t i = 0; i < order; ++i)
    for (std::size_t j = 0; j <= i; ++j, ++k) {
      Lanes sum = 0.0;
      for (std::size_t a = 0; a < order; ++a)
        for (std::size_t b = 0; b < order; ++b)
          sum += (entries[i * order + a] * entries[j * order + b]) * packed[sim::packed_index(a, b)];
      out[k] = i == j ? sum : root_two * sum;
    }
}

LaneMatrix LaneMatrix::scaled(double factor) const {
  LaneMatrix result = *this;
  for (double& entry : result.entries) entry *= factor;
  return result;
}

void iso_vech_of_square(Lanes const* w, std::size_t order, Lanes* out) {
  double const root_two = std::sqrt(2.0);
  std::size_t k = 0;
  for (std::size_t i = 0; i < order; ++i) {
    for (std::size_t j = 0; j < i; ++j) out[k++] = root_two * (w[i] * w[j]);
    out[k++] = w[i] * w[i];
  }
}

LaneMatrix score_whitening(Law const& law) {
  return {law.theta.size(), sim::symmetric_root(information_of(law), static_cast<int>(law.theta.size())).inverse};
}

std::vector<double> bound_matrix(Law const& law, estimators::Target const& target) {
  auto const p = law.theta.size();
  auto const r = target.value.size();
  auto factor = information_of(law);
  sim::factorise(factor.data(), static_cast<int>(p));
  std::vector<double> bound(r * r);
  for (std::size_t j = 0; j < r; ++j) {
    std::vector<double> column(target.jacobian.begin() + static_cast<std::ptrdiff_t>(j * p),
                               target.jacobian.begin() + static_cast<std::ptrdiff_t>((j + 1) * p));
    sim::solve_factorised(factor.data(), static_cast<int>(p), column.data());
    for (std::size_t i = 0; i < r; ++i)
      for (std::size_t a = 0; a < p; ++a) bound[i * r + j] += target.jacobian[i * p + a] * column[a];
  }
  return bound;
}

double component_bound(Law const& law, estimators::Target const& target, std::size_t a) {
  return bound_matrix(law, target)[a * target.value.size() + a];
}

LaneMatrix error_whitening(Law const& law, estimators::Target const& target) {
  auto const r = target.value.size();
  auto const information = information_of(law);
  bool const is_theta = target.jacobian == estimators::identity_target(law.theta).jacobian;
  if (is_theta && r == 1) return {1, {sim::sqrt(information[0])}};  // also where I is 0
  if (is_theta) return {r, sim::symmetric_root(information, static_cast<int>(r)).root};
  auto const bound = bound_matrix(law, target);
  std::vector<double> packed(sim::packed_size(r));
  for (std::size_t i = 0; i < r; ++i)
    for (std::size_t j = 0; j <= i; ++j) packed[sim::packed_index(i, j)] = 0.5 * (bound[i * r + j] + bound[j * r + i]);
  return {r, sim::symmetric_root(packed, static_cast<int>(r)).inverse};
}

}  // namespace fisherlab::claims
