#pragma once

#include "base/api.hpp"

namespace fisherlab::sim {

/// How many of `wanted` threads the system lets run at once, tried by starting them: where memory or processes are
/// limited (`ulimit -v`, `ulimit -u`, pids.max) it may be fewer, down to none. oneTBB starts its threads inside the
/// work, and ends the program where one cannot be had, so it is asked before. The threads that are tried have the
/// system's stack, twice that of oneTBB's: what the work needs beside them finds room in the difference.
FISHERLAB_API int available_threads(int wanted);

}  // namespace fisherlab::sim
