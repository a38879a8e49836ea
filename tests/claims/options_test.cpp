#include "claims/options.hpp"

#include <gtest/gtest.h>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

ClaimCard card() {
  ClaimCard card;
  card.id = "some-claim";
  card.options = {{"map", "f", "log", {"log", "sqrt"}}, margin_option("0.25"), {"component", "of theta", "", {}}};
  return card;
}

std::string refusal(Options const& options) {
  try {
    completed(card(), options);
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

TEST(Options, HaveTheDefaultsOfTheClaim) {
  EXPECT_EQ(completed(card(), {}), (Options{{"component", ""}, {"map", "log"}, {"margin", "0.25"}}));
  EXPECT_EQ(completed(card(), {{"margin", "1"}}), (Options{{"component", ""}, {"map", "log"}, {"margin", "1"}}));
}

TEST(Options, AreOnesThatTheClaimHasAndTakeOneOfTheChoices) {
  EXPECT_EQ(refusal({{"map", "sqrt"}, {"component", "anything"}}), "");
  EXPECT_EQ(refusal({{"map", "cosine"}}), "option map cannot be 'cosine', choose one of: log, sqrt");
  EXPECT_EQ(refusal({{"maps", "log"}}),
            "claim some-claim has no option 'maps', its options are: map, margin, component");
}

TEST(Options, ReadWholeFiniteNumbersOnly) {
  EXPECT_EQ(number_option(Options{{"key", "-1.5e-3"}}, "key"), -1.5e-3);
  EXPECT_EQ(count_option({{"key", "7"}}, "key", 1, 7), 7);
  int refused = 0;
  for (auto const* text : {"", "five", "1,5", "1.5 ", " 1.5", "1.5x", "nan", "inf", "1e999", "0x10"}) {
    EXPECT_THROW(number_option(Options{{"key", text}}, "key"), InputError) << "'" << text << "'";
    ++refused;
  }
  EXPECT_EQ(refused, 10);
  for (auto const* text : {"8", "0", "2.5"}) EXPECT_THROW(count_option({{"key", text}}, "key", 1, 7), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
