#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "sim/models/interface/card.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"
#include "sim/sample.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Number of estimated parameters of a model.
template <class M>
inline constexpr std::size_t parameters_of = M::parameter_count;

/// A parameter vector of a model.
template <class M, class Real>
using ThetaOf = Theta<Real, M::parameter_count>;
/// A symmetric p x p matrix of a model, packed.
template <class M, class Real>
using SymmetricOf = Symmetric<Real, M::parameter_count>;
/// An observation of a model.
template <class M, class Real>
using ObservationOf = typename ObservationType<Real, M::dimension>::type;

/// A family of laws on the line or on R^dimension that can be drawn from.
///
/// A model is a small value: its data members are its known constants. `draw` gives one observation of all lanes from
/// an addressed stream; a model whose observations depend on each other, or whose sampler fills whole samples, offers
/// `fill(theta, stream, sample)` in its place.
///
/// Laws (testing/model_laws.hpp checks each at several theta): the density integrates to 1; draws follow it; a
/// lane's draws depend on its own key alone; `in_support` holds for every draw.
template <class M>
concept Model = requires(M const m, ThetaOf<M, double> const theta, double const* observation) {
  { M::card() } -> std::same_as<ModelCard>;
  { m.in_space(theta) } -> std::same_as<bool>;
  { m.in_support(observation) } -> std::same_as<bool>;
}
&&(M::parameter_count >= 1) && (M::dimension >= 1);

/// A model whose log density has two derivatives in theta, at least almost everywhere.
/// Laws: score = d log_density; hessian = d score (against automatic differentiation of log_density).
template <class M>
concept SmoothModel = Model<M> &&
    requires(M const m, ThetaOf<M, double> const theta, ObservationOf<M, double> const x) {
  { m.log_density(x, theta) } -> std::convertible_to<double>;
  { m.score(x, theta) } -> std::same_as<ThetaOf<M, double>>;
  { m.hessian(x, theta) } -> std::same_as<SymmetricOf<M, double>>;
  { m.information(theta) } -> std::same_as<SymmetricOf<M, double>>;
};

/// A smooth model under the hypotheses of the theorems: support free of theta, derivatives and integrals exchange,
/// information finite and positive definite.
/// Laws: E score = 0; E[score score'] = -E hessian = information, against quadrature.
template <class M>
concept RegularModel = SmoothModel<M> && M::regularity == Regularity::regular;

/// A model that finds its own maximum likelihood estimate from a sample, over lanes:
/// `LaneSet fit(Sample const&, ThetaOf<M, Lanes>& theta)` gives the lanes in which the estimate exists.
template <class M>
concept FitsItself = requires(M const m, Sample const& sample, ThetaOf<M, Lanes>& theta) {
  { m.fit(sample, theta) } -> std::same_as<LaneSet>;
};

/// A model whose estimate comes from totals of a sample, so that none need be kept: `totals()` are those of no
/// observation, `totals.add(tile)` gathers, `fit(totals, theta)` gives the lanes in which the estimate exists, or
/// nothing where the sample has to be looked at. Law: the bits of `fit(sample, theta)`, however the sample is cut into
/// tiles.
template <class M>
concept FitsFromTotals = FitsItself<M> && requires(M const m, Sample const& tile, ThetaOf<M, Lanes>& theta) {
  m.totals().add(tile);
  { m.fit(m.totals(), theta) } -> std::convertible_to<std::optional<LaneSet>>;
};

/// A model that offers starting values for an iterative fit, computed from the sample as a user would.
template <class M>
concept OffersStart = requires(M const m, Sample const& sample) {
  { m.start(sample) } -> std::same_as<ThetaOf<M, Lanes>>;
};

/// A model whose likelihood may have several maxima offers several starting values: `start_count` of them.
template <class M>
concept OffersStarts = requires(M const m, Sample const& sample) {
  { M::start_count } -> std::convertible_to<int>;
  { m.start(sample, 0) } -> std::same_as<ThetaOf<M, Lanes>>;
};

/// A model that sums log density, score and Hessian over a sample by itself, from sufficient statistics:
/// `Lanes sums(Sample const&, theta, score, hessian)` gives the log likelihood. Law: equal to the sums of the
/// per-observation formulas, to rounding.
template <class M>
concept SumsItself = requires(M const m, Sample const& sample, ThetaOf<M, Lanes> const theta, ThetaOf<M, Lanes>& score,
                              SymmetricOf<M, Lanes>& hessian) {
  { m.sums(sample, theta, score, hessian) } -> std::same_as<Lanes>;
};

/// A model that fills samples itself; `bool fills_in_tiles(theta)` tells whether it may fill a sample tile by tile,
/// each a multiple of `tile_size` long but for the last, from one stream.
template <class M>
concept FillsSamples = requires(M const m, ThetaOf<M, double> const theta, LaneStream& stream, Sample& sample) {
  m.fill(theta, stream, sample);
};

}  // namespace fisherlab::sim
