#include "runs/shards/parts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "runs/experiment_work.hpp"
#include "runs/resume/pack_pending.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

void count(RunWork& work, int sign) {
  auto const missing = work.looks.missing(), all = work.looks.all();
  auto const sizes = work.looks.sizes();
  for (std::size_t k = 0; k < all.size(); ++k) {
    auto const replicates = sign * (block_count(all[k]) - block_count(missing[k])) * sim::block_size;
    work.course.replicates += replicates;
    work.course.observations += replicates * sizes[k];
  }
}

}  // namespace

std::string packed_parts(RunWork const& work) {
  Packer packer;
  work.looks.pack(packer);
  ExperimentWork done;
  if (work.course.place.look == 0) done = experiment_work(work.pending);  // later ones hold those of before
  std::erase_if(done, [&work](ExperimentUnit const& unit) { return !is_done(unit, work.pending); });
  packer.put(std::ssize(done));
  for (auto const& unit : done) {
    pack(packer, unit);
    auto const& pending = work.pending[unit.question];
    if (unit.piece == ExperimentUnit::whole)
      pack(packer, pending);
    else
      pack(packer, pending.pieces.at(unit.piece));
  }
  return std::move(packer).take();
}

void add_parts(RunWork& work, std::string_view bytes) {
  Unpacker unpacker(bytes);
  count(work, -1);
  work.looks.unpack(unpacker);
  count(work, 1);
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto const unit = unit_in(unpacker, work.pending);
    Unpacker::expect(!is_done(unit, work.pending));
    auto& pending = work.pending[unit.question];
    if (unit.piece == ExperimentUnit::whole)
      unpack(unpacker, pending);
    else
      pending.pieces.emplace(unit.piece, piece_in(unpacker, *pending.question));
    Unpacker::expect(is_done(unit, work.pending));
  }
  Unpacker::expect(unpacker.is_at_end());
}

void forget_parts(RunWork& work) {
  work.looks.forget();
  for (auto& pending : work.pending) {
    if (pending.is_carried_out) pending = begun(*pending.question);
    pending.pieces.clear();
  }
}

Left left_of(RunWork const& work, LookWork const& share, ExperimentWork const& experiments) {
  Left left;
  auto const missing = work.looks.missing();
  for (std::size_t k = 0; k < share.size(); ++k) left.blocks += block_count(common(missing[k], share[k]));
  left.experiments =
      std::ranges::count_if(experiments, [&work](ExperimentUnit const& unit) { return !is_done(unit, work.pending); });
  return left;
}

}  // namespace fisherlab::runs
