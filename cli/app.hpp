#pragma once

#include "claims/shipped.hpp"

namespace fisherlab::cli {

/// The program: parses the command line, runs the subcommand and gives the exit code (exit_codes.hpp). Whatever goes
/// wrong is told in one sentence on stderr. `catalogue`: what it can name;
/// a program of one's own adds its models, estimators and claims.
int run_app(int argc, char const* const* argv, claims::Catalogue const& catalogue = claims::shipped());

}  // namespace fisherlab::cli
