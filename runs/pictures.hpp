#pragma once

#include <cstdint>
#include <span>

#include "claims/claim.hpp"
#include "findings/pictures.hpp"
#include "runs/replicates.hpp"

namespace fisherlab::runs {

/// The rows of a question's pictures, with its sketches drawn from `seed`; none
/// for a question without.
/// @throws sim::Interrupted when told to stop.
PictureRows pictures_of(claims::Question const& question, std::span<sim::Tally const> tallies, std::uint64_t seed,
                        Execution const& execution);

/// Adds rows to those of other questions. Where two say the same (equal claim,
/// law, n, component, method), the one from more replicates is kept, or the
/// first.
void add_pictures(PictureRows& all, PictureRows const& more);

}  // namespace fisherlab::runs
