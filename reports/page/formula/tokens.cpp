#include "reports/page/formula/tokens.hpp"

#include <algorithm>
#include <array>

namespace fisherlab::reports {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Bytes of the operator that begins `rest`, which is not empty; a character of several bytes stays whole.
std::size_t mark_length(std::string_view rest) {
  for (std::string_view const mark : {"...", "->", "<-", ">=", "<=", "!="})
    if (rest.starts_with(mark)) return mark.size();
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0u) == 0x80u) ++length;
  return length;
}

std::size_t length_at(std::string_view rest) {
  auto const run = [&](auto belongs) {
    return static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), belongs) - rest.begin());
  };
  if (is_letter(rest[0])) return run(is_letter);
  if (is_digit(rest[0])) {
    auto const digits = run([](char c) { return is_digit(c) || c == '.'; });
    return rest[digits - 1] == '.' ? digits - 1 : digits;  // the point of a sentence
  }
  return mark_length(rest);
}

TokenKind kind_of(std::string_view text, bool spaced_before, bool spaced_behind) {
  if (is_letter(text[0])) return TokenKind::word;
  if (is_digit(text[0])) return TokenKind::count;
  if (text == "(" || text == "[" || text == "{" || (text == "<" && !spaced_behind)) return TokenKind::open;
  if (text == ")" || text == "]" || text == "}" || (text == ">" && !spaced_before)) return TokenKind::close;
  return text == "|" ? TokenKind::bar : TokenKind::mark;
}

}  // namespace

std::vector<Token> formula_tokens(std::string_view formula) {
  std::vector<Token> tokens;
  bool spaced = true;
  for (std::size_t at = 0; at < formula.size();) {
    if (formula[at] == ' ' || formula[at] == '\n') {
      spaced = true;
      if (!tokens.empty()) tokens.back().before_space = true;
      ++at;
      continue;
    }
    auto const length = length_at(formula.substr(at));
    auto const text = formula.substr(at, length);
    bool const behind = at + length >= formula.size() || formula[at + length] == ' ';
    auto const kind = kind_of(text, spaced, behind);
    std::string shown(text);
    if (kind == TokenKind::open && text == "<") shown = "⟨";
    if (kind == TokenKind::close && text == ">") shown = "⟩";
    tokens.push_back({kind, shown, at, spaced, behind});
    spaced = false;
    at += length;
  }
  return tokens;
}

}  // namespace fisherlab::reports
