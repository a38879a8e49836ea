#include "claims/instruments/exact/known_derivatives.hpp"

#include <cstddef>
#include <utility>

#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/constants.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::VectorXd;
using sim::Lanes;

/// Moments along u of a matrix that was folded as iso_vech.
ByLaw of_matrix(LawMoments const& moments, ConstantAlong constant, std::int64_t n) {
  ByLaw result{std::move(constant), {}};
  if (moments.powers)
    result.moments = [moments, n](VectorXd const& u) { return moments.of_mean(iso_vech(u * u.transpose()), n); };
  return result;
}

}  // namespace

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
  score_ =
      law_moments(setting_.data,
                  {p, 8, [&](sim::Sample const& one, Lanes* y) { derivatives(one, y, outer.data(), hessian.data()); }});
  hessian_ =
      law_moments(setting_.data,
                  {q, 4, [&](sim::Sample const& one, Lanes* y) { derivatives(one, white.data(), outer.data(), y); }});
  difference_ = law_moments(setting_.data, {q, 4, [&](sim::Sample const& one, Lanes* y) {
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
  auto const moments =
      law_moments(setting.data, {q, 4, [&, whitening = score_whitening(law)](sim::Sample const& one, Lanes* y) {
                                   law.model->offers().density_curvature(one, law.theta, packed.data());
                                   whitening.congruent_iso_vech(packed.data(), y);
                                 }});
  return of_matrix(moments, constant_curvature(setting, n), n);
}

}  // namespace fisherlab::claims
