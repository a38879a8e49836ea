#include "sim/tallies/tally.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <limits>
#include <utility>

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
    : moments(shape.values, shape.group),
      successes(static_cast<std::size_t>(shape.successes)),
      positions(static_cast<std::size_t>(shape.positions)),
      extremes(static_cast<std::size_t>(shape.extremes ? shape.values + shape.positions : 0)) {
  for (auto const& block : shape.powers) powers.emplace_back(block);
}

void Tally::merge(Tally const& other) {
  assert(successes.size() == other.successes.size() && positions.size() == other.positions.size());
  dropped += other.dropped;
  count += other.count;
  moments.merge(other.moments);
  for (std::size_t k = 0; k < successes.size(); ++k) successes[k] += other.successes[k];
  for (std::size_t k = 0; k < positions.size(); ++k) positions[k].merge(other.positions[k]);
  marks.insert(marks.end(), other.marks.begin(), other.marks.end());
  records.insert(records.end(), other.records.begin(), other.records.end());
  for (std::size_t k = 0; k < powers.size(); ++k) powers[k].merge(other.powers[k]);
  for (std::size_t k = 0; k < extremes.size(); ++k) extremes[k].merge(other.extremes[k]);
  auto const named = std::min(other.failures.size(), most_failures - std::min(failures.size(), most_failures));
  failures.insert(failures.end(), other.failures.begin(), other.failures.begin() + std::ptrdiff_t(named));
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
  for (auto const& p : powers) append(bytes, p.sums.data(), p.sums.size() * sizeof(double));
  return stable_hash(bytes);
}

Observed::Observed(TallyShape const& shape)
    : values(static_cast<std::size_t>(shape.values)),
      successes(static_cast<std::size_t>(shape.successes)),
      positions(static_cast<std::size_t>(shape.positions)),
      marks(0),
      records(static_cast<std::size_t>(shape.records)) {}

BlockTally::BlockTally(TallyShape const& shape, std::int64_t first)
    : tally_(shape),
      first_(first),
      extremes_(tally_.extremes.size()),
      centre_(static_cast<std::size_t>(shape.values)),
      deviations_(static_cast<std::size_t>(shape.values), Lanes(0.0)),
      sums_(static_cast<std::size_t>(shape.values), Lanes(0.0)),
      products_(tally_.moments.comoments.size(), Lanes(0.0)),
      marks_(shape.marks) {
  for (auto const& block : shape.powers) powers_.emplace_back(block);
}

void BlockTally::choose_centre(Observed const& batch) {
  int const lane = std::countr_zero(static_cast<unsigned>(batch.used));
  for (std::size_t a = 0; a < centre_.size(); ++a) centre_[a] = batch.values[a][lane];
}

void BlockTally::note_failures(LaneSet dropped) {
  for (unsigned rest = dropped; rest != 0 && tally_.failures.size() < Tally::most_failures; rest &= rest - 1)
    tally_.failures.push_back(first_ + batches_ * lane_count + std::countr_zero(rest));
}

void BlockTally::fold(Observed const& batch) {
  if (tally_.count == 0 && batch.used != 0) choose_centre(batch);
  LaneMask const used = to_mask(batch.used);
  auto const count = std::popcount(static_cast<unsigned>(batch.used));
  tally_.count += count;
  tally_.dropped += std::popcount(static_cast<unsigned>(batch.dropped));
  note_failures(batch.dropped);
  for (std::size_t a = 0; a < extremes_.size(); ++a)
    extremes_[a].fold(a < sums_.size() ? batch.values[a] : batch.positions[a - sums_.size()], used,
                      static_cast<double>(batches_));
  ++batches_;
  for (std::size_t a = 0; a < sums_.size(); ++a) {
    deviations_[a] = select(used, batch.values[a] - centre_[a], Lanes(0.0));
    sums_[a] += deviations_[a];
  }
  Lanes* product = products_.data();
  tally_.moments.each_pair([&](std::size_t a, std::size_t b) { *product++ += deviations_[a] * deviations_[b]; });
  Lanes const counted = select(used, Lanes(1.0), Lanes(0.0));
  for (auto& powers : powers_) powers.fold(deviations_.data(), counted);
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

Tally BlockTally::finished() {
  Tally result = std::move(tally_);
  for (std::size_t a = 0; a < extremes_.size(); ++a) result.extremes[a] = extremes_[a].finish(first_);
  auto& m = result.moments;
  m.count = result.count;
  if (m.count == 0) return result;
  auto const n = static_cast<double>(m.count);
  std::vector<double> ahead(sums_.size());
  for (std::size_t a = 0; a < sums_.size(); ++a) {
    ahead[a] = total(sums_[a]) / n;
    m.mean[a] = centre_[a] + ahead[a];
  }
  std::size_t k = 0;
  m.each_pair([&](std::size_t a, std::size_t b) {
    m.comoments[k] = total(products_[k]) - n * ahead[a] * ahead[b];
    ++k;
  });
  for (std::size_t p = 0; p < powers_.size(); ++p) result.powers[p] = powers_[p].finish(m.count, centre_.data());
  return result;
}

}  // namespace fisherlab::sim
