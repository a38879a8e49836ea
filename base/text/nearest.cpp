#include "base/text/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

namespace fisherlab {
namespace {

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
  // distance(i, j) is that of the first i bytes of `from` and the first j of `to`.
  std::size_t const columns = to.size() + 1;
  std::vector<std::size_t> table((from.size() + 1) * columns);
  auto const distance = [&](std::size_t i, std::size_t j) -> std::size_t& { return table[i * columns + j]; };
  for (std::size_t i = 0; i <= from.size(); ++i) distance(i, 0) = i;
  for (std::size_t j = 0; j <= to.size(); ++j) distance(0, j) = j;
  std::array<std::size_t, 256> last_row{};  // of each byte: the last row i before this one with from[i - 1] equal to it
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t last_column = 0;  // last j before this one with to[j - 1] == from[i - 1]
    for (std::size_t j = 1; j <= to.size(); ++j) {
      bool const is_equal = from[i - 1] == to[j - 1];
      std::size_t best = std::min({distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + !is_equal});
      // Swap the two bytes that match crosswise, after deleting and inserting whatever lies between them.
      std::size_t const row = last_row[static_cast<unsigned char>(to[j - 1])];
      if (row > 0 && last_column > 0)
        best = std::min(best, distance(row - 1, last_column - 1) + (i - row - 1) + 1 + (j - last_column - 1));
      distance(i, j) = best;
      if (is_equal) last_column = j;
    }
    last_row[static_cast<unsigned char>(from[i - 1])] = i;
  }
  return distance(from.size(), to.size());
}

std::optional<std::string> nearest(std::string_view word, std::span<std::string const> candidates) {
  std::optional<std::string> best;
  std::size_t least = 0;
  for (std::string const& candidate : candidates) {
    std::size_t const distance = edit_distance(lower_case(word), lower_case(candidate));
    std::size_t const longer = std::max(word.size(), candidate.size());
    bool const is_near = distance < longer && distance <= std::max<std::size_t>(1, longer / 3);
    if (is_near && (!best || distance < least)) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<std::string const> candidates) {
  if (candidates.empty()) return "there are none";
  if (auto const meant = nearest(word, candidates)) return fmt::format("did you mean '{}'?", *meant);
  return fmt::format("choose one of: {}", fmt::join(candidates, ", "));
}

}  // namespace fisherlab
