#include "claims/options.hpp"

#include <gtest/gtest.h>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

Case with(std::string const& value) {
  Case the_case;
  the_case.options["key"] = value;
  return the_case;
}

TEST(Options, FallBackWhereNothingIsSet) {
  EXPECT_EQ(text_option(Case(), "key", "log", {"log", "sqrt"}), "log");
  EXPECT_EQ(number_option(Case(), "key", 0.25), 0.25);
  EXPECT_FALSE(optional_number(Case(), "key").has_value());
  EXPECT_EQ(text_option(with("sqrt"), "other", "log"), "log");
}

TEST(Options, TakeOneOfTheChoices) {
  EXPECT_EQ(text_option(with("sqrt"), "key", "log", {"log", "sqrt"}), "sqrt");
  EXPECT_EQ(text_option(with("anything"), "key", "log"), "anything");
  try {
    text_option(with("cosine"), "key", "log", {"log", "sqrt"});
    FAIL() << "cosine was accepted";
  } catch (InputError const& error) {
    EXPECT_STREQ(error.what(), "option key cannot be 'cosine', choose one of: log, sqrt");
  }
}

TEST(Options, ReadWholeFiniteNumbersOnly) {
  EXPECT_EQ(number_option(with("-1.5e-3"), "key", 0), -1.5e-3);
  EXPECT_EQ(optional_number(with("7"), "key"), 7.0);
  int refused = 0;
  for (auto const* text : {"", "five", "1,5", "1.5 ", " 1.5", "1.5x", "nan", "inf", "1e999", "0x10"}) {
    EXPECT_THROW(number_option(with(text), "key", 0), InputError) << "'" << text << "'";
    ++refused;
  }
  EXPECT_EQ(refused, 10);
}

}  // namespace
}  // namespace fisherlab::claims
