#pragma once

#include "claims/influence/networks.hpp"

namespace fisherlab::claims {

/// What training a network and refitting it came to, as numbers.
Piece piece_of(Network const& network);

/// Gives it back to a network of the same split, depth and penalty, to the bit.
/// @throws InputError for numbers that no network came to.
void take(Network& network, Piece const& piece);

}  // namespace fisherlab::claims
