#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// What a model may offer beyond its law: properties of the law, estimates in closed form, starting values, exact means
/// and biases. Each hook of BatchModel is answered by the model's member of that name where it has one.
template <SmoothModel M>
class ModelOffers : public BatchModel {
  static constexpr std::size_t p = M::parameter_count;
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
  explicit ModelOffers(M model) : model_(std::move(model)), card_(M::card()) {}

  ModelCard const& card() const override { return card_; }

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
    if constexpr (requires(LaneTheta & t) { model_.settle(sample, t); }) {
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
        result.push_back(
            derived(theta, [&](auto const& t) { return model_.mean_of_estimate(t, static_cast<double>(n))[a]; }));
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

 protected:
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

  M model_;
  ModelCard card_;
};

}  // namespace fisherlab::sim
