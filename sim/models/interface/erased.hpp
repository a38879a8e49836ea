#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include "base/expects.hpp"
#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/erased_offers.hpp"

/// Everything called inside is inlined, so that what log density, score and Hessian have in common is computed once.
#define FISHERLAB_FLATTEN __attribute__((flatten))

namespace fisherlab::sim {

/// A model behind the batch interface. Instantiated once a model, in the model's own file.
template <SmoothModel M>
class ErasedModel final : public ModelOffers<M> {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);
  static constexpr std::size_t width = M::dimension;
  using LaneTheta = Theta<Lanes, p>;

 public:
  using ModelOffers<M>::ModelOffers;

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

 private:
  using ModelOffers<M>::model_;
  using ModelOffers<M>::scalar_theta;
  using ModelOffers<M>::lane_theta;

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
};

template <SmoothModel M>
AnyModel erase(M model) {
  return std::make_shared<ErasedModel<M>>(std::move(model));
}

}  // namespace fisherlab::sim

#undef FISHERLAB_FLATTEN
