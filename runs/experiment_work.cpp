#include "runs/experiment_work.hpp"

namespace fisherlab::runs {
namespace {

/// Null where a question has none.
claims::Pieces const* pieces_of(Pending const& pending) {
  auto const* const experiment = pending.question->experiment();
  return experiment != nullptr ? experiment->pieces.get() : nullptr;
}

/// Whether the question keeps the pieces that it may share.
bool keeps_pieces(std::vector<Pending> const& pending, std::size_t k) {
  auto const* const pieces = pieces_of(pending[k]);
  return pieces != nullptr && (k == 0 || pieces_of(pending[k - 1]) != pieces);
}

}  // namespace

ExperimentWork experiment_work(std::vector<Pending> const& pending) {
  ExperimentWork work;
  for (std::size_t k = 0; k < pending.size(); ++k) {
    if (pending[k].question->experiment() == nullptr) continue;
    auto const* const pieces = pieces_of(pending[k]);
    if (pieces == nullptr) work.push_back({k});
    if (!keeps_pieces(pending, k)) continue;
    for (int piece = 0; piece < pieces->count; ++piece) work.push_back({k, piece});
  }
  return work;
}

ExperimentWork open_experiments(std::vector<Pending> const& pending) {
  auto open = experiment_work(pending);
  std::erase_if(open, [&pending](ExperimentUnit const& unit) { return is_done(unit, pending); });
  return open;
}

bool exists(ExperimentUnit const& unit, std::vector<Pending> const& pending) {
  if (unit.question >= pending.size()) return false;
  auto const& asked = pending[unit.question];
  if (unit.piece == ExperimentUnit::whole)
    return asked.question->experiment() != nullptr && pieces_of(asked) == nullptr;
  return unit.piece >= 0 && keeps_pieces(pending, unit.question) && unit.piece < pieces_of(asked)->count;
}

bool is_done(ExperimentUnit const& unit, std::vector<Pending> const& pending) {
  auto const& asked = pending[unit.question];
  return asked.is_carried_out || asked.pieces.contains(unit.piece);
}

std::size_t end_of_shared(std::vector<Pending> const& pending, std::size_t first) {
  auto end = first + 1;
  while (end < pending.size() && pieces_of(pending[end]) == pieces_of(pending[first])) ++end;
  return end;
}

}  // namespace fisherlab::runs
