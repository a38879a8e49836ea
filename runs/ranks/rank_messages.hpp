#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runs/experiment_work.hpp"
#include "runs/ranks/ranks.hpp"
#include "runs/run_work.hpp"

namespace fisherlab::runs {

/// The first byte of a message says what it is.
namespace word {
inline constexpr char look = 'L';    ///< leader: a look begins, with its assignment
inline constexpr char stop = 'S';    ///< leader: end at the next block
inline constexpr char end = 'E';     ///< leader: there is no further look
inline constexpr char parts = 'P';   ///< done since the last message
inline constexpr char last = 'F';    ///< the same, and the share of the look is done
inline constexpr char late = 'D';    ///< the same, and the deadline cut it
inline constexpr char cut = 'C';     ///< the same, and a signal cut it
inline constexpr char failed = 'X';  ///< the rank has failed, and why
}  // namespace word

/// What is left to do of a look, for all ranks.
struct Assignment {
  LookWork blocks;
  ExperimentWork experiments;
};
Assignment left_to_do(RunWork const& work);

/// What one rank does of it.
Assignment share_of(Assignment const& all, RunWork const& work, Ranks const& ranks);

/// As a message: the look of the leader, which findings are open, and what is left to do.
std::string packed_assignment(Assignment const& all, RunWork const& work, std::string const& identity);

/// Puts a follower into the look of the leader.
/// @throws InputError when that has another identity or other questions.
Assignment taken_assignment(RunWork& work, std::string const& identity, std::string_view bytes);

}  // namespace fisherlab::runs
