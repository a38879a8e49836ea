#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include "sim/autodiff/dual.hpp"
#include "sim/expects.hpp"
#include "sim/models/any_model.hpp"
#include "sim/models/model.hpp"

/// Everything called inside is inlined, so that what log density, score and Hessian have in common is computed once.
#define FISHERLAB_FLATTEN __attribute__((flatten))

namespace fisherlab::sim {

/// A model behind the batch interface. Instantiated once a model, in the model's own file.
template <SmoothModel M>
class ErasedModel final : public BatchModel {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);
  static constexpr std::size_t width = M::dimension;
  using LaneTheta = Theta<Lanes, p>;
  static constexpr bool has_moments = requires(M const m, Lanes x) { m.from_moments(x, x); };
  static constexpr bool has_best_unbiased = requires(M const m, Sample const& s, LaneTheta& t) {
    m.best_unbiased(s, t);
  };
  static constexpr bool has_best_unbiased_quantile = requires(M const m, Sample const& s, Lanes& value) {
    m.best_unbiased_quantile(0.5, s, value);
  };
  static constexpr bool has_best_unbiased_tail = requires(M const m, Sample const& s, Lanes& value) {
    m.best_unbiased_tail(0.5, s, value);
  };
  static constexpr bool has_first_order_bias = requires(M const m, LaneTheta const& t) { m.first_order_bias(t); };

 public:
  explicit ErasedModel(M model) : model_(std::move(model)), card_(M::card()) {}

  ModelCard const& card() const override { return card_; }
  int parameter_count() const override { return static_cast<int>(p); }
  int dimension() const override { return static_cast<int>(width); }
  std::vector<double> constants() const override {
    if constexpr (requires { model_.constants(); })
      return model_.constants();
    else
      return {};
  }

  bool in_space(std::span<double const> theta) const override {
    return theta.size() == p && model_.in_space(scalar_theta(theta));
  }
  bool in_support(std::span<double const> observation) const override {
    return observation.size() == width && model_.in_support(observation.data());
  }

  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    LaneStream stream(key);
    auto const t = scalar_theta(theta);
    if constexpr (FillsSamples<M>) {
      model_.fill(t, stream, sample);
    } else if constexpr (width == 1) {
      for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) = model_.draw(t, stream);
    } else {
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        auto const x = model_.draw(t, stream);
        for (std::size_t d = 0; d < width; ++d) sample(i, static_cast<int>(d)) = x[d];
      }
    }
  }

  FISHERLAB_FLATTEN Lanes log_likelihood(Sample const& sample, Lanes const* theta) const override {
    LaneTheta const t = lane_theta(theta);
    Lanes total = 0.0;
    if constexpr (SumsItself<M>) {
      LaneTheta score;
      std::array<Lanes, q> hessian;
      return model_.sums(sample, t, score, hessian);
    }
    for (std::int64_t i = 0; i < sample.n(); ++i) total += model_.log_density(observation(sample, i), t);
    return total;
  }

  FISHERLAB_FLATTEN Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score,
                                      Lanes* hessian) const override {
    LaneTheta const t = lane_theta(theta);
    Lanes total = 0.0;
    LaneTheta s;
    std::array<Lanes, q> h;
    if constexpr (SumsItself<M>) {
      total = model_.sums(sample, t, s, h);
      for (std::size_t a = 0; a < p; ++a) score[a] = s[a];
      for (std::size_t k = 0; k < q; ++k) hessian[k] = h[k];
      return total;
    }
    for (auto& v : s) v = 0.0;
    for (auto& v : h) v = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      auto const x = observation(sample, i);
      total += model_.log_density(x, t);
      auto const si = model_.score(x, t);
      auto const hi = model_.hessian(x, t);
      for (std::size_t a = 0; a < p; ++a) s[a] += si[a];
      for (std::size_t k = 0; k < q; ++k) h[k] += hi[k];
    }
    for (std::size_t a = 0; a < p; ++a) score[a] = s[a];
    for (std::size_t k = 0; k < q; ++k) hessian[k] = h[k];
    return total;
  }

  FISHERLAB_FLATTEN void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                                        Lanes* hessian) const override {
    LaneTheta const t = lane_theta(theta);
    LaneTheta s;
    std::array<Lanes, q> o, h;
    for (auto& v : s) v = 0.0;
    for (auto& v : o) v = 0.0;
    for (auto& v : h) v = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      auto const x = observation(sample, i);
      auto const si = model_.score(x, t);
      auto const hi = model_.hessian(x, t);
      for (std::size_t a = 0; a < p; ++a) {
        s[a] += si[a];
        for (std::size_t b = 0; b <= a; ++b) o[packed_index(a, b)] += si[a] * si[b];
      }
      for (std::size_t k = 0; k < q; ++k) h[k] += hi[k];
    }
    for (std::size_t a = 0; a < p; ++a) score[a] = s[a];
    for (std::size_t k = 0; k < q; ++k) outer[k] = o[k];
    for (std::size_t k = 0; k < q; ++k) hessian[k] = h[k];
  }

  void directional_scores(Sample const& sample, std::span<double const> theta, std::span<double const> tangent,
                          Lanes& sum, Lanes& sum_of_squares) const override {
    sum = 0.0;
    sum_of_squares = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      Lanes const d = directional_score(observation(sample, i), theta, tangent);
      sum += d;
      sum_of_squares += d * d;
    }
  }

  /// At a density scaled to 1 at theta, so that exp does not underflow; the ratio does not change.
  void density_curvature(Sample const& sample, std::span<double const> theta, Lanes* packed) const override {
    using D = Dual<Lanes>;
    using DD = Dual<D>;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        Theta<DD, p> t;
        for (std::size_t c = 0; c < p; ++c)
          t[c] = DD(D(Lanes(theta[c]), Lanes(a == c ? 1.0 : 0.0)), D(Lanes(b == c ? 1.0 : 0.0), Lanes(0.0)));
        Lanes sum = 0.0;
        for (std::int64_t i = 0; i < sample.n(); ++i) {
          DD const log_p = model_.log_density(constant<DD>(observation(sample, i)), t);
          sum += exp(log_p - DD(D(log_p.value.value, Lanes(0.0)), D(0.0))).derivative.derivative;
        }
        packed[packed_index(a, b)] = sum;
      }
  }
  void hessian_slope(Sample const& sample, std::span<double const> theta, std::span<double const> tangent,
                     Lanes* packed) const override {
    using D = Dual<Lanes>;
    Theta<D, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = D(Lanes(theta[a]), Lanes(tangent[a]));
    for (std::size_t k = 0; k < q; ++k) packed[k] = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      auto const h = model_.hessian(constant<D>(observation(sample, i)), t);
      for (std::size_t k = 0; k < q; ++k) packed[k] += h[k].derivative;
    }
  }

  void information(std::span<double const> theta, double* packed) const override {
    auto const value = model_.information(scalar_theta(theta));
    for (std::size_t k = 0; k < q; ++k) packed[k] = value[k];
  }
  void information(Lanes const* theta, Lanes* packed) const override {
    auto const value = model_.information(lane_theta(theta));
    for (std::size_t k = 0; k < q; ++k) packed[k] = value[k];
  }

  std::vector<double> marginal_information(std::span<double const> theta) const override {
    if constexpr (requires { model_.marginal_information(scalar_theta(theta)); }) {
      auto const parts = model_.marginal_information(scalar_theta(theta));
      return {parts.begin(), parts.end()};
    } else {
      return {};
    }
  }

  std::optional<Functional> functional(Quantity const& quantity, std::span<double const> theta) const override {
    auto const value = stated(quantity, theta);
    return value && std::abs(value->value) < HUGE_VAL ? value : std::nullopt;  // a mean need not exist at this theta
  }
  bool symmetric() const override {
    if constexpr (requires { M::symmetric; })
      return M::symmetric;
    else
      return false;
  }

  bool offers_moments() const override { return has_moments; }
  void from_moments(Lanes const& mean, Lanes const& variance, Lanes* theta) const override {
    if constexpr (has_moments) {
      auto const t = model_.from_moments(mean, variance);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
    } else {
      throw InputError("model " + card_.name + " has no estimate by moments");
    }
  }
  bool offers_best_unbiased() const override { return has_best_unbiased; }
  LaneSet best_unbiased(Sample const& sample, Lanes* theta) const override {
    if constexpr (has_best_unbiased) {
      LaneTheta t;
      t.fill(std::numeric_limits<double>::quiet_NaN());
      LaneSet const found = model_.best_unbiased(sample, t);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
      return found;
    } else {
      throw InputError("model " + card_.name + " has no best unbiased estimate in closed form");
    }
  }

  bool offers_best_unbiased_of(Quantity::Kind kind) const override {
    return (has_best_unbiased_quantile && kind == Quantity::Kind::quantile) ||
           (has_best_unbiased_tail && kind == Quantity::Kind::tail);
  }
  LaneSet best_unbiased_of(Quantity const& quantity, Sample const& sample, Lanes& value) const override {
    if constexpr (has_best_unbiased_quantile)
      if (quantity.kind == Quantity::Kind::quantile) return model_.best_unbiased_quantile(quantity.at, sample, value);
    if constexpr (has_best_unbiased_tail)
      if (quantity.kind == Quantity::Kind::tail) return model_.best_unbiased_tail(quantity.at, sample, value);
    throw InputError("model " + card_.name + " has no best unbiased estimate of that in closed form");
  }

  bool fits_itself() const override { return FitsItself<M>; }
  LaneSet fit(Sample const& sample, Lanes* theta) const override {
    if constexpr (FitsItself<M>) {
      LaneTheta t;
      t.fill(std::numeric_limits<double>::quiet_NaN());
      LaneSet const found = model_.fit(sample, t);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
      return found;
    } else {
      throw InputError("model " + card_.name + " has no fit of its own; use the iterative estimator");
    }
  }
  int start_count() const override {
    if constexpr (OffersStarts<M>)
      return M::start_count;
    else
      return 1;
  }
  void start(Sample const& sample, int which, Lanes* theta) const override {
    if constexpr (OffersStarts<M> || OffersStart<M>) {
      LaneTheta t;
      if constexpr (OffersStarts<M>)
        t = model_.start(sample, which);
      else
        t = model_.start(sample);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
    } else {
      static_cast<void>(which);
      throw InputError("model " + card_.name + " offers no starting values; add start(sample) to it");
    }
  }

  LaneSet settle(Sample const& sample, Lanes* theta) const override {
    if constexpr (requires(LaneTheta& t) { model_.settle(sample, t); }) {
      LaneTheta t = lane_theta(theta);
      LaneSet const kept = model_.settle(sample, t);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
      return kept;
    } else {
      return all_lanes;
    }
  }

  std::vector<Functional> mean_of_estimate(std::span<double const> theta, std::int64_t n) const override {
    std::vector<Functional> result;
    if constexpr (requires { model_.mean_of_estimate(scalar_theta(theta), 1.0); })
      for (std::size_t a = 0; a < p; ++a)
        result.push_back(derived(
            theta, [&](auto const& t) { return model_.mean_of_estimate(t, static_cast<double>(n))[a]; }));
    return result;
  }
  bool offers_first_order_bias() const override { return has_first_order_bias; }
  void first_order_bias(Lanes const* theta, Lanes* bias) const override {
    if constexpr (has_first_order_bias) {
      auto const b = model_.first_order_bias(lane_theta(theta));
      for (std::size_t a = 0; a < p; ++a) bias[a] = b[a];
    } else {
      throw InputError("model " + card_.name + " has no first-order bias in closed form");
    }
  }
  double lower_end(std::span<double const> theta, int d) const override {
    if constexpr (requires { model_.lower_end(scalar_theta(theta), d); })
      return model_.lower_end(scalar_theta(theta), d);
    else
      return 0.0;
  }

 private:
  /// A property of the law by the model's own formula.
  std::optional<Functional> stated(Quantity const& quantity, std::span<double const> theta) const {
    using Kind = Quantity::Kind;
    if constexpr (requires { model_.mean(scalar_theta(theta)); })
      if (quantity.kind == Kind::mean) return derived(theta, [this](auto const& t) { return model_.mean(t); });
    if constexpr (requires { model_.variance(scalar_theta(theta)); })
      if (quantity.kind == Kind::variance) return derived(theta, [this](auto const& t) { return model_.variance(t); });
    if constexpr (requires { model_.median(scalar_theta(theta)); })
      if (quantity.kind == Kind::median) return derived(theta, [this](auto const& t) { return model_.median(t); });
    double const at = quantity.at;
    if constexpr (requires { model_.quantile(at, scalar_theta(theta)); })
      if (quantity.kind == Kind::quantile)
        return derived(theta, [this, at](auto const& t) { return model_.quantile(at, t); });
    if constexpr (requires { model_.tail(at, scalar_theta(theta)); })
      if (quantity.kind == Kind::tail) return derived(theta, [this, at](auto const& t) { return model_.tail(at, t); });
    return std::nullopt;
  }
  /// A function of theta with its gradient, by automatic differentiation.
  template <class F>
  static Functional derived(std::span<double const> theta, F const& f) {
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
  static Theta<double, p> scalar_theta(std::span<double const> theta) {
    expects(theta.size() == p, "the parameter vector has the wrong length, give one value a parameter");
    Theta<double, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = theta[a];
    return t;
  }
  static LaneTheta lane_theta(Lanes const* theta) {
    LaneTheta t;
    for (std::size_t a = 0; a < p; ++a) t[a] = theta[a];
    return t;
  }
  static FISHERLAB_INLINE ObservationOf<M, Lanes> observation(Sample const& sample, std::int64_t i) {
    if constexpr (width == 1) {
      return sample.data()[i];
    } else {
      std::array<Lanes, width> x;
      for (std::size_t d = 0; d < width; ++d) x[d] = sample(i, static_cast<int>(d));
      return x;
    }
  }

  /// Derivative of the log density along the tangent, by automatic differentiation.
  Lanes directional_score(ObservationOf<M, Lanes> const& x, std::span<double const> theta,
                          std::span<double const> tangent) const {
    using D = Dual<Lanes>;
    Theta<D, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = D(Lanes(theta[a]), Lanes(tangent[a]));
    return model_.log_density(constant<D>(x), t).derivative;
  }

  /// An observation as a constant of automatic differentiation.
  template <class D>
  static FISHERLAB_INLINE ObservationOf<M, D> constant(ObservationOf<M, Lanes> const& x) {
    auto const one = [](Lanes const& v) {
      if constexpr (std::is_same_v<D, Dual<Lanes>>)
        return D(v, Lanes(0.0));
      else
        return D(Dual<Lanes>(v, Lanes(0.0)), Dual<Lanes>(0.0));
    };
    if constexpr (width == 1) {
      return one(x);
    } else {
      std::array<D, width> y;
      for (std::size_t d = 0; d < width; ++d) y[d] = one(x[d]);
      return y;
    }
  }

  M model_;
  ModelCard card_;
};

template <SmoothModel M>
AnyModel erase(M model) {
  return std::make_shared<ErasedModel<M>>(std::move(model));
}

}  // namespace fisherlab::sim

#undef FISHERLAB_FLATTEN
