#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text/display_text.hpp"
#include "reports/tables/run_tables_tex.hpp"

namespace fisherlab::reports {
namespace {

/// What an ASCII character is written as when it does not stand for itself. Stars and brackets are wrapped, since they
/// mean something after the end of a row; `"` and the grave accent, since they may be active or make ligatures.
std::string_view escaped(char c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '#':
      return "\\#";
    case '%':
      return "\\%";
    case '_':
      return "\\_\\allowbreak{}";
    case '^':
      return "\\textasciicircum{}";
    case '~':
      return "\\textasciitilde{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "{\\char34}";
    case '`':
      return "{\\char96}";
    case '[':
      return "{[}";
    case '*':
      return "{*}";
    case ';':
      return ";\\allowbreak{}";
    case '=':
      return "=\\penalty200{}";
    case '-':
      return "-{}";
    case ',':
      return ",{}";
    case '\'':
      return "'{}";
    default:
      return {};
  }
}

/// The code point at the start of well-formed UTF-8, and its bytes.
struct CodePoint {
  char32_t value;
  std::string_view bytes;
};

CodePoint first_of(std::string_view text) {
  auto const byte = [text](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  std::size_t const length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  char32_t value = length == 1 ? byte(0) : byte(0) & (0x7Fu >> length);
  for (std::size_t k = 1; k < length; ++k) value = value << 6 | (byte(k) & 0x3Fu);
  return {value, text.substr(0, length)};
}

constexpr char32_t first_greek = 0x03B1;
/// From alpha to omega; the empty one is omicron, which LaTeX has no command for.
constexpr auto greek = std::to_array<std::string_view>(
    {"alpha", "beta",   "gamma",   "delta",  "varepsilon", "zeta", "eta",  "theta", "iota",
     "kappa", "lambda", "mu",      "nu",     "xi",         "",     "pi",   "rho",   "varsigma",
     "sigma", "tau",    "upsilon", "varphi", "chi",        "psi",  "omega"});

std::string letter(CodePoint const& c) {
  auto const is_between = [&](char32_t first, char32_t last) { return first <= c.value && c.value <= last; };
  std::size_t const index = c.value - first_greek;
  if (c.value >= first_greek && index < greek.size() && !greek[index].empty())
    return fmt::format("$\\{}$", greek[index]);
  if (c.value == 0xB5) return "$\\mu$";
  if (c.value == 0xB7 || c.value == 0x22C5) return "$\\cdot$";
  if (c.value == 0xD7) return "$\\times$";
  if (c.value == 0xB1) return "$\\pm$";
  if (c.value == 0x2264) return "$\\le$";
  if (c.value == 0x2265) return "$\\ge$";
  if (c.value == 0x2013) return "\\textendash{}";
  if (c.value == 0x2014) return "\\textemdash{}";
  if (c.value == 0x2026) return "\\ldots{}";
  // The letters of Latin-1, which every LaTeX since 2018 reads as UTF-8.
  if (is_between(0xC0, 0xFF) && c.value != 0xF7) return std::string(c.bytes);
  return fmt::format("\\fisherlabchar{{{}}}{{U+{:04X}}}", c.bytes, static_cast<unsigned>(c.value));
}

}  // namespace

std::string latex_text(std::string_view text) {
  std::string const shown = printable(text);
  std::string result;
  for (std::string_view rest = shown; !rest.empty();) {
    auto const c = first_of(rest);
    rest.remove_prefix(c.bytes.size());
    if (c.value >= 0x80) {
      result += letter(c);
      continue;
    }
    bool const is_sign = c.value == '-' && !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
    auto const other = is_sign ? "\\mbox{-}" : escaped(c.bytes[0]);  // no line ends between a sign and its number
    result += other.empty() ? c.bytes : other;
  }
  return result;
}

std::string latex_number(std::string_view text) {
  std::string result = "$";
  auto const skip = [&text](std::string_view prefix) {
    bool const is_there = text.starts_with(prefix);
    if (is_there) text.remove_prefix(prefix.size());
    return is_there;
  };
  while (!text.empty()) {
    if (skip("≥ ")) {
      result += "\\ge ";
    } else if (skip("≤ ")) {
      result += "\\le ";
    } else if (skip("inf")) {
      result += "\\infty";
    } else if (skip(", ")) {
      result += ",$ $";  // where the line may end
    } else if (skip(" ")) {
      result += "\\,";
    } else if (skip("e")) {
      bool const is_negative = !skip("+") && skip("-");
      while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
      std::size_t const end = std::min(text.find_first_not_of("0123456789"), text.size());
      result += fmt::format("\\times10^{{{}{}}}", is_negative ? "-" : "", text.substr(0, end));
      text.remove_prefix(end);
    } else if (skip("%")) {
      result += "\\%";
    } else if (skip("nan")) {
      result += "\\mathrm{nan}";
    } else if (skip("all")) {
      result += "\\mathrm{all}";
    } else {
      result += text[0];
      text.remove_prefix(1);
    }
  }
  return result + '$';
}

}  // namespace fisherlab::reports
