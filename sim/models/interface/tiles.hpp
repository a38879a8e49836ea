#pragma once

#include <optional>

#include "sim/lanes.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// Draws samples tile by tile, so that none need be kept: the numbers of BatchModel::draw(), in their order. All tiles
/// of a sample but the last are a multiple of `tile_size` long.
class TileSource {
 public:
  virtual ~TileSource() = default;
  /// The samples of replicates key.replicate ... key.replicate + 7 come next.
  virtual void begin(StreamKey const& key) = 0;
  /// Fills the tile with the next observations of them.
  virtual void next(Sample& tile) = 0;
};

/// What an estimate needs of eight samples, gathered tile by tile.
class TileTotals {
 public:
  virtual ~TileTotals() = default;
  /// Other samples come next.
  virtual void clear() = 0;
  /// The next observations; all tiles of a sample but the last are a multiple of `tile_size` long.
  virtual void add(Sample const& tile) = 0;
  /// The estimate, and the lanes in which it exists, to the last bit as from the whole sample; nothing where that has
  /// to be looked at.
  virtual std::optional<LaneSet> fit(Lanes* theta) const = 0;
};

}  // namespace fisherlab::sim
