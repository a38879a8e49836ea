#pragma once

namespace fisherlab::cli {

/// Exit codes of every subcommand; `verify` adds those of claims::exit_code: 1 when a finding contradicts what was
/// expected, 4 when none does but some stayed inconclusive.
inline constexpr int exit_success = 0;
inline constexpr int exit_worse = 1;      ///< `compare`: a verdict got worse; `history`: a finding drifts
inline constexpr int exit_bad_input = 2;  ///< bad usage or input; nothing was written
inline constexpr int exit_broken = 3;     ///< the run broke or was interrupted; what was done is on disk

}  // namespace fisherlab::cli
