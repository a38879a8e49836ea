#include "runs/resume/run_state.hpp"

#include <utility>

#include "runs/resume/pack_pending.hpp"
#include "runs/resume/pack_tally.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

std::string RunState::packed() const {
  Packer packer;
  auto const& place = course.place;
  packer.put(place.look);
  packer.put(place.in_experiments);
  packer.put(place.finished);
  packer.put(static_cast<std::int64_t>(place.done));
  packer.put(place.folded);
  packer.put(course.observations);
  packer.put(course.replicates);
  packer.put(course.experiment_seconds);
  packer.put(result.notes);
  packer.put(result.looks);
  packer.put(static_cast<std::int64_t>(pending.size()));
  for (auto const& each : pending) pack(packer, each);
  packer.put(static_cast<std::int64_t>(measures.size()));
  for (auto const& measure : measures) pack(packer, measure.tally);
  return std::move(packer).take();
}

void RunState::unpack(std::string_view bytes) const {
  Unpacker unpacker(bytes);
  auto& place = course.place;
  unpacker.take(place.look);
  unpacker.take(place.in_experiments);
  unpacker.take(place.finished);
  auto const done = unpacker.get<std::int64_t>();
  unpacker.take(place.folded);
  Unpacker::expect(place.look >= 0 && done >= 0 && place.folded >= 0);
  place.done = static_cast<std::size_t>(done);
  unpacker.take(course.observations);
  unpacker.take(course.replicates);
  unpacker.take(course.experiment_seconds);
  unpacker.take(result.notes);
  unpacker.take(result.looks);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(pending));
  for (auto& each : pending) runs::unpack(unpacker, each);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(measures));
  for (auto& measure : measures) runs::unpack(unpacker, measure.tally);
  Unpacker::expect(unpacker.is_at_end());
}

}  // namespace fisherlab::runs
