#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/interval.hpp"
#include "claims/claim.hpp"
#include "claims/evidence/judge.hpp"

namespace fisherlab::claims {

/// How a discrepancy, or any statistic, is measured from one probe's tally.
using FromTally = std::function<Interval(sim::Tally const&, double alpha)>;

/// Adds one scenario a size of the case to the question.
void add_scenarios(Case const& the_case, Sampled& question);

/// Region of a statement that is exact at every n: an interval that leaves the target by more than `within` refutes it,
/// whatever the margin.
inline Region exactly(RegionKind kind, double target, double margin, double within = rounding_of_exact_values) {
  return {kind, target, margin, within};
}

/// Adds a finding that rests on one probe.
void add_finding(Sampled& question, std::size_t probe, std::string statistic, Region const& region, FromTally measure);

/// A statement about a limit: the discrepancy at each n falls at a rate, and is small at the largest n.
struct Limit {
  std::string statistic;       ///< of the discrepancy, in words
  std::optional<double> rate;  ///< expected exponent r of n^-r; none where the case is exact at every n
  double margin = 0;           ///< largest discrepancy at the largest n
};

/// A discrepancy at each size, measured from any of a question's tallies.
struct DiscrepancyGrid {
  std::vector<std::int64_t> sizes;               ///< n, ascending or not
  std::vector<std::vector<std::size_t>> probes;  ///< those behind each size, whose replicates are counted
  /// The discrepancy at size number k, at error alpha.
  std::function<Interval(std::span<sim::Tally const> tallies, std::size_t k, double alpha)> at;
};
/// Adds the findings of a limit over a grid: its rate, where one is expected, and the discrepancy at the largest n.
void add_limit(Sampled& question, Limit const& limit, DiscrepancyGrid const& grid);
/// Adds a finding about the discrepancy at size number k.
void add_finding(Sampled& question, DiscrepancyGrid const& grid, std::size_t k, std::string statistic,
                 Region const& region);

/// Adds the findings of a limit: `rate` at least the expected one less 0.25 over all sizes, each at its share of the
/// error; and the discrepancy at the largest n. `probes`: one a size, in the order of the sizes.
void add_limit(Sampled& question, std::vector<std::size_t> const& probes, Limit const& limit, FromTally discrepancy);

/// The same for a discrepancy whose unit depends on n.
using FromTallyAndSize = std::function<Interval(sim::Tally const&, double n, double alpha)>;
/// Adds the findings of a limit whose discrepancy is measured in a unit of n.
void add_limit_of_n(Sampled& question, std::vector<std::size_t> const& probes, Limit const& limit,
                    FromTallyAndSize discrepancy);

/// The expected rate of a case: its option `rate`, a number or "none". A single size has no rate.
std::optional<double> expected_rate(Case const& the_case);

}  // namespace fisherlab::claims
