#pragma once

#include <cstdint>
#include <string>

namespace fisherlab {

/// Shortest decimal text that reads back as the same double, by std::to_chars, whatever the locale.
/// Not-a-number of either sign is "nan", the infinities are "inf" and "-inf".
std::string exact_text(double value);

/// All digits of an integer, without separators.
std::string exact_text(std::int64_t value);
inline std::string exact_text(int value) { return exact_text(static_cast<std::int64_t>(value)); }

/// For people: `value` to `digits` significant digits without trailing zeros. Fixed notation for magnitudes from 1e-5
/// to below 1e7 (the integer part is never cut), scientific elsewhere.
std::string rounded_text(double value, int digits = 4);

/// For people: `value` to the decimal place 10^`place`, of which trailing zeros stay, since they are known. Fixed
/// notation for places from 1e-12 to 1 and magnitudes below 1e15, scientific elsewhere and for what lies below 1e-5.
std::string text_to_place(double value, int place);

/// The decimal place of the `digits`-th significant digit of a size above 0: -2 for the second of 0.31, -1 for that
/// of 3.1.
int place_of_digit(double size, int digits);

/// For people: to six significant digits, and so far behind them that a number so uncertain, or so spread, as `spread`
/// shows where it lies: 1000000000.06 for a spread of 0.3.
std::string text_within(double value, double spread);

/// A value and its standard error, which two doubles in a row could be swapped for.
struct Uncertain {
  double value = 0;
  double error = 0;
};

/// For people: the value to the decimal place of the second significant digit of its error; trailing zeros stay, since
/// they are known. An error of zero or one that is not finite gives six significant digits.
std::string text_by_error(Uncertain number);

/// The same with the error, to two significant digits, in brackets: "0.0123 (0.0045)".
std::string text_with_error(Uncertain number);

}  // namespace fisherlab
