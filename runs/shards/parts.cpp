#include "runs/shards/parts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "runs/experiments.hpp"
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
  std::vector<std::size_t> done;
  if (work.course.place.look == 0) done = experiments_of(work.pending);  // later ones hold those of before
  std::erase_if(done, [&work](std::size_t k) { return !work.pending[k].is_carried_out; });
  packer.put(std::ssize(done));
  for (auto const k : done) {
    packer.put(static_cast<std::int64_t>(k));
    pack(packer, work.pending[k]);
  }
  return std::move(packer).take();
}

void add_parts(RunWork& work, std::string_view bytes) {
  Unpacker unpacker(bytes);
  count(work, -1);
  work.looks.unpack(unpacker);
  count(work, 1);
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto const k = unpacker.get<std::int64_t>();
    Unpacker::expect(k >= 0 && k < std::ssize(work.pending));
    auto& pending = work.pending[static_cast<std::size_t>(k)];
    Unpacker::expect(pending.question->experiment() != nullptr && !pending.is_carried_out);
    unpack(unpacker, pending);
    Unpacker::expect(pending.is_carried_out);
  }
  Unpacker::expect(unpacker.is_at_end());
}

void forget_parts(RunWork& work) {
  work.looks.forget();
  for (auto& pending : work.pending)
    if (pending.is_carried_out) pending = begun(*pending.question);
}

Left left_of(RunWork const& work, LookWork const& share, std::vector<std::size_t> const& experiments) {
  Left left;
  auto const missing = work.looks.missing();
  for (std::size_t k = 0; k < share.size(); ++k) left.blocks += block_count(common(missing[k], share[k]));
  left.experiments =
      std::ranges::count_if(experiments, [&work](std::size_t k) { return !work.pending[k].is_carried_out; });
  return left;
}

}  // namespace fisherlab::runs
