#pragma once

#include <string>

namespace fisherlab::cli {

/// Makes writing to stdout and stderr safe: a reader that leaves ends no program, and a stream that the caller closed
/// is not the next file that is opened.
void guard_standard_streams();

/// Whether all that was printed to stdout has arrived. Otherwise `reason` says why not; it is empty where the reader
/// left (`| head`), who knows.
bool has_arrived(std::string& reason);

}  // namespace fisherlab::cli
