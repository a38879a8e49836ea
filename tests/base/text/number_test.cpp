#include "base/text/number.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <random>

namespace fisherlab {
namespace {

using Limits = std::numeric_limits<double>;

TEST(ExactText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(exact_text(0.1), "0.1");
  EXPECT_EQ(exact_text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(exact_text(-2.5), "-2.5");
  EXPECT_EQ(exact_text(1e300), "1e+300");
  EXPECT_EQ(exact_text(1 - 1e-9), "0.999999999");
  EXPECT_EQ(exact_text(1 - 1e-14), "0.99999999999999");
}

TEST(ExactText, ReadsBackBitForBit) {
  std::mt19937_64 bits(20240301);
  int tried = 0;
  for (int i = 0; i < 200'000; ++i) {
    double const value = std::bit_cast<double>(bits());
    if (!std::isfinite(value)) continue;
    std::string const text = exact_text(value);
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << text;
    ++tried;
  }
  EXPECT_GT(tried, 199'000);
  EXPECT_EQ(exact_text(Limits::denorm_min()), "5e-324");
  EXPECT_EQ(exact_text(-0.0), "-0");
}

TEST(ExactText, SpellsWhatIsNotFinite) {
  EXPECT_EQ(exact_text(Limits::quiet_NaN()), "nan");
  EXPECT_EQ(exact_text(-Limits::quiet_NaN()), "nan");
  EXPECT_EQ(exact_text(Limits::infinity()), "inf");
  EXPECT_EQ(exact_text(-Limits::infinity()), "-inf");
}

TEST(ExactText, WritesEveryDigitOfAnInteger) {
  EXPECT_EQ(exact_text(std::int64_t{1'000'000}), "1000000");
  EXPECT_EQ(exact_text(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
  EXPECT_EQ(exact_text(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
}

TEST(RoundedText, KeepsSignificantDigitsWithoutTrailingZeros) {
  EXPECT_EQ(rounded_text(0.95), "0.95");
  EXPECT_EQ(rounded_text(0.123456), "0.1235");
  EXPECT_EQ(rounded_text(0.99996), "1");
  EXPECT_EQ(rounded_text(123456.7), "123457");
  EXPECT_EQ(rounded_text(0), "0");
  EXPECT_EQ(rounded_text(-0.000012346), "-0.00001235");
  EXPECT_EQ(rounded_text(0.0000012345), "1.234e-06");
  EXPECT_EQ(rounded_text(1e9), "1e+09");
  EXPECT_EQ(rounded_text(1 - (1 - 2.5e-9), 2), "2.5e-09");
  EXPECT_EQ(rounded_text(Limits::infinity()), "inf");
}

TEST(TextByError, StopsAtTheSecondDigitOfTheError) {
  EXPECT_EQ(text_by_error({.value = 0.123456, .error = 0.0021}), "0.1235");
  EXPECT_EQ(text_by_error({.value = 2, .error = 0.031}), "2.000");
  EXPECT_EQ(text_by_error({.value = -0.00001, .error = 0.02}), "0.000");
  EXPECT_EQ(text_by_error({.value = 12345.6, .error = 321}), "12346");
  EXPECT_EQ(text_by_error({.value = 0.5, .error = 0.00996}), "0.500");
  EXPECT_EQ(text_by_error({.value = 1.23456789e-10, .error = 2e-13}), "1.2346e-10");
  EXPECT_EQ(text_to_place(1000000000.0564, -3), "1000000000.056");
  EXPECT_EQ(text_to_place(3, -9), "3.000000000");
  EXPECT_EQ(text_to_place(1.2345e-6, -9), "1.234e-06");
  EXPECT_EQ(text_to_place(1.2345e8, 5), "1.234e+08");
  EXPECT_EQ(text_to_place(0, -2), "0.00");
  EXPECT_EQ(text_to_place(0, 4), "0");
  EXPECT_EQ(text_to_place(-Limits::infinity(), 0), "-inf");
  EXPECT_EQ(place_of_digit(0.31, 2), -2);
  EXPECT_EQ(place_of_digit(25400, 3), 2);
  EXPECT_EQ(text_within(1000000000.0564, 0.3), "1000000000.06");
  EXPECT_EQ(text_within(0.4, 0.1), "0.4");
  EXPECT_EQ(text_within(1e9, 0), "1e+09");
  EXPECT_EQ(text_by_error({.value = 1234567890.1234, .error = 0.31}), "1234567890.12");
  EXPECT_EQ(text_by_error({.value = 1234567890.1234, .error = 310}), "1.23456789e+09");
  EXPECT_EQ(text_by_error({.value = 0.5, .error = 0}), "0.5");
  EXPECT_EQ(text_by_error({.value = Limits::quiet_NaN(), .error = 1}), "nan");
  EXPECT_EQ(text_with_error({.value = 0.0123456, .error = 0.0045}), "0.0123 (0.0045)");
  EXPECT_EQ(text_with_error({.value = 95.6321, .error = 0.0204}), "95.632 (0.020)");
  EXPECT_EQ(text_with_error({.value = 0.5, .error = 0}), "0.5 (0)");
}

/// Writes 1,5 for 1.5 and groups thousands, as many languages do.
struct CommaPoint : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(NumberText, DoesNotDependOnTheLocale) {
  std::locale const before = std::locale::global(std::locale(std::locale::classic(), new CommaPoint));
  char const* const named = std::setlocale(LC_ALL, "de_DE.UTF-8");  // null where it is not installed
  std::string const texts[] = {exact_text(1234567.5), exact_text(std::int64_t{1234567}), rounded_text(1234.5, 5),
                               text_with_error({.value = 1234.5, .error = 0.25})};
  if (named) std::setlocale(LC_ALL, "C");
  std::locale::global(before);
  EXPECT_EQ(texts[0], "1234567.5");
  EXPECT_EQ(texts[1], "1234567");
  EXPECT_EQ(texts[2], "1234.5");
  EXPECT_EQ(texts[3], "1234.50 (0.25)");
}

}  // namespace
}  // namespace fisherlab
