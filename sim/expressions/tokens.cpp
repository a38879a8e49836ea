#include "sim/expressions/tokens.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text/display_text.hpp"
#include "sim/expressions/parse.hpp"

namespace fisherlab::sim {
namespace {

constexpr std::size_t most_characters = 4000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_inside_name(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

ExpressionToken number_at(ExpressionText const& source, std::size_t at) {
  ExpressionToken token{ExpressionToken::Kind::number, {}, 0, at};
  auto const* const first = source.text.data() + at;
  auto const [end, error] = std::from_chars(first, source.text.data() + source.text.size(), token.number);
  if (error != std::errc() || !std::isfinite(token.number))
    source.refuse(at, "has a number that no double holds, write another");
  token.text.assign(first, end);
  return token;
}

/// At most two characters.
ExpressionToken mark_at(ExpressionText const& source, std::size_t at) {
  auto const pair = source.text.substr(at, 2);
  if (pair == "<=" || pair == ">=" || pair == "==" || pair == "!=") return {ExpressionToken::Kind::mark, pair, 0, at};
  if (pair == "**") source.refuse(at, "has '**', which means nothing there, write ^ for a power");
  auto const one = source.text.substr(at, 1);
  if (one == "=") source.refuse(at, "has a single '=', which means nothing there, compare by ==");
  if (std::string_view("+-*/^(),<>").find(one[0]) == std::string_view::npos) {
    auto length = std::size_t{1};  // the whole character, where it is of several bytes
    while (at + length < source.text.size() && (static_cast<unsigned char>(source.text[at + length]) & 0xC0) == 0x80)
      ++length;
    source.refuse(at, "has '" + printable(source.text.substr(at, length)) +
                          "', which means nothing there; known are + - * / ^ ( ) , < > and names");
  }
  return {ExpressionToken::Kind::mark, one, 0, at};
}

}  // namespace

void ExpressionText::refuse(std::size_t place, std::string const& trouble) const {
  constexpr std::size_t before = 40, width = 76;
  auto line = text;
  std::replace_if(line.begin(), line.end(), is_space, ' ');
  auto from = place > before ? place - before : 0;
  while (from > 0 && from < line.size() && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80) --from;
  auto const head = printable(line.substr(from, place - from));
  auto const tail = clipped(printable(line.substr(std::min(place, line.size()))), static_cast<int>(width - before));
  throw ExpressionError(what, trouble + "\n  " + head + tail + "\n  " +
                                  std::string(static_cast<std::size_t>(display_width(head)), ' ') + "^");
}

std::vector<ExpressionToken> tokens_of(ExpressionText const& source) {
  auto const& text = source.text;
  if (text.size() > most_characters) source.refuse(most_characters, "has more than 4000 characters, shorten it");
  std::vector<ExpressionToken> tokens;
  for (std::size_t at = 0; at < text.size();) {
    char const c = text[at];
    if (is_space(c)) {
      ++at;
      continue;
    }
    if (is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1]))) {
      tokens.push_back(number_at(source, at));
    } else if (is_letter(c)) {
      auto end = at;
      while (end < text.size() && is_inside_name(text[end])) ++end;
      tokens.push_back({ExpressionToken::Kind::name, text.substr(at, end - at), 0, at});
    } else {
      tokens.push_back(mark_at(source, at));
    }
    at += tokens.back().text.size();
  }
  tokens.push_back({ExpressionToken::Kind::end, {}, 0, text.size()});
  return tokens;
}

}  // namespace fisherlab::sim
