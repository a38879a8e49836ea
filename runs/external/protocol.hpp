#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/sample.hpp"

namespace fisherlab::runs {

/// How samples and estimates are written for another program (docs/external.md).
enum class Protocol { text, binary };

/// The lanes of a sample that are sent.
using LaneList = std::vector<int>;

/// What a program is asked to estimate from so many samples: a line "K n d" and a line of n d numbers a sample,
/// observation by observation; or three integers of 64 bits and the numbers as doubles, little-endian.
std::string request_text(Protocol protocol, sim::Sample const& sample, LaneList const& lanes);

/// Of one sample: whether the fit converged, the estimates, the standard errors, the lower and upper ends.
struct Fitted {
  bool converged = false;  ///< and all numbers are finite, ends of intervals numbers or infinite
  std::vector<double> numbers;
};

/// How an answer reads: `numbers` behind the flag of each sample, estimates, standard errors, ends of intervals.
struct AnswerShape {
  Protocol protocol = Protocol::text;
  std::size_t samples = 0;
  std::size_t numbers = 0;
  std::size_t ends = 0;  ///< the last so many of the numbers are ends of intervals, which may be infinite
};

/// Whether an answer has so many lines, or bytes.
bool is_whole(AnswerShape const& shape, std::string_view answer);

/// The answer, or what is wrong with it, in words.
struct ReadAnswer {
  std::vector<Fitted> fitted;  ///< one a sample
  std::string trouble = {};    ///< empty where all is well
};
ReadAnswer read_answer(AnswerShape const& shape, std::string_view answer);

}  // namespace fisherlab::runs
