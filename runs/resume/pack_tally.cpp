#include "runs/resume/pack_tally.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fisherlab::runs {
namespace {

void pack(Packer& packer, std::vector<sim::Extreme> const& extremes) {
  packer.put(static_cast<std::int64_t>(extremes.size()));
  for (auto const& [value, replicate] : extremes) {
    packer.put(value);
    packer.put(replicate);
  }
}

void unpack(Unpacker& unpacker, std::vector<sim::Extreme>& extremes) {
  auto const size = unpacker.get<std::int64_t>();
  Unpacker::expect(size >= 0 && std::cmp_less_equal(size, sim::Extremes::most));
  extremes.resize(static_cast<std::size_t>(size));
  for (auto& [value, replicate] : extremes) {
    unpacker.take(value);
    unpacker.take(replicate);
  }
}

/// Values whose number the shape decides.
template <class Value>
void unpack_as_many(Unpacker& unpacker, std::vector<Value>& values) {
  auto const size = values.size();
  unpacker.take(values);
  Unpacker::expect(values.size() == size);
}

/// Cells one by one; behind an empty one stands how many more are empty.
void pack_cells(Packer& packer, std::vector<std::int64_t> const& cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    packer.put(cells[k]);
    if (cells[k] != 0) continue;
    std::size_t const first = k;
    while (k + 1 < cells.size() && cells[k + 1] == 0) ++k;
    packer.put(static_cast<std::int64_t>(k - first));
  }
}

void unpack_cells(Unpacker& unpacker, std::vector<std::int64_t>& cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    unpacker.take(cells[k]);
    if (cells[k] != 0) continue;
    auto const more = unpacker.get<std::int64_t>();
    Unpacker::expect(more >= 0 && more < std::ssize(cells) - static_cast<std::int64_t>(k));
    for (std::int64_t left = more; left > 0; --left) cells[++k] = 0;
  }
}

bool is_empty(sim::Tally const& tally) { return tally.count == 0 && tally.dropped == 0; }

}  // namespace

void pack(Packer& packer, sim::Tally const& tally) {
  packer.put(is_empty(tally));
  if (is_empty(tally)) return;
  packer.put(tally.dropped);
  packer.put(tally.count);
  packer.put(tally.moments.count);
  packer.put(tally.moments.mean);
  packer.put(tally.moments.comoments);
  packer.put(tally.successes);
  packer.put(static_cast<std::int64_t>(tally.positions.size()));
  for (auto const& histogram : tally.positions) pack_cells(packer, histogram.cells);
  packer.put(static_cast<std::int64_t>(tally.marks.size()));
  for (auto const mark : tally.marks) packer.put(std::bit_cast<double>(mark));  // all bits count: eight bytes
  packer.put(tally.records);
  packer.put(static_cast<std::int64_t>(tally.powers.size()));
  for (auto const& powers : tally.powers) {
    packer.put(powers.count);
    packer.put(powers.mean);
    packer.put(powers.sums);
  }
  for (auto const& [lowest, highest] : tally.extremes) {
    pack(packer, lowest);
    pack(packer, highest);
  }
  packer.put(tally.failures);
}

void unpack(Unpacker& unpacker, sim::Tally& tally) {
  if (unpacker.get<bool>()) return;
  unpacker.take(tally.dropped);
  unpacker.take(tally.count);
  unpacker.take(tally.moments.count);
  unpack_as_many(unpacker, tally.moments.mean);
  unpack_as_many(unpacker, tally.moments.comoments);
  unpack_as_many(unpacker, tally.successes);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(tally.positions));
  for (auto& histogram : tally.positions) unpack_cells(unpacker, histogram.cells);
  auto const marks = unpacker.get<std::vector<double>>();
  tally.marks.clear();
  for (double const mark : marks) tally.marks.push_back(std::bit_cast<std::uint64_t>(mark));
  unpacker.take(tally.records);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(tally.powers));
  for (auto& powers : tally.powers) {
    unpacker.take(powers.count);
    unpack_as_many(unpacker, powers.mean);
    unpack_as_many(unpacker, powers.sums);
  }
  for (auto& [lowest, highest] : tally.extremes) {
    unpack(unpacker, lowest);
    unpack(unpacker, highest);
  }
  unpacker.take(tally.failures);
}

}  // namespace fisherlab::runs
