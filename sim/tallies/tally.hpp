#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/tallies/extremes.hpp"
#include "sim/tallies/histogram.hpp"
#include "sim/tallies/moments.hpp"
#include "sim/tallies/powers.hpp"

namespace fisherlab::sim {

/// What a tally keeps of each replicate.
struct TallyShape {
  int values = 0;      ///< components whose means and covariances are kept
  int successes = 0;   ///< yes-or-no outcomes that are counted
  int positions = 0;   ///< standardised statistics whose law is kept as a histogram
  bool marks = false;  ///< a 64-bit mark of each replicate, to find replicates that are the same
  int records = 0;     ///< numbers kept of every replicate drawn, failed ones included (as NaN), in replicate order
  std::vector<PowerBlock> powers = {};  ///< blocks of the values whose joint moments of higher degree are kept
  bool extremes = true;                 ///< which replicates gave the extremes of the values and of the positions
  int group = 0;                        ///< covariances are kept within groups of so many values; 0: of all
};

/// Everything kept of many replicates: a monoid under `merge`. `dropped` counts replicates that gave no result; they
/// enter nothing else.
struct FISHERLAB_API Tally {
  std::int64_t dropped = 0;             ///< replicates whose fit failed
  Moments moments;                      ///< of the values
  std::int64_t count = 0;               ///< replicates with a result
  std::vector<std::int64_t> successes;  ///< how often each outcome was yes
  std::vector<Histogram> positions;     ///< laws of the standardised statistics
  std::vector<std::uint64_t> marks;     ///< one a replicate
  std::vector<double> records;          ///< all that was kept, replicate by replicate
  std::vector<Powers> powers;           ///< joint moments of the blocks
  std::vector<Extremes> extremes;       ///< of the values, then of the positions; told to people, in no fingerprint
  std::vector<std::int64_t> failures;   ///< the first of those dropped, by number; in no fingerprint either

  /// How many failures are named.
  static constexpr std::size_t most_failures = 100;

  /// Empty, with room for what the shape keeps.
  explicit Tally(TallyShape const& shape = {});
  /// Adds the replicates of another tally of the same shape, after its own.
  void merge(Tally const& other);
  /// A 64-bit hash of every bit of the tally.
  std::uint64_t fingerprint() const;
};

/// What one batch of eight replicates adds: as many entries as the shape says. Lanes outside `used` are ignored.
struct FISHERLAB_API Observed {
  LaneSet used = 0;                ///< replicates with a result
  LaneSet dropped = 0;             ///< replicates drawn whose fit failed
  std::vector<Lanes> values;       ///< of the components
  std::vector<LaneSet> successes;  ///< lanes in which each outcome is yes
  std::vector<Lanes> positions;    ///< the standardised statistics
  LaneBits marks;                  ///< of each lane
  std::vector<Lanes> records;      ///< the numbers to keep

  /// Nothing seen yet, with room for what the shape keeps.
  explicit Observed(TallyShape const& shape = {});
};

/// Folds batches of one block: sums a lane, reduced in a fixed order at the end. The sums are those of deviations from
/// the first replicate that counts, so that over a block of 1,024 replicates they lose no more than ten bits to
/// cancellation wherever the values lie, and a value that never varies has a variance of exactly zero.
class FISHERLAB_API BlockTally {
 public:
  /// Nothing folded yet. @param first  number of the first replicate of the block
  explicit BlockTally(TallyShape const& shape, std::int64_t first = 0);
  /// Adds the next batch.
  void fold(Observed const& batch);
  /// The tally of all batches so far.
  Tally finish() const& { return BlockTally(*this).finished(); }
  /// The same, of a block that is not needed any more.
  Tally finish() && { return finished(); }

 private:
  void choose_centre(Observed const& batch);
  void note_failures(LaneSet dropped);
  Tally finished();

  Tally tally_;
  std::int64_t first_;
  std::int64_t batches_ = 0;
  std::vector<BlockExtremes> extremes_;
  std::vector<double> centre_;
  std::vector<Lanes> deviations_;
  std::vector<Lanes> sums_;
  std::vector<Lanes> products_;
  std::vector<BlockPowers> powers_;
  bool marks_;
};

}  // namespace fisherlab::sim
