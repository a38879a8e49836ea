#include "runs/formula/tokens.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <string_view>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) > 127;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A name, with dots and underscores in it, from `at` on.
std::string name_at(std::string const& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '.' || text[end] == '_'))
    ++end;
  return text.substr(at, end - at);
}

Token number_at(std::string const& text, std::size_t at) {
  Token token{Token::Kind::number, {}, 0, at};
  auto const* const first = text.data() + at;
  auto const [end, error] = std::from_chars(first, text.data() + text.size(), token.number);
  if (error != std::errc()) refuse_at(text, at, "a number that cannot be read");
  token.text.assign(first, end);
  return token;
}

}  // namespace

void refuse_at(std::string const& formula, std::size_t place, std::string const& what) {
  throw InputError(fmt::format("the formula '{}' has, at character {} (after '{}'), {}",
                               clipped(printable(formula), 80), place + 1,
                               clipped(printable(formula.substr(0, place)), 60), what));
}

std::vector<Token> tokens_of(std::string const& text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    char const c = text[at];
    bool const starts_number = is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1]));
    if (c == ' ' || c == '\t' || c == '\n') {
      ++at;
    } else if (c == '`') {
      auto const end = text.find('`', at + 1);
      if (end == std::string::npos) refuse_at(text, at, "a backquote that is not closed, close it");
      tokens.push_back({Token::Kind::name, text.substr(at + 1, end - at - 1), 0, at, true});
      at = end + 1;
    } else if (starts_number) {
      tokens.push_back(number_at(text, at));
      at += tokens.back().text.size();
    } else if (is_letter(c) || (c == '.' && !name_at(text, at + 1).empty())) {
      tokens.push_back({Token::Kind::name, name_at(text, at), 0, at});
      at += tokens.back().text.size();
    } else if (std::string_view("~+-*/:^().,").find(c) != std::string_view::npos) {
      tokens.push_back({Token::Kind::mark, std::string(1, c), 0, at});
      ++at;
    } else {
      refuse_at(
          text, at,
          fmt::format("'{}', which means nothing there; known are + - * : ^ ( ) and ~", printable(text.substr(at, 1))));
    }
  }
  tokens.push_back({Token::Kind::end, {}, 0, text.size()});
  return tokens;
}

}  // namespace fisherlab::runs
