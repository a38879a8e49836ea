#include "sim/tallies/tally.hpp"

#include <bit>
#include <cassert>
#include <cstddef>
#include <limits>

#include "base/hash.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::sim {
namespace {

/// The sum over lanes in a fixed order.
double total(Lanes const& x) {
  double sum = 0;
  for (int lane = 0; lane < lane_count; ++lane) sum += x[lane];
  return sum;
}

/// Eight places on the scale of the cells, by the arithmetic of Histogram::cell_of; NaN, which falls in the last cell,
/// compares as not below the number of cells.
Lanes scaled_cells(Lanes const& z) {
  Lanes const scaled = 0.5 * (1.0 + z / (1.0 + abs(z))) * static_cast<double>(Histogram::cell_count);
  return select(z < Lanes(-1e300), Lanes(0.0), scaled);
}

void append(std::string& bytes, void const* data, std::size_t size) {
  bytes.append(static_cast<char const*>(data), size);
}

}  // namespace

Tally::Tally(TallyShape const& shape)
    : moments(shape.values),
      successes(static_cast<std::size_t>(shape.successes)),
      positions(static_cast<std::size_t>(shape.positions)) {}

void Tally::merge(Tally const& other) {
  assert(successes.size() == other.successes.size() && positions.size() == other.positions.size());
  dropped += other.dropped;
  count += other.count;
  moments.merge(other.moments);
  for (std::size_t k = 0; k < successes.size(); ++k) successes[k] += other.successes[k];
  for (std::size_t k = 0; k < positions.size(); ++k) positions[k].merge(other.positions[k]);
  marks.insert(marks.end(), other.marks.begin(), other.marks.end());
  records.insert(records.end(), other.records.begin(), other.records.end());
}

std::uint64_t Tally::fingerprint() const {
  std::string bytes;
  append(bytes, &dropped, sizeof dropped);
  append(bytes, &count, sizeof count);
  append(bytes, &moments.count, sizeof moments.count);
  append(bytes, moments.mean.data(), moments.mean.size() * sizeof(double));
  append(bytes, moments.comoments.data(), moments.comoments.size() * sizeof(double));
  append(bytes, successes.data(), successes.size() * sizeof(std::int64_t));
  for (auto const& h : positions) append(bytes, h.cells.data(), h.cells.size() * sizeof(std::int64_t));
  append(bytes, marks.data(), marks.size() * sizeof(std::uint64_t));
  append(bytes, records.data(), records.size() * sizeof(double));
  return stable_hash(bytes);
}

Observed::Observed(TallyShape const& shape)
    : values(static_cast<std::size_t>(shape.values)),
      successes(static_cast<std::size_t>(shape.successes)),
      positions(static_cast<std::size_t>(shape.positions)),
      marks(0),
      records(static_cast<std::size_t>(shape.records)) {}

BlockTally::BlockTally(TallyShape const& shape)
    : tally_(shape),
      sums_(static_cast<std::size_t>(shape.values), Lanes(0.0)),
      products_(packed_size(static_cast<std::size_t>(shape.values)), Lanes(0.0)),
      marks_(shape.marks) {}

void BlockTally::fold(Observed const& batch) {
  LaneMask const used = to_mask(batch.used);
  auto const count = std::popcount(static_cast<unsigned>(batch.used));
  tally_.count += count;
  tally_.dropped += std::popcount(static_cast<unsigned>(batch.dropped));
  std::size_t k = 0;
  for (std::size_t a = 0; a < sums_.size(); ++a) {
    Lanes const value = select(used, batch.values[a], Lanes(0.0));
    sums_[a] += value;
    for (std::size_t b = 0; b < a; ++b, ++k) products_[k] += value * select(used, batch.values[b], Lanes(0.0));
    products_[k++] += value * value;
  }
  for (std::size_t s = 0; s < tally_.successes.size(); ++s)
    tally_.successes[s] += std::popcount(static_cast<unsigned>(batch.successes[s] & batch.used));
  for (std::size_t h = 0; h < tally_.positions.size(); ++h) {
    Lanes const scaled = scaled_cells(batch.positions[h]);
    auto& cells = tally_.positions[h].cells;
    for (unsigned rest = batch.used; rest != 0; rest &= rest - 1) {
      double const cell = scaled[std::countr_zero(rest)];
      ++cells[cell < Histogram::cell_count ? static_cast<std::size_t>(cell) : Histogram::cell_count - 1];
    }
  }
  if (marks_)
    for (unsigned rest = batch.used; rest != 0; rest &= rest - 1)
      tally_.marks.push_back(batch.marks[std::countr_zero(rest)]);
  if (!batch.records.empty())
    for (unsigned rest = batch.used | batch.dropped; rest != 0; rest &= rest - 1) {
      int const lane = std::countr_zero(rest);
      bool const failed = (batch.dropped >> lane & 1) != 0;
      for (auto const& record : batch.records)
        tally_.records.push_back(failed ? std::numeric_limits<double>::quiet_NaN() : record[lane]);
    }
}

Tally BlockTally::finish() const {
  Tally result = tally_;
  auto& m = result.moments;
  m.count = result.count;
  if (m.count == 0) return result;
  auto const n = static_cast<double>(m.count);
  for (std::size_t a = 0; a < sums_.size(); ++a) m.mean[a] = total(sums_[a]) / n;
  for (std::size_t a = 0; a < sums_.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      auto const k = packed_index(a, b);
      m.comoments[k] = total(products_[k]) - n * m.mean[a] * m.mean[b];
    }
  return result;
}

}  // namespace fisherlab::sim
