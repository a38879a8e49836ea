#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fisherlab {

/// What to_string calls a value that is cast into an enum without a name for it.
inline constexpr std::string_view unnamed = "unknown";

/// An enum whose values, from 0 on without a gap, have the words that its to_string gives.
template <class Enum>
concept Worded = std::is_enum_v<Enum> && requires(Enum value) {
  { to_string(value) } -> std::same_as<std::string_view>;
};

/// All values that have a word, in order.
template <Worded Enum>
std::vector<Enum> values_of() {
  std::vector<Enum> values;
  for (int k = 0; to_string(static_cast<Enum>(k)) != unnamed; ++k) values.push_back(static_cast<Enum>(k));
  return values;
}

/// The value that is written so, if there is one.
template <Worded Enum>
std::optional<Enum> value_of_word(std::string_view word) {
  for (Enum const value : values_of<Enum>())
    if (to_string(value) == word) return value;
  return std::nullopt;
}

}  // namespace fisherlab
