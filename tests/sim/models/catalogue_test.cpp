#include "sim/models/interface/catalogue.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/expects.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "tests/support/scalar_exponential.hpp"

namespace fisherlab::sim {
namespace {

Models::Entry of_a_user() {
  return {test::ScalarExponential::card(),
          [](std::span<double const>) { return run_lane_by_lane(test::ScalarExponential{}); }};
}

std::string refusal(auto const& act) {
  try {
    act();
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

TEST(Models, AreAValueThatAProgramExtends) {
  auto const& shipped = shipped_models();
  auto const mine = shipped.with(of_a_user());
  EXPECT_EQ(mine.entries().size(), shipped.entries().size() + 1);
  EXPECT_EQ(mine.cards().back().name, "my_exponential");
  ASSERT_NE(mine.find("my_exponential"), nullptr);
  EXPECT_EQ(mine.make("my_exponential", {})->card().parameters.front(), "rate");
  EXPECT_NE(mine.find("gamma"), nullptr);
  EXPECT_EQ(shipped.find("my_exponential"), nullptr);
}

/// A lane model of a program's own; this file instantiates it.
struct Mine : Gamma {
  static ModelCard card() {
    auto card = Gamma::card();
    card.name = "mine";
    return card;
  }
};

TEST(Models, TakeAModelClass) {
  auto const mine = shipped_models().with<Mine>().make("mine", {});
  EXPECT_EQ(mine->card().name, "mine");
  EXPECT_TRUE(mine->offers().fit);
  EXPECT_FALSE(mine->offers().best_unbiased);
}

TEST(Models, RefuseUnknownNamesAndTwoOfOneName) {
  auto const mine = shipped_models().with(of_a_user());
  EXPECT_EQ(refusal([&] { mine.make("maxwell", {}); }),
            "there is no model named 'maxwell', see `fisherlab list models`");
  EXPECT_EQ(refusal([&] { mine.with(of_a_user()); }),
            "there are two models named 'my_exponential', give one of them another name");
}

TEST(Models, HaveTheCardThatTheirEntryTells) {
  for (auto const& entry : shipped_models().entries()) {
    EXPECT_EQ(entry.card.parameters.size(), entry.card.domains.size()) << entry.card.name;
    EXPECT_EQ(shipped_models().find(entry.card.name), &entry.card);
  }
}

}  // namespace
}  // namespace fisherlab::sim
