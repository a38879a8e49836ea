#include "runs/data/cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the texts are equal but for capitals; `small` has none.
bool is_same(std::string_view text, std::string_view small) {
  auto const lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
  return std::equal(text.begin(), text.end(), small.begin(), small.end(),
                    [&](char a, char b) { return lower(a) == b; });
}

bool is_true(std::string_view text) { return text == "TRUE" || text == "True" || text == "true"; }
bool is_false(std::string_view text) { return text == "FALSE" || text == "False" || text == "false"; }

/// Digits in threes behind a mark, as "1,234,567.8", "1.234,5" or "1 234": what no number of ours is.
bool has_thousands(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::size_t const first = text.find_first_not_of("0123456789");
  if (first == std::string_view::npos || first == 0 || first > 3) return false;
  char const mark = text[first];
  if (std::string_view(",.' ").find(mark) == std::string_view::npos) return false;
  text.remove_prefix(first);
  while (text.size() >= 4 && text[0] == mark && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]))
    text.remove_prefix(4);
  if (text.starts_with('.') || text.starts_with(',')) text.remove_prefix(1);
  return std::all_of(text.begin(), text.end(), is_digit);
}

/// Several words with blanks between them, of which some are numbers, as in a table with blanks for separators.
bool are_numbers_apart(std::string_view text) {
  if (has_thousands(text)) return false;
  bool has_number = false, has_blank = false;
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    has_number = has_number || (!word.empty() && written(word) != Written::no_number);
    has_blank = has_blank || word.size() < text.size();
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return has_number && has_blank;
}

/// Digits, a mark, digits, the same mark, digits: "2024-01-31", "31.1.2024", "1/31/24".
bool is_date(std::string_view text) {
  std::array<std::size_t, 3> digits = {};
  char mark = '\0';
  std::size_t part = 0;
  for (char const c : text) {
    if (is_digit(c)) {
      ++digits[part];
      continue;
    }
    bool const is_mark = std::string_view("-./").find(c) != std::string_view::npos && (mark == '\0' || c == mark);
    if (!is_mark || ++part > 2) return false;
    mark = c;
  }
  return part == 2 && std::ranges::all_of(digits, [](std::size_t count) { return count >= 1 && count <= 4; });
}

/// A number with letters behind it, as "1.5kg", "12 cm".
bool has_unit(std::string_view text) {
  std::size_t const end = text.find_first_not_of("0123456789.,+- ");
  if (end == std::string_view::npos || end == 0) return false;
  auto const rest = text.substr(end);
  return written(trimmed(text.substr(0, end))) != Written::no_number && rest.size() <= 8 &&
         std::ranges::all_of(rest, [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80 || c == '/'; });
}

/// Marks that people write where nothing is known.
bool is_mark_of_nothing(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::string_view("-?*_").find(c) != std::string_view::npos; });
}

/// What to do about a text that is not a number.
std::string remedy(std::string_view text) {
  auto const kind = written(text);
  if (kind == Written::with_comma || kind == Written::with_groups)
    return "write the decimal point as '.', or give --decimal ,";
  if (kind == Written::with_point) return "write the decimal comma as ',', or give --decimal .";
  if (text.ends_with('%')) return "take the signs % out";
  if (text.starts_with("$") || text.starts_with("\xE2\x82\xAC") || text.starts_with("\xC2\xA3"))
    return "take the signs of currency out";
  if (text.starts_with("\xE2\x88\x92") || text.starts_with("\xE2\x80\x93"))
    return "write minus as '-' (another sign stands there)";
  if (is_mark_of_nothing(text)) return "write NA where it is missing, or remove the row";
  if (text.size() > 2 && text.starts_with('\'') && text.ends_with('\''))
    return "take the quotes out, or write them as \"";
  if (is_date(text)) return "dates are none: write how long after a first day it was";
  if (has_unit(text)) return "take the unit out";
  if (are_numbers_apart(text)) return "separate cells by , ; | or tabs in place of blanks";
  return has_thousands(text) ? "take the marks between thousands out" : "correct it or remove the row";
}

/// Reads the number; std::errc() where all of the text is one.
std::errc read_number(std::string_view text, char decimal, double& value) {
  bool const has_plus = text.starts_with('+') && !text.starts_with("+-");
  if (has_plus) text.remove_prefix(1);
  std::string with_point;
  if (decimal == ',') {
    if (text.find('.') != std::string_view::npos) return std::errc::invalid_argument;
    with_point = text;
    std::replace(with_point.begin(), with_point.end(), ',', '.');
    text = with_point;
  }
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return end != text.data() + text.size() ? std::errc::invalid_argument : error;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  auto const is_blank = [](char c) { return c == ' ' || c == '\t'; };
  if (!text.empty() && !is_blank(text.front()) && !is_blank(text.back())) return text;
  std::size_t const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string shown(std::string_view text) {
  std::string spelt;
  for (char const c : text) c == '\t' ? spelt += "\\t" : spelt += c;
  return clipped(printable(spelt), 40);
}

bool is_missing(std::string_view raw) {
  auto const text = trimmed(raw);
  if (text.empty() || text == ".") return true;
  if (is_digit(text.back())) return false;  // as nearly every cell, and no word below
  constexpr std::array<std::string_view, 5> words = {"na", "n/a", "#n/a", "nan", "null"};
  return std::any_of(words.begin(), words.end(), [&](auto word) { return is_same(text, word); });
}

Cell parse_cell(std::string_view raw, char decimal) {
  std::string_view const text = trimmed(raw);
  if (is_missing(text))
    return {.problem = text.empty()
                           ? "is an empty cell, give the value or --missing skip"
                           : fmt::format("'{}' is a missing value, give the value or --missing skip", shown(text)),
            .is_missing = true};
  if (!is_digit(text.back()) && (is_true(text) || is_false(text)))
    return {.value = is_true(text) ? 1.0 : 0.0, .is_truth = true};
  Cell cell;
  auto const error = read_number(text, decimal, cell.value);
  if (error == std::errc::invalid_argument) {
    cell.is_text = true;
    cell.problem = fmt::format("'{}' is not a number, {}", shown(text), remedy(text));
  } else if (error == std::errc::result_out_of_range) {
    cell.problem = fmt::format("'{}' is outside the range of a double, rescale the data", shown(text));
  } else if (!std::isfinite(cell.value)) {
    cell.problem = fmt::format("'{}' is not finite, correct it or remove the row", shown(text));
  }
  return cell;
}

Written written(std::string_view raw) {
  std::string_view text = trimmed(raw);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  auto const digits = [&text] {
    std::size_t const end = std::min(text.find_first_not_of("0123456789"), text.size());
    auto const found = text.substr(0, end);
    text.remove_prefix(end);
    return found;
  };
  auto const whole = digits();
  char const mark = text.starts_with('.') || text.starts_with(',') ? text.front() : ' ';
  if (mark != ' ') text.remove_prefix(1);
  auto const part = mark != ' ' ? digits() : std::string_view();
  if (whole.empty() && part.empty()) return Written::no_number;
  bool const has_exponent = text.starts_with('e') || text.starts_with('E');
  if (has_exponent) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (digits().empty()) return Written::no_number;
  }
  if (!text.empty()) return Written::no_number;
  if (mark == ' ') return Written::plain;
  if (mark == '.') return Written::with_point;
  bool const is_group = part.size() == 3 && !has_exponent && !whole.empty() && whole.size() <= 3 && whole[0] != '0';
  return is_group ? Written::with_groups : Written::with_comma;
}

bool is_no_end(std::string_view raw, double none) {
  constexpr std::array<std::string_view, 4> words = {"Inf", "inf", "INF", "infinity"};
  auto text = trimmed(raw);
  if (is_missing(text)) return true;
  if (text.empty()) return false;
  bool const is_signed = text.front() == '-' || (text.front() == '+' && none > 0);
  if (none < 0 && text.front() != '-') return false;
  if (none > 0 && text.front() == '-') return false;
  if (is_signed) text.remove_prefix(1);
  return text == "Infinity" || std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace fisherlab::runs
