#include "estimators/names.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/expects.hpp"
#include "estimators/catalogue.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::estimators {
namespace {

TEST(EstimatorNames, CarryANumberInBrackets) {
  auto const plain = parse_estimator_name("mle");
  EXPECT_EQ(plain.base, "mle");
  EXPECT_FALSE(plain.argument);
  for (auto const& [text, value] :
       {std::pair{"trimmed_mean(0.1)", 0.1}, {"share_above(-3)", -3.0}, {"share_above(1e-3)", 1e-3}}) {
    auto const name = parse_estimator_name(text);
    EXPECT_EQ(name.base, std::string(text).substr(0, std::string(text).find('(')));
    EXPECT_EQ(name.argument, value) << text;
  }
  EXPECT_EQ(name_with("trimmed_mean", 0.1), "trimmed_mean(0.1)");
  EXPECT_EQ(base_name("trimmed_mean(what"), "trimmed_mean");
}

TEST(EstimatorNames, RefuseBracketsWithoutOneNumber) {
  int refused = 0;
  for (char const* const text : {"trimmed_mean(", "trimmed_mean()", "trimmed_mean(0.1", "trimmed_mean(0.1))",
                                 "trimmed_mean(0.1)x", "trimmed_mean(0.1, 2)", "trimmed_mean(a)", "trimmed_mean(nan)",
                                 "trimmed_mean(inf)", "trimmed_mean( 0.1)", "trimmed_mean(1e999)"}) {
    EXPECT_THROW(parse_estimator_name(text), InputError) << text;
    ++refused;
  }
  EXPECT_EQ(refused, 11);
}

std::string refusal(std::string const& name, std::string const& model) {
  try {
    make_estimator(name, sim::make_model(model, {}));
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

TEST(EstimatorNames, TellWhatIsWrongWithTheNumber) {
  EXPECT_EQ(refusal("mle(2)", "normal"), "estimator mle takes no number, leave the brackets out");
  EXPECT_EQ(refusal("mle()", "normal"), "estimator mle takes no number, leave the brackets out");
  EXPECT_EQ(refusal("share_above", "normal"),
            "estimator share_above needs a number (the threshold c of P(X > c)), as in share_above(3)");
  EXPECT_EQ(refusal("best_unbiased_quantile(1)", "normal"),
            "estimator best_unbiased_quantile cannot take 1 (the probability of the quantile, between 0 and 1), choose "
            "another as in best_unbiased_quantile(0.9)");
  EXPECT_EQ(refusal("share_above(2", "normal"),
            "after share_above comes one number in brackets and nothing else, as in share_above(0.1)");
  for (char const* const name : {"trimmed_mean(0.5)", "trimmed_mean(-0.1)", "best_unbiased_quantile(0)"})
    EXPECT_NE(refusal(name, "normal").find("cannot take"), std::string::npos) << name;
  EXPECT_EQ(refusal("trimmed_mean(0)", "cauchy"), "");
}

TEST(EstimatorNames, AreNormalised) {
  auto const name = [](std::string const& text) { return make_estimator(text, sim::make_model("normal", {}))->name(); };
  EXPECT_EQ(name("trimmed_mean(0.10)"), "trimmed_mean(0.1)");
  EXPECT_EQ(name("trimmed_mean(-0)"), "trimmed_mean(0)");
  EXPECT_EQ(name("share_above(30e-1)"), "share_above(3)");
  EXPECT_EQ(name("best_unbiased_quantile(.9)"), "best_unbiased_quantile(0.9)");
}

}  // namespace
}  // namespace fisherlab::estimators
