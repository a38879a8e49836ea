#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "claims/setting.hpp"
#include "runs/diagnosis/censored/censored_data.hpp"
#include "runs/diagnosis/censored/censoring_law.hpp"
#include "runs/diagnosis/censored/interval_censoring.hpp"

namespace fisherlab::runs {

/// Is shown a sample, and the lane that it came from.
using CensoredVisit = std::function<void(int lane, estimators::CensoredSample const&)>;

/// Shows the samples of replicates first, first + 1, ... (`lanes` of them, eight at most). Callable from any thread.
using CensoredSource = std::function<void(std::int64_t first, int lanes, CensoredVisit const& visit)>;

/// Where the random numbers of samples come from: those of one purpose are others than those of the next.
struct DrawAddress {
  std::uint64_t seed;
  std::uint64_t lives, ends;  ///< streams of lives, and of what is drawn to give them up

  DrawAddress(std::uint64_t the_seed, std::string const& purpose);
  /// Both streams from one.
  DrawAddress(std::uint64_t the_seed, std::uint64_t stream);
};

/// Draws lives and gives their observations up as those of the data were: by CensoringLaw, or by IntervalCensoring
/// where some of the data lie between two values.
class CensoredDraws {
 public:
  explicit CensoredDraws(CensoredData const& data);

  /// Samples of n lives of `law`, which may be another than the data's model; `grid`: exact values are rounded to its
  /// multiples, unless it is 0. Keeps a reference to this.
  CensoredSource of(claims::Law const& law, std::int64_t n, DrawAddress const& address, double grid = 0) const;

 private:
  CensoringLaw censoring_;
  std::optional<IntervalCensoring> intervals_;
};

/// Samples of n rows of the data, drawn with replacement. Keeps a reference to `data`.
/// Source: Efron (1981), J. Amer. Statist. Assoc. 76, 312-319.
CensoredSource resampled(estimators::CensoredSample const& data, std::int64_t n, DrawAddress const& address);

}  // namespace fisherlab::runs
