#pragma once

namespace fisherlab::cli {

/// The program: parses the command line, runs the subcommand and gives the exit code (exit_codes.hpp). Whatever goes
/// wrong is told in one sentence on stderr.
int run_app(int argc, char const* const* argv);

}  // namespace fisherlab::cli
