#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// A model written for one number at a time, with ordinary functions of `double`: no templates, no lanes. A law without
/// all moments also has moment_order(theta) (Offers).
template <class M>
concept ScalarModel = requires(M const m, Theta<double, M::parameter_count> const theta, ScalarStream& stream,
                               std::vector<double> const sample) {
  { M::card() } -> std::same_as<ModelCard>;
  { m.in_space(theta) } -> std::same_as<bool>;
  { m.in_support(0.0) } -> std::same_as<bool>;
  { m.log_density(0.0, theta) } -> std::same_as<double>;
  { m.score(0.0, theta) } -> std::same_as<Theta<double, M::parameter_count>>;
  { m.hessian(0.0, theta) } -> std::same_as<Symmetric<double, M::parameter_count>>;
  { m.information(theta) } -> std::same_as<Symmetric<double, M::parameter_count>>;
  { m.draw(theta, stream) } -> std::same_as<double>;
  { m.start(sample) } -> std::same_as<Theta<double, M::parameter_count>>;
};

/// Runs a scalar model behind the batch interface, lane by lane, at the speed of scalar code: every claim and estimator
/// takes it that needs no more than its offers, directional scores (from its own score, since ordinary functions cannot
/// be differentiated automatically) and a start. Lane j draws from the stream of replicate key.replicate + j, as lanes
/// of a lane model do. Bits are the same on every machine as far as the model's own functions are: with the standard
/// library's `log` and `exp` they follow the C library.
template <ScalarModel M>
class LaneByLane final : public BatchModel {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);

 public:
  explicit LaneByLane(M model) : model_(std::move(model)), card_(M::card()), offers_(offers_of(model_)) {}

  ModelCard const& card() const override { return card_; }
  Offers const& offers() const override { return offers_; }
  int dimension() const override { return 1; }
  std::vector<double> constants() const override { return {}; }
  bool in_space(std::span<double const> theta) const override {
    return theta.size() == p && model_.in_space(scalar(theta));
  }
  bool in_support(std::span<double const> x) const override { return x.size() == 1 && model_.in_support(x[0]); }

  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    auto const t = scalar(theta);
    StreamKey own = key;
    for (int lane = 0; lane < lane_count; ++lane, ++own.replicate) {
      ScalarStream stream(own);
      for (std::int64_t i = 0; i < sample.n(); ++i) sample(i).set(lane, model_.draw(t, stream));
    }
  }

  Lanes log_likelihood(Sample const& sample, Lanes const* theta) const override {
    std::array<Lanes, p> score;
    std::array<Lanes, q> hessian;
    return derivatives(sample, theta, score.data(), hessian.data());
  }
  Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* hessian) const override {
    std::array<Lanes, q> outer;
    return sums(sample, theta, score, outer.data(), hessian);
  }
  void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                      Lanes* hessian) const override {
    sums(sample, theta, score, outer, hessian);
  }
  void information(std::span<double const> theta, double* packed) const override {
    auto const value = model_.information(scalar(theta));
    for (std::size_t k = 0; k < q; ++k) packed[k] = value[k];
  }
  void information(Lanes const* theta, Lanes* packed) const override {
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const value = model_.information(of_lane(theta, lane));
      for (std::size_t k = 0; k < q; ++k) packed[k].set(lane, value[k]);
    }
  }

 private:
  static Theta<double, p> scalar(std::span<double const> theta) {
    expects(theta.size() == p, "the parameter vector has the wrong length, give one value a parameter");
    Theta<double, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = theta[a];
    return t;
  }
  static Theta<double, p> of_lane(Lanes const* theta, int lane) {
    Theta<double, p> t;
    for (std::size_t a = 0; a < p; ++a) t[a] = theta[a][lane];
    return t;
  }
  static Offers offers_of(M const& model) {
    Offers offers;
    offers.directional_scores = [model](Sample const& sample, Point theta, Point tangent, Lanes& sum, Lanes& squares) {
      along(model, sample, scalar(theta), tangent, sum, squares);
    };
    offers.start = [model](Sample const& sample, int, Lanes* theta) {
      std::vector<double> x(static_cast<std::size_t>(sample.n()));
      for (int lane = 0; lane < lane_count; ++lane) {
        for (std::int64_t i = 0; i < sample.n(); ++i) x[static_cast<std::size_t>(i)] = sample(i)[lane];
        auto const t = model.start(x);
        for (std::size_t a = 0; a < p; ++a) theta[a].set(lane, t[a]);
      }
    };
    if constexpr (requires(Theta<double, p> const& t) { model.moment_order(t); })
      offers.moment_order = [model](Point theta) { return model.moment_order(scalar(theta)); };
    return offers;
  }

  /// Sums of the score along the tangent, and of its square.
  static void along(M const& model, Sample const& sample, Theta<double, p> const& t, Point tangent, Lanes& sum,
                    Lanes& sum_of_squares) {
    for (int lane = 0; lane < lane_count; ++lane) {
      double total = 0, squares = 0;
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        auto const s = model.score(sample(i)[lane], t);
        double one = 0;
        for (std::size_t a = 0; a < p; ++a) one += s[a] * tangent[a];
        total += one;
        squares += one * one;
      }
      sum.set(lane, total);
      sum_of_squares.set(lane, squares);
    }
  }

  Lanes sums(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer, Lanes* hessian) const {
    Lanes log_likelihood = 0.0;
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const t = of_lane(theta, lane);
      double total = 0;
      Theta<double, p> s{};
      Symmetric<double, p> o{}, h{};
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        double const x = sample(i)[lane];
        total += model_.log_density(x, t);
        auto const si = model_.score(x, t);
        auto const hi = model_.hessian(x, t);
        for (std::size_t a = 0; a < p; ++a) s[a] += si[a];
        for (std::size_t a = 0; a < p; ++a)
          for (std::size_t b = 0; b <= a; ++b) o[packed_index(a, b)] += si[a] * si[b];
        for (std::size_t k = 0; k < q; ++k) h[k] += hi[k];
      }
      log_likelihood.set(lane, total);
      for (std::size_t a = 0; a < p; ++a) score[a].set(lane, s[a]);
      for (std::size_t k = 0; k < q; ++k) outer[k].set(lane, o[k]);
      for (std::size_t k = 0; k < q; ++k) hessian[k].set(lane, h[k]);
    }
    return log_likelihood;
  }

  M model_;
  ModelCard card_;
  Offers offers_;
};

/// A user's scalar model as a model of the suite.
template <ScalarModel M>
AnyModel run_lane_by_lane(M model) {
  return std::make_shared<LaneByLane<M>>(std::move(model));
}

}  // namespace fisherlab::sim
