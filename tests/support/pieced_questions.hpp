#pragma once

#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "tests/support/scripted_questions.hpp"

namespace fisherlab::test::scripted {

inline constexpr int piece_count = 23;

/// How often each piece was done.
using PieceCounts = std::array<std::atomic<int>, piece_count>;

/// Two questions, a and b, that share 23 pieces, between others; each finds a sum over the pieces whose rounding
/// depends on their order. Pieces that a question is not given are an error.
inline std::vector<Question> sharing_pieces(PieceCounts& counts, std::function<void(Pieces&)> const& change = {}) {
  auto const pieces = std::make_shared<Pieces>();
  pieces->count = piece_count;
  pieces->begin = [&counts](std::uint64_t seed) {
    return [&counts, seed](int piece) {
      ++counts[static_cast<std::size_t>(piece)];
      return Piece{{1.0 / (piece + 3.0), std::sin(static_cast<double>(seed))}, piece == 5 ? "five" : ""};
    };
  };
  pieces->check = [](Piece const& piece) { expects(piece.numbers.size() == 2, "two numbers"); };
  if (change) change(*pieces);
  auto const sum = [](double factor) {
    return [factor](ExperimentRun const& run) {
      double total = 0;
      for (int piece = 0; piece < piece_count; ++piece) {
        auto const& numbers = run.done->at(piece).numbers;
        total += factor * numbers[0] * numbers[1];
      }
      ExperimentResult result;
      result.notes.push_back(run.done->at(5).failure);
      result.measurements.push_back(measured({}, {total, 0.02, total - 0.1, total + 0.1}, piece_count));
      return result;
    };
  };
  std::vector<Question> questions = {finds("before", inside), simulated("sampled", 5000), experiment("a", sum(0.3)),
                                     experiment("b", sum(0.7)), finds("after", inside)};
  for (std::size_t const k : {2u, 3u}) std::get<Experiment>(questions[k].answer).pieces = pieces;
  return questions;
}

}  // namespace fisherlab::test::scripted
