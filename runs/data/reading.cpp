#include "runs/data/reading.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

using Words = std::span<std::pair<std::string_view, char> const>;

std::optional<char> parse_word(std::optional<std::string> const& given, Words words, std::string_view option,
                               std::string_view wanted) {
  if (!given) return {};
  for (auto const& [word, meaning] : words)
    if (*given == word) return meaning;
  throw InputError(fmt::format("{} is '{}' (not {}), correct it", option, clipped(printable(*given), 40), wanted));
}

constexpr std::array<std::pair<std::string_view, char>, 9> separators = {{{",", ','},
                                                                          {";", ';'},
                                                                          {"|", '|'},
                                                                          {"\t", '\t'},
                                                                          {"\\t", '\t'},
                                                                          {"tab", '\t'},
                                                                          {"comma", ','},
                                                                          {"semicolon", ';'},
                                                                          {"pipe", '|'}}};
constexpr std::array<std::pair<std::string_view, char>, 4> decimals = {
    {{".", '.'}, {",", ','}, {"point", '.'}, {"comma", ','}}};
constexpr std::array<std::pair<std::string_view, char>, 2> answers = {{{"yes", 'y'}, {"no", 'n'}}};
constexpr std::array<std::pair<std::string_view, char>, 2> treatments = {{{"refuse", 'r'}, {"skip", 's'}}};

}  // namespace

Reading parse_reading(ReadingWords const& words) {
  Reading reading;
  reading.separator = parse_word(words.separator, separators, "--sep", "one of , ; | tab");
  reading.decimal = parse_word(words.decimal, decimals, "--decimal", ". or ,");
  if (auto const header = parse_word(words.header, answers, "--header", "yes or no"))
    reading.has_header = header == 'y';
  reading.skips_missing = parse_word(words.missing, treatments, "--missing", "refuse or skip") == 's';
  return reading;
}

}  // namespace fisherlab::runs
