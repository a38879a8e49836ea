#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/erased_offers.hpp"
#include "sim/models/interface/erased_tiles.hpp"

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

 public:
  explicit ErasedModel(M model) : model_(std::move(model)), card_(M::card()), offers_(erased::offers_of(model_)) {}

  ModelCard const& card() const override { return card_; }
  Offers const& offers() const override { return offers_; }
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
    erased::fill(model_, scalar_theta(theta), stream, sample);
  }
  std::unique_ptr<TileSource> tiles(std::span<double const> theta) const override {
    return erased::tiles_of(model_, scalar_theta(theta));
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

  void information(std::span<double const> theta, double* packed) const override {
    auto const value = model_.information(scalar_theta(theta));
    for (std::size_t k = 0; k < q; ++k) packed[k] = value[k];
  }
  void information(Lanes const* theta, Lanes* packed) const override {
    auto const value = model_.information(lane_theta(theta));
    for (std::size_t k = 0; k < q; ++k) packed[k] = value[k];
  }

 private:
  static Theta<double, p> scalar_theta(std::span<double const> theta) { return erased::scalar_theta<M>(theta); }
  static LaneTheta lane_theta(Lanes const* theta) { return erased::lane_theta<M>(theta); }
  static FISHERLAB_INLINE ObservationOf<M, Lanes> observation(Sample const& sample, std::int64_t i) {
    return erased::observation<M>(sample, i);
  }

  M model_;
  ModelCard card_;
  Offers offers_;
};

/// A model of one's own behind the batch interface.
template <SmoothModel M>
AnyModel erase(M model) {
  return std::make_shared<ErasedModel<M>>(std::move(model));
}

}  // namespace fisherlab::sim

#undef FISHERLAB_FLATTEN
