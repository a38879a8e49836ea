#pragma once

#include "claims/evidence/plan.hpp"
#include "runs/experiment_work.hpp"
#include "runs/pending.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

/// What a question has come to: its tallies, the measurements that its findings were judged by, and rows for reports.
void pack(Packer& packer, Pending const& pending);

/// Fills a question that nothing was kept of yet; its findings are judged again by their measurements.
/// @throws InputError when the bytes are of another question.
void unpack(Unpacker& unpacker, Pending& pending);

/// A unit of the experiments. @throws InputError when there is none such.
void pack(Packer& packer, ExperimentUnit const& unit);
ExperimentUnit unit_in(Unpacker& unpacker, std::vector<Pending> const& pending);

/// A piece of an experiment. @throws InputError when it is none of this question.
void pack(Packer& packer, claims::Piece const& piece);
claims::Piece piece_in(Unpacker& unpacker, claims::Question const& question);

}  // namespace fisherlab::runs
