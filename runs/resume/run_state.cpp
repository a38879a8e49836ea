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
  packer.put(course.observations);
  packer.put(course.replicates);
  packer.put(course.experiment_seconds);
  packer.put(result.looks);
  packer.put(static_cast<std::int64_t>(pending.size()));
  for (auto const& each : pending) pack(packer, each);
  packer.put(static_cast<std::int64_t>(looks.measures().size()));
  for (auto const& measure : looks.measures()) pack(packer, measure.tally);
  looks.pack(packer);
  return std::move(packer).take();
}

void RunState::unpack(std::string_view bytes) const {
  Unpacker unpacker(bytes);
  auto& place = course.place;
  unpacker.take(place.look);
  unpacker.take(place.in_experiments);
  unpacker.take(place.finished);
  Unpacker::expect(place.look >= 0);
  unpacker.take(course.observations);
  unpacker.take(course.replicates);
  unpacker.take(course.experiment_seconds);
  unpacker.take(result.looks);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(pending));
  for (auto& each : pending) runs::unpack(unpacker, each);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(looks.measures()));
  for (auto& measure : looks.measures()) runs::unpack(unpacker, measure.tally);
  looks.begin(place.look);
  looks.unpack(unpacker);
  Unpacker::expect(unpacker.is_at_end());
}

}  // namespace fisherlab::runs
