#pragma once

#include "claims/evidence/plan.hpp"
#include "runs/pending.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

/// What a question has come to: its tallies, the measurements that its findings were judged by, and rows for reports.
void pack(Packer& packer, Pending const& pending);

/// Fills a question that nothing was kept of yet; its findings are judged again by their measurements.
/// @throws InputError when the bytes are of another question.
void unpack(Unpacker& unpacker, Pending& pending);

}  // namespace fisherlab::runs
