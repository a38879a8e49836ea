#pragma once

#include "claims/shipped.hpp"
#include "cli/app.hpp"
#include "sim/models/interface/own_model.hpp"

namespace fisherlab {

/// The whole program with models of one's own beside the shipped ones: every subcommand, every claim.
///   int main(int argc, char** argv) { return fisherlab::main<SkewNormal, Decay>(argc, argv); }
template <class... Models>
int main(int argc, char const* const* argv) {
  auto catalogue = claims::shipped();
  ((catalogue = catalogue.with(sim::own_model<Models>())), ...);
  return cli::run_app(argc, argv, catalogue);
}

}  // namespace fisherlab
