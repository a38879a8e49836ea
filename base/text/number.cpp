#include "base/text/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace fisherlab {
namespace {

/// Calls std::to_chars with a buffer for 15 integer digits and 16 decimals, the most that this file asks for.
template <class... Format>
std::string characters(double value, Format... format) {
  std::array<char, 64> buffer;
  auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...).ptr;
  return {buffer.data(), end};
}

std::string scientific(double value, int digits) {
  return characters(value, std::chars_format::scientific, std::clamp(digits, 1, 17) - 1);
}

/// Decimal exponent of `value` after rounding to `digits` significant digits, so that 9.99 to one digit counts as 10.
int exponent_of(double value, int digits) {
  std::string const text = scientific(value, digits);
  char const* first = text.data() + text.find('e') + 1;
  if (*first == '+') ++first;
  int exponent = 0;
  std::from_chars(first, text.data() + text.size(), exponent);
  return exponent;
}

std::string without_trailing_zeros(std::string text) {
  std::size_t const end = std::min(text.find('e'), text.size());
  if (text.substr(0, end).find('.') == std::string::npos) return text;
  std::size_t keep = end;
  while (text[keep - 1] == '0') --keep;
  if (text[keep - 1] == '.') --keep;
  return text.erase(keep, end - keep);
}

/// "-0.00" says nothing that "0.00" does not.
std::string without_sign_of_zero(std::string const& text) {
  bool const is_zero = text.substr(0, text.find('e')).find_first_of("123456789") == std::string::npos;
  return is_zero && text.starts_with('-') ? text.substr(1) : text;
}

}  // namespace

std::string exact_text(double value) { return std::isnan(value) ? "nan" : characters(value); }

std::string exact_text(std::int64_t value) { return std::to_string(value); }

std::string rounded_text(double value, int digits) {
  if (value == 0) return "0";
  if (!std::isfinite(value)) return exact_text(value);
  int const exponent = exponent_of(value, digits);
  if (exponent < -5 || exponent >= 7) return without_trailing_zeros(scientific(value, digits));
  int const decimals = std::clamp(digits - 1 - exponent, 0, 16);
  return without_trailing_zeros(characters(value, std::chars_format::fixed, decimals));
}

std::string text_to_place(double value, int place) {
  if (!std::isfinite(value)) return exact_text(value);
  if (value == 0 && place > 0) return "0";
  double const size = std::abs(value);
  bool const is_plain = place <= 0 && place >= -12 && size < 1e15 && (size == 0 || size >= 1e-5 || place >= -5);
  if (is_plain) return without_sign_of_zero(characters(value, std::chars_format::fixed, -place));
  return without_sign_of_zero(scientific(value, exponent_of(value, 17) - place + 1));
}

int place_of_digit(double size, int digits) { return exponent_of(size, digits) - digits + 1; }

std::string text_within(double value, double spread) {
  bool const hides_spread = spread > 0 && std::isfinite(spread) && spread < 1e-5 * std::abs(value);
  return hides_spread ? text_to_place(value, place_of_digit(spread, 2)) : rounded_text(value, 6);
}

std::string text_by_error(Uncertain number) {
  auto const [value, error] = number;
  if (!std::isfinite(value) || !std::isfinite(error) || error == 0) return rounded_text(value, 6);
  int const decimals = 1 - exponent_of(error, 2);
  int const digits = value == 0 ? 1 : exponent_of(value, 17) + decimals + 1;
  bool const is_plain = decimals <= 8 && std::abs(value) < (decimals > 0 ? 1e15 : 1e7);
  return without_sign_of_zero(is_plain ? characters(value, std::chars_format::fixed, std::max(decimals, 0))
                                       : scientific(value, digits));
}

std::string text_with_error(Uncertain number) {
  if (std::isnan(number.error)) return text_by_error(number);
  return text_by_error(number) + " (" + text_by_error({.value = number.error, .error = number.error}) + ")";
}

}  // namespace fisherlab
