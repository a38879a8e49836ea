#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fisherlab {

/// Least number of insertions, deletions, substitutions and swaps of neighbouring bytes that turn one word into the
/// other. Source: Damerau (1964), Communications of the ACM 7, 171-176; Lowrance and Wagner (1975), Journal of the ACM
/// 22, 177-183.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate that `word` was most likely meant to be: least edit distance (ASCII case ignored), the first of
/// equals; none when more than a third of the longer word, and more than one letter, would have to change.
std::optional<std::string> nearest(std::string_view word, std::span<std::string const> candidates);

/// What to add to an error message: "did you mean 'gamma'?", or "choose one of: beta, gamma" when nothing is near, or
/// "there are none" without candidates.
std::string suggestion(std::string_view word, std::span<std::string const> candidates);

}  // namespace fisherlab
