#pragma once

#include <span>
#include <string_view>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// Whether Boost.Random can draw from a model, by a distribution of its own or composed from its variates.
FISHERLAB_API bool has_boost_draws(BatchModel const& model);

/// The same model, whose samples come from Boost.Random's distributions on mt19937_64, in place of lanes and Philox: a
/// second source, which shares no code with the first. The engine of a replicate is seeded with its address (seed,
/// scenario, replicate) by seed_seq, so that samples depend neither on threads nor on each other. The same bits are
/// promised for one machine and one version of Boost alone, since distributions may change theirs, and use the
/// mathematics of the C library.
/// @throws InputError for a model that Boost.Random cannot draw from.
FISHERLAB_API AnyModel drawn_by_boost(AnyModel model);

/// Whether it is such a one.
FISHERLAB_API bool is_drawn_by_boost(BatchModel const& model);

}  // namespace fisherlab::sim
