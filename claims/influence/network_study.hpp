#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "claims/influence/network_evidence.hpp"

namespace fisherlab::claims {

inline constexpr char const* depth_id = "influence-depth";
inline constexpr char const* decay_id = "influence-weight-decay";
inline constexpr char const* point_id = "influence-test-point";

/// The networks of a case, and what the claims put together on it have measured.
struct NetworkStudy {
  std::uint64_t seed = 0;
  NetworkGrid grid;
  std::vector<Network> networks;
  OverSplits depth;
  OverSplits decay;
  OverSplits spread;
  std::map<std::string, HolmStep> steps;  ///< of the claims put together on the case, by id

  NetworkTable table() const { return {grid, networks}; }
};

/// The option plant = shuffled: actual effects in random order.
bool is_shuffled(DataCase const& the_case);

/// The option family-error, Holm's over the claims put together.
double network_family_error(DataCase const& the_case);

/// What each claim measures: a control its one figure, else its findings in the order of its question. Networks are
/// trained by whoever asks first, and kept in `the_case.together`.
ExperimentResult depth_result(DataCase const& the_case, ExperimentRun const& run);
ExperimentResult decay_result(DataCase const& the_case, ExperimentRun const& run);
ExperimentResult point_result(DataCase const& the_case, ExperimentRun const& run);

/// Rows of the reports: 1 - r of the worst test point at each depth, mean over splits; and the effects on the worst
/// test point of the first split, at each depth and the case's own penalty.
std::vector<ConvergenceRow> disagreement_rows(NetworkStudy const& study, std::vector<double> const& penalties);
std::vector<InfluenceRow> network_rows(DataCase const& the_case, NetworkStudy const& study);

}  // namespace fisherlab::claims
