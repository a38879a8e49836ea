#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "sim/models/interface/erased_parts.hpp"
#include "sim/models/interface/tiles.hpp"

namespace fisherlab::sim::erased {

/// The next observations of a stream. Not copied to where it is called: the draw in its loop then has one caller, and
/// the compiler takes it into the loop. Theta and the stream are copies there, for what is stored into the sample may
/// change neither, and so they stay in registers.
template <class M>
[[gnu::noinline]] void fill(M const& model, Theta<double, M::parameter_count> const& theta, LaneStream& stream,
                            Sample& sample) {
  if constexpr (FillsSamples<M>) {
    model.fill(theta, stream, sample);
  } else {
    auto const t = theta;
    auto own = stream;
    for (std::int64_t i = 0, n = sample.n(); i < n; ++i) {
      auto const x = model.draw(t, own);
      if constexpr (M::dimension == 1)
        sample(i) = x;
      else
        for (std::size_t d = 0; d < M::dimension; ++d) sample(i, static_cast<int>(d)) = x[d];
    }
    stream = own;
  }
}

template <class M>
class Tiles final : public TileSource {
 public:
  Tiles(M model, Theta<double, M::parameter_count> const& theta) : model_(std::move(model)), theta_(theta) {}
  void begin(StreamKey const& key) override { stream_ = LaneStream(key); }
  void next(Sample& tile) override { fill(model_, theta_, stream_, tile); }

 private:
  M model_;
  Theta<double, M::parameter_count> theta_;
  LaneStream stream_{StreamKey{}};
};

/// Null where a sample is filled as a whole: a model that fills it by itself says where it does so tile by tile.
template <class M>
std::unique_ptr<TileSource> tiles_of(M const& model, Theta<double, M::parameter_count> const& theta) {
  if constexpr (requires { model.fills_in_tiles(theta); }) {
    if (!model.fills_in_tiles(theta)) return nullptr;
  } else if constexpr (FillsSamples<M>) {
    return nullptr;
  }
  return std::make_unique<Tiles<M>>(model, theta);
}

template <class M>
class Totals final : public TileTotals {
 public:
  explicit Totals(M model) : model_(std::move(model)), totals_(model_.totals()) {}
  void clear() override { totals_ = model_.totals(); }
  void add(Sample const& tile) override { totals_.add(tile); }
  std::optional<LaneSet> fit(Lanes* theta) const override {
    Theta<Lanes, M::parameter_count> t;
    t.fill(std::numeric_limits<double>::quiet_NaN());
    std::optional<LaneSet> const found = model_.fit(totals_, t);
    copy_out(t, theta);
    return found;
  }

 private:
  M model_;
  decltype(std::declval<M const&>().totals()) totals_;
};

}  // namespace fisherlab::sim::erased
