#include "claims/influence/row_pieces.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "claims/influence/subject.hpp"

namespace fisherlab::claims {
namespace {

/// A number in front of each row's own tells which row it is of.
Piece piece_of(int row, std::vector<double> const& numbers) {
  Piece piece{{static_cast<double>(row)}, {}};
  piece.numbers.insert(piece.numbers.end(), numbers.begin(), numbers.end());
  return piece;
}

std::vector<double> numbers_of(Piece const& piece) { return {piece.numbers.begin() + 1, piece.numbers.end()}; }

PieceWork begin(RowExperiment const& experiment, std::uint64_t seed) {
  try {
    return [work = experiment.begin(seed)](int row) {
      try {
        return piece_of(row, work(row));
      } catch (InputError const& error) {
        return Piece{{static_cast<double>(row)}, error.what()};
      }
    };
  } catch (InputError const& error) {
    return [why = std::string(error.what())](int row) { return Piece{{static_cast<double>(row)}, why}; };
  }
}

void check(RowExperiment const& experiment, Piece const& piece) {
  bool is_right = !piece.numbers.empty() && piece.numbers[0] >= 0 && piece.numbers[0] < experiment.count;
  if (is_right) {
    auto const row = static_cast<int>(piece.numbers[0]);
    is_right = row == piece.numbers[0] && (!piece.failure.empty() || experiment.fits(row, numbers_of(piece)));
  }
  expects(is_right, "a saved part of an experiment is torn, start the run anew without --resume");
}

/// All rows, those of `run.done` as they are. @throws InputError for the first that has no outcome.
RowResults all_rows(RowExperiment const& experiment, ExperimentRun const& run) {
  RowResults rows(static_cast<std::size_t>(experiment.count));
  std::vector<Piece> pieces(rows.size());
  PieceWork work;
  auto const is_done = [&run](int row) { return run.done != nullptr && run.done->contains(row); };
  for (int row = 0; row < experiment.count && !work; ++row)
    if (!is_done(row)) work = begin(experiment, run.seed);
  for_each_row(experiment.count, run, {},
               [&](int row) { pieces[static_cast<std::size_t>(row)] = is_done(row) ? run.done->at(row) : work(row); });
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!pieces[row].failure.empty()) throw InputError(pieces[row].failure);
    rows[row] = numbers_of(pieces[row]);
  }
  return rows;
}

}  // namespace

void set_row_experiment(DataCase const& the_case, Experiment& question, RowExperiment experiment) {
  auto const shared = std::make_shared<RowExperiment const>(std::move(experiment));
  set_experiment(the_case, question,
                 [shared](ExperimentRun const& run) { return shared->judge(run, all_rows(*shared, run)); });
  question.pieces = std::make_shared<Pieces const>(Pieces{shared->count,
                                                          [shared](std::uint64_t seed) { return begin(*shared, seed); },
                                                          [shared](Piece const& piece) { check(*shared, piece); }});
}

}  // namespace fisherlab::claims
