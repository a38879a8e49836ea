#pragma once

#include <span>

#include "runs/resume/packing.hpp"

namespace fisherlab::cli {

/// Puts numbers that decide a run; many of them by the digests of their pieces, so that they are not held twice.
void put_digested(runs::Packer& packer, std::span<double const> values);

}  // namespace fisherlab::cli
