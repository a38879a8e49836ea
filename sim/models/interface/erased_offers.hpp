#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "sim/models/interface/erased_parts.hpp"
#include "sim/models/interface/erased_tiles.hpp"
#include "sim/models/interface/offers.hpp"

/// The offers of a model class M: one for each of these members that it has, t a theta. Every function holds a copy of
/// the model, a small value.
///   facts: mean(t), variance(t), median(t), quantile(prob, t), tail(c, t), over any Real; `symmetric`; has(kind),
///   where
///     known constants decide which of them exist; marginal_information(t), moment_order(t), lower_order(t),
///     breakdown(), lower_end(t, d), trial_count()
///   estimates over lanes: fit(sample, t); totals() and fit(totals, t); start(sample), or start_count and start(sample,
///     which); settle(sample, t); from_moments(mean, variance); best_unbiased(sample, t), best_unbiased_quantile(prob,
///     sample, value), best_unbiased_tail(c, sample, value)
///   exact facts: mean_of_estimate(t, n) over any Real, first_order_bias(t) over lanes, law_of_estimate(t, a, n)
/// The derivatives of the law come from log_density and hessian themselves.
namespace fisherlab::sim::erased {

template <class M>
void offer_derivatives(M const& model, Offers& offers) {
  constexpr std::size_t p = M::parameter_count;
  using D = Dual<Lanes>;
  offers.directional_scores = [model](Sample const& sample, Point theta, Point tangent, Lanes& sum, Lanes& squares) {
    Theta<D, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = D(Lanes(theta[a]), Lanes(tangent[a]));
    sum = 0.0;
    squares = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      Lanes const d = model.log_density(constant<M, D>(observation<M>(sample, i)), t).derivative;
      sum += d;
      squares += d * d;
    }
  };
  offers.hessian_slope = [model](Sample const& sample, Point theta, Point tangent, Lanes* packed) {
    Theta<D, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = D(Lanes(theta[a]), Lanes(tangent[a]));
    for (std::size_t k = 0; k < packed_size(p); ++k) packed[k] = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      auto const h = model.hessian(constant<M, D>(observation<M>(sample, i)), t);
      for (std::size_t k = 0; k < packed_size(p); ++k) packed[k] += h[k].derivative;
    }
  };
}

/// At a density scaled to 1 at theta, so that exp does not underflow; the ratio does not change.
template <class M>
void offer_density_curvature(M const& model, Offers& offers) {
  constexpr std::size_t p = M::parameter_count;
  using D = Dual<Lanes>;
  using DD = Dual<D>;
  offers.density_curvature = [model](Sample const& sample, Point theta, Lanes* packed) {
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        Theta<DD, p> t;
        for (std::size_t c = 0; c < p; ++c)
          t[c] = DD(D(Lanes(theta[c]), Lanes(a == c ? 1.0 : 0.0)), D(Lanes(b == c ? 1.0 : 0.0), Lanes(0.0)));
        Lanes sum = 0.0;
        for (std::int64_t i = 0; i < sample.n(); ++i) {
          DD const log_p = model.log_density(constant<M, DD>(observation<M>(sample, i)), t);
          sum += exp(log_p - DD(D(log_p.value.value, Lanes(0.0)), D(0.0))).derivative.derivative;
        }
        packed[packed_index(a, b)] = sum;
      }
  };
}

/// A function of theta with its gradient, by automatic differentiation.
template <class M, class F>
Functional derived(Point theta, F const& f) {
  constexpr std::size_t p = M::parameter_count;
  Functional result;
  for (std::size_t a = 0; a < p; ++a) {
    Theta<Dual<double>, p> t;
    for (std::size_t b = 0; b < p; ++b) t[b] = Dual<double>(theta[b], a == b ? 1.0 : 0.0);
    auto const value = f(t);
    result.value = value.value;
    result.gradient.push_back(value.derivative);
  }
  return result;
}

/// A property of the law by the model's own formula; with an empty theta, only whether there is one.
template <class M>
std::optional<Functional> stated(M const& model, Quantity const& quantity, Point theta) {
  using Kind = Quantity::Kind;
  constexpr Theta<double, M::parameter_count> const* at_theta = nullptr;
  double const at = quantity.at;
  auto const of = [&](auto const& f) { return theta.empty() ? Functional{} : derived<M>(theta, f); };
  if constexpr (requires { model.mean(*at_theta); })
    if (quantity.kind == Kind::mean) return of([&](auto const& t) { return model.mean(t); });
  if constexpr (requires { model.variance(*at_theta); })
    if (quantity.kind == Kind::variance) return of([&](auto const& t) { return model.variance(t); });
  if constexpr (requires { model.median(*at_theta); })
    if (quantity.kind == Kind::median) return of([&](auto const& t) { return model.median(t); });
  if constexpr (requires { model.quantile(at, *at_theta); })
    if (quantity.kind == Kind::quantile) return of([&](auto const& t) { return model.quantile(at, t); });
  if constexpr (requires { model.tail(at, *at_theta); })
    if (quantity.kind == Kind::tail) return of([&](auto const& t) { return model.tail(at, t); });
  return std::nullopt;
}

template <class M>
void offer_properties(M const& model, Offers& offers) {
  using Kind = Quantity::Kind;
  auto const exists = [&](Kind kind) {
    if constexpr (requires { model.has(kind); })
      return model.has(kind);
    else
      return true;
  };
  auto& properties = offers.properties;
  for (auto const kind : {Kind::mean, Kind::variance, Kind::median, Kind::quantile, Kind::tail})
    if (stated(model, {kind}, {}) && exists(kind)) properties.kinds.push_back(kind);
  if constexpr (requires { M::symmetric; }) properties.symmetric = M::symmetric;
  if (properties.kinds.empty()) return;
  properties.formula = [model](Quantity const& quantity, Point theta) {
    auto const value = stated(model, quantity, theta);
    return value && std::abs(value->value) < HUGE_VAL ? value : std::nullopt;  // a mean need not exist at this theta
  };
}

template <class M>
void offer_facts(M const& model, Offers& offers) {
  constexpr Theta<double, M::parameter_count> const* t = nullptr;
  if constexpr (requires { model.marginal_information(*t); })
    offers.marginal_information = [model](Point theta) {
      auto const parts = model.marginal_information(scalar_theta<M>(theta));
      return std::vector<double>(parts.begin(), parts.end());
    };
  if constexpr (requires { model.moment_order(*t); })
    offers.moment_order = [model](Point theta) { return model.moment_order(scalar_theta<M>(theta)); };
  if constexpr (requires { model.breakdown(); }) offers.breakdown = model.breakdown();
  if constexpr (requires { model.lower_order(*t); })
    offers.lower_order = [model](Point theta) { return model.lower_order(scalar_theta<M>(theta)); };
  if constexpr (requires { model.lower_end(*t, 0); })
    offers.lower_end = [model](Point theta, int d) { return model.lower_end(scalar_theta<M>(theta), d); };
  if constexpr (requires { model.trial_count(); }) offers.trials = model.trial_count();
}

/// A member `LaneSet find(sample, theta)` of the model, theta an array of Lanes.
template <class M, class Find>
auto estimate_by(Find find) {
  return [find](Sample const& sample, Lanes* theta) {
    Theta<Lanes, M::parameter_count> t;
    t.fill(std::numeric_limits<double>::quiet_NaN());
    LaneSet const found = find(sample, t);
    copy_out(t, theta);
    return found;
  };
}

template <class M>
void offer_fit(M const& model, Offers& offers) {
  using LaneTheta = Theta<Lanes, M::parameter_count>;
  if constexpr (FitsItself<M>)
    offers.fit = estimate_by<M>([model](Sample const& sample, LaneTheta& t) { return model.fit(sample, t); });
  if constexpr (FitsFromTotals<M>) offers.totals = [model] { return std::make_unique<Totals<M>>(model); };
  if constexpr (OffersStarts<M>) {
    offers.start_count = M::start_count;
    offers.start = [model](Sample const& sample, int which, Lanes* theta) {
      copy_out(model.start(sample, which), theta);
    };
  } else if constexpr (OffersStart<M>) {
    offers.start = [model](Sample const& sample, int, Lanes* theta) { copy_out(model.start(sample), theta); };
  }
  if constexpr (requires(Sample const& sample, LaneTheta& t) { model.settle(sample, t); })
    offers.settle = [model](Sample const& sample, Lanes* theta) {
      LaneTheta t = lane_theta<M>(theta);
      LaneSet const kept = model.settle(sample, t);
      copy_out(t, theta);
      return kept;
    };
}

template <class M>
void offer_rivals(M const& model, Offers& offers) {
  using LaneTheta = Theta<Lanes, M::parameter_count>;
  if constexpr (requires(Lanes x) { model.from_moments(x, x); })
    offers.from_moments = [model](Lanes const& mean, Lanes const& variance, Lanes* theta) {
      copy_out(model.from_moments(mean, variance), theta);
    };
  if constexpr (requires(Sample const& sample, LaneTheta& t) { model.best_unbiased(sample, t); })
    offers.best_unbiased =
        estimate_by<M>([model](Sample const& sample, LaneTheta& t) { return model.best_unbiased(sample, t); });
  if constexpr (requires(Sample const& sample, Lanes& value) { model.best_unbiased_quantile(0.5, sample, value); })
    offers.best_unbiased_quantile = [model](double probability, Sample const& sample, Lanes& value) {
      return model.best_unbiased_quantile(probability, sample, value);
    };
  if constexpr (requires(Sample const& sample, Lanes& value) { model.best_unbiased_tail(0.5, sample, value); })
    offers.best_unbiased_tail = [model](double threshold, Sample const& sample, Lanes& value) {
      return model.best_unbiased_tail(threshold, sample, value);
    };
}

template <class M>
void offer_exact_facts(M const& model, Offers& offers) {
  constexpr std::size_t p = M::parameter_count;
  constexpr Theta<double, p> const* t = nullptr;
  if constexpr (requires { model.mean_of_estimate(*t, 1.0); })
    offers.mean_of_estimate = [model](Point theta, std::int64_t n) {
      std::vector<Functional> result;
      for (std::size_t a = 0; a < p; ++a)
        result.push_back(
            derived<M>(theta, [&](auto const& at) { return model.mean_of_estimate(at, static_cast<double>(n))[a]; }));
      return result;
    };
  if constexpr (requires(Theta<Lanes, p> const& lanes) { model.first_order_bias(lanes); })
    offers.first_order_bias = [model](Lanes const* theta, Lanes* bias) {
      copy_out(model.first_order_bias(lane_theta<M>(theta)), bias);
    };
  if constexpr (requires { model.law_of_estimate(*t, std::size_t{0}, std::int64_t{1}); })
    offers.law_of_estimate = [model](Point theta, std::size_t a, std::int64_t n) -> std::optional<LawOfEstimate> {
      return model.law_of_estimate(scalar_theta<M>(theta), a, n);
    };
}

template <SmoothModel M>
Offers offers_of(M const& model) {
  Offers offers;
  offer_derivatives(model, offers);
  offer_density_curvature(model, offers);
  offer_properties(model, offers);
  offer_facts(model, offers);
  offer_fit(model, offers);
  offer_rivals(model, offers);
  offer_exact_facts(model, offers);
  return offers;
}

}  // namespace fisherlab::sim::erased
