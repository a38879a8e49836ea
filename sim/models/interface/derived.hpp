#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/erased.hpp"
#include "sim/models/interface/grid_start.hpp"

/// What a model class leaves out, derived from its log density: each layer adds one member where it is missing.
namespace fisherlab::sim {

/// A model that has its own score, Hessian, information, or way to find or start its estimate.
template <class M>
concept HasScore = requires(M const m, ThetaOf<M, double> const theta, ObservationOf<M, double> const x) {
  m.score(x, theta);
};
template <class M>
concept HasHessian = requires(M const m, ThetaOf<M, double> const theta, ObservationOf<M, double> const x) {
  m.hessian(x, theta);
};
template <class M>
concept HasInformation = requires(M const m, ThetaOf<M, double> const theta) {
  m.information(theta);
};
template <class M>
concept HasEstimate = FitsItself<M> || OffersStart<M> || OffersStarts<M>;

namespace derive {

/// An observation that does not vary.
template <class M, class Real>
ObservationOf<M, Dual<Real>> constant(ObservationOf<M, Real> const& x) {
  if constexpr (M::dimension == 1) {
    return Dual<Real>(x, Real(0.0));
  } else {
    ObservationOf<M, Dual<Real>> y;
    for (std::size_t d = 0; d < M::dimension; ++d) y[d] = Dual<Real>(x[d], Real(0.0));
    return y;
  }
}

/// theta + e e_a, to first order in e.
template <class M, class Real>
ThetaOf<M, Dual<Real>> along(ThetaOf<M, Real> const& theta, std::size_t a) {
  ThetaOf<M, Dual<Real>> t;
  for (std::size_t c = 0; c < t.size(); ++c) t[c] = Dual<Real>(theta[c], Real(a == c ? 1.0 : 0.0));
  return t;
}

/// Component a of grad log p(x; theta), by forward automatic differentiation.
template <class M, class Real>
Real score(M const& model, ObservationOf<M, Real> const& x, ThetaOf<M, Real> const& theta, std::size_t a) {
  return model.log_density(constant<M, Real>(x), along<M, Real>(theta, a)).derivative;
}

/// Entry (a, b) of grad^2 log p(x; theta), by the same twice.
template <class M, class Real>
Real hessian(M const& model, ObservationOf<M, Real> const& x, ThetaOf<M, Real> const& theta, std::size_t a,
             std::size_t b) {
  return score<M, Dual<Real>>(model, constant<M, Real>(x), along<M, Real>(theta, a), b).derivative;
}

}  // namespace derive

/// The card of M, which says how a derivative that it left out is had.
template <class M>
ModelCard card_of_derived() {
  auto result = M::card();
  result.derivatives = "by automatic differentiation of the log density";
  return result;
}

/// M with a score, the derivative of its log density.
template <class M>
struct WithScore : M {
  static ModelCard card() { return card_of_derived<M>(); }
  template <class Real>
  ThetaOf<M, Real> score(ObservationOf<M, Real> const& x, ThetaOf<M, Real> const& theta) const {
    ThetaOf<M, Real> result;
    for (std::size_t a = 0; a < result.size(); ++a)
      result[a] = derive::score<M, Real>(static_cast<M const&>(*this), x, theta, a);
    return result;
  }
};

/// M with a Hessian, the second derivative of its log density.
template <class M>
struct WithHessian : M {
  static ModelCard card() { return card_of_derived<M>(); }
  template <class Real>
  SymmetricOf<M, Real> hessian(ObservationOf<M, Real> const& x, ThetaOf<M, Real> const& theta) const {
    SymmetricOf<M, Real> result;
    for (std::size_t a = 0; a < M::parameter_count; ++a)
      for (std::size_t b = 0; b <= a; ++b)
        result[packed_index(a, b)] = derive::hessian<M, Real>(static_cast<M const&>(*this), x, theta, a, b);
    return result;
  }
};

/// M with an information, -E of its Hessian, and a card that says how it is had.
template <class M>
struct WithInformation : M {
  static ModelCard card() {
    auto result = M::card();
    result.information = how_information_is_derived(M::dimension);
    return result;
  }
  SymmetricOf<M, double> information(ThetaOf<M, double> const& theta) const {
    SymmetricOf<M, double> result;
    derived_information(ErasedModel<WithInformation>(*this), theta, result.data());
    return result;
  }
  /// Not-a-number in lanes where there is none.
  SymmetricOf<M, Lanes> information(ThetaOf<M, Lanes> const& theta) const {
    ErasedModel<WithInformation> const law(*this);
    SymmetricOf<M, Lanes> result;
    for (int lane = 0; lane < lane_count; ++lane) {
      ThetaOf<M, double> t;
      for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a][lane];
      SymmetricOf<M, double> packed;
      if (!derived_information_if_any(law, t, packed.data())) packed.fill(std::numeric_limits<double>::quiet_NaN());
      for (std::size_t k = 0; k < packed.size(); ++k) result[k].set(lane, packed[k]);
    }
    return result;
  }
};

/// M with starting values (grid_start.hpp).
template <class M>
struct WithStart : M {
  static constexpr int start_count = M::parameter_count == 1 ? 1 : 2;  ///< the second may be none
  ThetaOf<M, Lanes> start(Sample const& sample, int which) const {
    ThetaOf<M, Lanes> theta;
    auto const log_likelihood = [this](Sample const& some, Lanes const* at) {
      auto const t = erased::lane_theta<M>(at);
      Lanes sum = 0.0;
      for (std::int64_t i = 0; i < some.n(); ++i) sum += this->log_density(erased::observation<M>(some, i), t);
      return sum;
    };
    grid_start(M::card().domains, sample, which, {}, log_likelihood, theta.data());
    return theta;
  }
};

/// The model with all that it left out.
template <class M>
auto completed(M model) {
  if constexpr (!HasScore<M>)
    return completed(WithScore<M>{std::move(model)});
  else if constexpr (!HasHessian<M>)
    return completed(WithHessian<M>{std::move(model)});
  else if constexpr (!HasEstimate<M>)
    return completed(WithStart<M>{std::move(model)});
  else if constexpr (!HasInformation<M>)
    return WithInformation<M>{std::move(model)};
  else
    return model;
}

}  // namespace fisherlab::sim
