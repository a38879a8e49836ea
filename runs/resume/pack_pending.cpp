#include "runs/resume/pack_pending.hpp"

#include <cstddef>
#include <utility>

#include "runs/resume/pack_tally.hpp"

namespace fisherlab::runs {
namespace {

void pack(Packer& packer, Measurement const& m) {
  for (double const value : {m.estimate, m.std_error, m.lower, m.upper}) packer.put(value);
  packer.put(m.replicates);
  packer.put(m.dropped);
  packer.put(m.reason);
}

Measurement measurement_in(Unpacker& unpacker) {
  Measurement m;
  for (double* const value : {&m.estimate, &m.std_error, &m.lower, &m.upper}) unpacker.take(*value);
  unpacker.take(m.replicates);
  unpacker.take(m.dropped);
  unpacker.take(m.reason);
  return m;
}

}  // namespace

void pack(Packer& packer, Pending const& pending) {
  packer.put(static_cast<std::int64_t>(pending.tallies.size()));
  for (auto const& tally : pending.tallies) pack(packer, tally);
  packer.put(static_cast<std::int64_t>(pending.findings.size()));
  for (std::size_t k = 0; k < pending.findings.size(); ++k) {
    packer.put(static_cast<bool>(pending.open[k]));
    packer.put(pending.findings[k].has_value());
    if (!pending.findings[k]) continue;
    pack(packer, pending.findings[k]->measurement);
    packer.put(pending.findings[k]->level);
    packer.put(pending.convergence[k]);
  }
  packer.put(pending.experiment.convergence);
  packer.put(pending.experiment.influence);
  packer.put(pending.experiment.attack);
  packer.put(pending.experiment.pixels);
  packer.put(pending.is_carried_out);
  packer.put(pending.notes);
  packer.put(std::ssize(pending.pieces));
  for (auto const& [number, piece] : pending.pieces) {
    packer.put(number);
    pack(packer, piece);
  }
}

void unpack(Unpacker& unpacker, Pending& pending) {
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(pending.tallies));
  for (auto& tally : pending.tallies) unpack(unpacker, tally);
  Unpacker::expect(unpacker.get<std::int64_t>() == std::ssize(pending.findings));
  for (std::size_t k = 0; k < pending.findings.size(); ++k) {
    bool const is_open = unpacker.get<bool>();
    pending.open[k] = is_open;
    if (!unpacker.get<bool>()) continue;
    auto measurement = measurement_in(unpacker);
    auto const level = unpacker.get<double>();
    decide(pending, k, std::move(measurement), level);
    pending.open[k] = is_open;  // one that is shown only is looked at once, whatever its verdict
    unpacker.take(pending.convergence[k]);
  }
  unpacker.take(pending.experiment.convergence);
  unpacker.take(pending.experiment.influence);
  unpacker.take(pending.experiment.attack);
  unpacker.take(pending.experiment.pixels);
  unpacker.take(pending.is_carried_out);
  unpacker.take(pending.notes);
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto const number = unpacker.get<int>();
    auto const* const experiment = pending.question->experiment();
    Unpacker::expect(experiment != nullptr && experiment->pieces && number >= 0 && number < experiment->pieces->count);
    Unpacker::expect(pending.pieces.emplace(number, piece_in(unpacker, *pending.question)).second);
  }
}

void pack(Packer& packer, ExperimentUnit const& unit) {
  packer.put(static_cast<std::int64_t>(unit.question));
  packer.put(unit.piece);
}

ExperimentUnit unit_in(Unpacker& unpacker, std::vector<Pending> const& pending) {
  auto const question = unpacker.get<std::int64_t>();
  Unpacker::expect(question >= 0);
  ExperimentUnit const unit{static_cast<std::size_t>(question), unpacker.get<int>()};
  Unpacker::expect(exists(unit, pending));
  return unit;
}

void pack(Packer& packer, claims::Piece const& piece) {
  packer.put(piece.numbers);
  packer.put(piece.failure);
}

claims::Piece piece_in(Unpacker& unpacker, claims::Question const& question) {
  claims::Piece piece;
  unpacker.take(piece.numbers);
  unpacker.take(piece.failure);
  question.experiment()->pieces->check(piece);
  return piece;
}

}  // namespace fisherlab::runs
