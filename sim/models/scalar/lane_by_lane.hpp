#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/erased_parts.hpp"
#include "sim/models/scalar/scalar_offers.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// Runs a scalar model behind the batch interface, lane by lane, at the speed of scalar code: every claim and estimator
/// takes it. Lane j draws from the stream of replicate key.replicate + j, as lanes of a lane model do. Bits are the
/// same on every machine as far as the model's own functions are: with the standard library's `log` and `exp` they
/// follow the C library.
template <ScalarModel M>
class LaneByLane final : public BatchModel {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);
  using Law = ScalarLaw<M>;

 public:
  explicit LaneByLane(M model, ModelCard card = scalar_card<M>())
      : law_{std::move(model)}, card_(std::move(card)), offers_(scalar_offers(law_)) {}

  ModelCard const& card() const override { return card_; }
  Offers const& offers() const override { return offers_; }
  int dimension() const override { return static_cast<int>(M::dimension); }
  std::vector<double> constants() const override {
    if constexpr (requires { law_.model.constants(); })
      return law_.model.constants();
    else
      return {};
  }
  bool in_space(std::span<double const> theta) const override {
    return theta.size() == p && law_.model.in_space(erased::scalar_theta<M>(theta));
  }
  bool in_support(std::span<double const> x) const override {
    return x.size() == M::dimension && law_.model.in_support(x.data());
  }

  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    auto const t = erased::scalar_theta<M>(theta);
    StreamKey own = key;
    for (int lane = 0; lane < lane_count; ++lane, ++own.replicate) {
      ScalarStream stream(own);
      for (std::int64_t i = 0; i < sample.n(); ++i) Law::put(law_.model.draw(t, stream), sample, i, lane);
    }
  }

  Lanes log_likelihood(Sample const& sample, Lanes const* theta) const override {
    return law_.log_likelihood(sample, theta);
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
    if constexpr (HasInformation<M>)
      erased::copy_out(law_.model.information(erased::scalar_theta<M>(theta)), packed);
    else
      derived_information(*this, theta, packed);
  }
  /// Not-a-number in lanes where there is none.
  void information(Lanes const* theta, Lanes* packed) const override {
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const t = Law::of_lane(theta, lane);
      std::array<double, q> own;
      own.fill(std::numeric_limits<double>::quiet_NaN());
      if constexpr (HasInformation<M>)
        own = law_.model.information(t);
      else if (!derived_information_if_any(*this, t, own.data()))
        own.fill(std::numeric_limits<double>::quiet_NaN());
      for (std::size_t k = 0; k < q; ++k) packed[k].set(lane, own[k]);
    }
  }

 private:
  Lanes sums(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer, Lanes* hessian) const {
    Lanes log_likelihood = 0.0;
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const t = Law::of_lane(theta, lane);
      double total = 0;
      Theta<double, p> s{};
      Symmetric<double, p> o{}, h{};
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        auto const here = law_.at(Law::observation(sample, i, lane), t);
        total += here.value;
        for (std::size_t a = 0; a < p; ++a) s[a] += here.score[a];
        for (std::size_t a = 0; a < p; ++a)
          for (std::size_t b = 0; b <= a; ++b) o[packed_index(a, b)] += here.score[a] * here.score[b];
        for (std::size_t k = 0; k < q; ++k) h[k] += here.hessian[k];
      }
      log_likelihood.set(lane, total);
      for (std::size_t a = 0; a < p; ++a) score[a].set(lane, s[a]);
      for (std::size_t k = 0; k < q; ++k) outer[k].set(lane, o[k]);
      for (std::size_t k = 0; k < q; ++k) hessian[k].set(lane, h[k]);
    }
    return log_likelihood;
  }

  Law law_;
  ModelCard card_;
  Offers offers_;
};

/// A user's scalar model as a model of the suite, with the card that it is known by.
template <ScalarModel M>
AnyModel run_lane_by_lane(M model, ModelCard card = scalar_card<M>()) {
  return std::make_shared<LaneByLane<M>>(std::move(model), std::move(card));
}

}  // namespace fisherlab::sim
