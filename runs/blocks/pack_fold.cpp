#include "runs/blocks/pack_fold.hpp"

#include <cstdint>
#include <utility>

#include "runs/resume/pack_tally.hpp"

namespace fisherlab::runs {

void pack(Packer& packer, BlockFold const& fold) {
  packer.put(static_cast<std::int64_t>(fold.nodes().size()));
  for (auto const& [first, node] : fold.nodes()) {
    packer.put(first);
    packer.put(node.blocks);
    packer.put(static_cast<std::int64_t>(node.tallies.size()));
    for (auto const& tally : node.tallies) pack(packer, tally);
  }
}

void unpack(Unpacker& unpacker, std::vector<sim::TallyShape> const& shapes, BlockFold& fold) {
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto const first = unpacker.get<std::int64_t>();
    BlockFold::Node node{unpacker.get<std::int64_t>(), {}};
    Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(shapes));
    for (auto const& shape : shapes) unpack(unpacker, node.tallies.emplace_back(shape));
    Unpacker::expect(fold.add(first, std::move(node)));
  }
}

}  // namespace fisherlab::runs
