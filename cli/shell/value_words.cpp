#include "cli/shell/value_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace fisherlab::cli {
namespace {

/// Words come in this order, so that scripts differ only where the program does; then others, as they are met.
constexpr auto order = std::to_array<std::string_view>(
    {"MODEL",   "CLAIM",  "ESTIMATOR", "STUDY",      "NAME", "WHAT", "FORMAT", "TABLE", "COLUMN", "SHELL",
     "PROBLEM", "SOLVER", "ROWS",      "CONVENTION", "DATA", "DB",   "FILE",   "DIR",   "OLD",    "NEW"});

std::ptrdiff_t rank(std::string const& word) { return std::find(order.begin(), order.end(), word) - order.begin(); }

using Words = std::vector<std::pair<std::string, ValueNames>>;

void add(Words& words, Value const& value) {
  auto const word = base_word(value.word);
  bool const is_completed = value.names || value.paths != Value::Paths::none;
  bool const is_known =
      std::any_of(words.begin(), words.end(), [&word](auto const& known) { return known.first == word; });
  if (is_completed && !is_known)
    words.push_back({word, {value.names ? value.names() : std::vector<std::string>(), value.paths}});
}

}  // namespace

Words value_words(ProgramText const& program) {
  Words words;
  for (auto const& sub : program.subcommands)
    for (auto const* list : {&sub.places, &sub.options})
      for (auto const& argument : *list) add(words, argument.value);
  std::stable_sort(words.begin(), words.end(),
                   [](auto const& a, auto const& b) { return rank(a.first) < rank(b.first); });
  return words;
}

}  // namespace fisherlab::cli
