#pragma once

#include <array>
#include <limits>
#include <memory>
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

  std::optional<Functional> mean(std::span<double const> theta) const override {
    if constexpr (requires { model_.mean(scalar_theta(theta)); })
      return functional(theta, [this](auto const& t) { return model_.mean(t); });
    else
      return std::nullopt;
  }
  std::optional<Functional> median(std::span<double const> theta) const override {
    if constexpr (requires { model_.median(scalar_theta(theta)); })
      return functional(theta, [this](auto const& t) { return model_.median(t); });
    else
      return std::nullopt;
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
  void start(Sample const& sample, Lanes* theta) const override {
    if constexpr (OffersStart<M>) {
      auto const t = model_.start(sample);
      for (std::size_t a = 0; a < p; ++a) theta[a] = t[a];
    } else {
      throw InputError("model " + card_.name + " offers no starting values; add start(sample) to it");
    }
  }

 private:
  /// A function of theta with its gradient, by automatic differentiation.
  template <class F>
  static Functional functional(std::span<double const> theta, F const& f) {
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
    if constexpr (width == 1) {
      return model_.log_density(D(x, Lanes(0.0)), t).derivative;
    } else {
      std::array<D, width> y;
      for (std::size_t d = 0; d < width; ++d) y[d] = D(x[d], Lanes(0.0));
      return model_.log_density(y, t).derivative;
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
