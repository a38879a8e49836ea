#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/formula/formula.hpp"

namespace fisherlab::runs {
namespace {

std::vector<std::string> const columns = {"y", "a", "b", "c", "x 1"};

/// "1 + a + b + a:b | offset": what a formula means.
std::string meaning(std::string const& text) {
  auto const formula = parse_formula(text, columns);
  std::string result = formula.has_intercept ? "1" : "0";
  for (auto const& term : formula.terms) result += " + " + formula.term_text(term);
  for (auto const& offset : formula.offsets) result += " | " + offset.text();
  return result;
}

std::string refusal(std::string const& text) {
  try {
    parse_formula(text, columns);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

TEST(Formula, MeansWhatRMeans) {
  // Checked against R: attr(terms(formula), "term.labels").
  EXPECT_EQ(meaning("y ~ a"), "1 + a");
  EXPECT_EQ(meaning("y~a*b"), "1 + a + b + a:b");
  EXPECT_EQ(meaning("y ~ a:b + c"), "1 + c + a:b") << "main effects stand first";
  EXPECT_EQ(meaning("y ~ (a + b + c)^2"), "1 + a + b + c + a:b + a:c + b:c");
  EXPECT_EQ(meaning("y ~ a*b*c - a:b:c"), "1 + a + b + c + a:b + a:c + b:c");
  EXPECT_EQ(meaning("y ~ a + b + a"), "1 + a + b");
  EXPECT_EQ(meaning("y ~ a*b - a"), "1 + b + a:b");
  EXPECT_EQ(meaning("y ~ (a + b):c"), "1 + a:c + b:c");
  EXPECT_EQ(meaning("y ~ b:a"), "1 + b:a") << "variables are in the order of their appearance";
  EXPECT_EQ(meaning("y ~ ."), "1 + a + b + c + `x 1`");
  EXPECT_EQ(meaning("y ~ . - c - `x 1`"), "1 + a + b");
}

TEST(Formula, HasAnInterceptUnlessItIsTakenOut) {
  EXPECT_EQ(meaning("y ~ 1"), "1");
  EXPECT_EQ(meaning("y ~ 0 + a"), "0 + a");
  EXPECT_EQ(meaning("y ~ a - 1"), "0 + a");
  EXPECT_EQ(meaning("y ~ -1 + a"), "0 + a");
}

TEST(Formula, NamesTransformsAsRDoes) {
  EXPECT_EQ(meaning("y ~ log( a ) + sqrt(b+1)"), "1 + log(a) + sqrt(b + 1)");
  EXPECT_EQ(meaning("y ~ I(a^2) + I(a*b/2)"), "1 + I(a^2) + I(a * b/2)");
  EXPECT_EQ(meaning("y ~ exp(-(a - b))"), "1 + exp(-(a - b))");
  EXPECT_EQ(meaning("y ~ factor(a)*log(`x 1`)"), "1 + factor(a) + log(`x 1`) + factor(a):log(`x 1`)");
  EXPECT_EQ(meaning("log(y) ~ a + offset(log(b)) + offset(c)"), "1 + a | log(b) | c");
}

TEST(Formula, GivesValuesOfExpressions) {
  auto const value = [](std::string const& expression) {
    auto const formula = parse_formula("y ~ I(" + expression + ")", columns);
    return value_of(formula.variables[0].expression, [](std::size_t column) { return static_cast<double>(column); });
  };  // y = 0, a = 1, b = 2, c = 3
  EXPECT_DOUBLE_EQ(value("b + c*c"), 11);
  EXPECT_DOUBLE_EQ(value("-c^2"), -9) << "a power binds tighter than a sign";
  EXPECT_DOUBLE_EQ(value("b^c^b"), 512) << "from the right";
  EXPECT_DOUBLE_EQ(value("c - b - a"), 0) << "from the left";
  EXPECT_DOUBLE_EQ(value("(a - c)^3"), -8);
  EXPECT_DOUBLE_EQ(value("b^-1"), 0.5);
  EXPECT_DOUBLE_EQ(value("4^0.5"), 2);
  EXPECT_NEAR(value("log(exp(c))"), 3, 1e-15);
}

// In R `x^2` is x, too: powers are interactions.
TEST(Formula, RemarksOnThePowerOfOneVariable) {
  std::vector<std::string> const columns = {"y", "x", "g"};
  auto const notes = [&](std::string const& formula) { return parse_formula(formula, columns).notes; };
  EXPECT_EQ(notes("y ~ x + x^2"),
            (std::vector<std::string>{"x^2 is x in a formula, as in R (powers are interactions); the power of its "
                                      "values is I(x^2)."}));
  EXPECT_EQ(notes("y ~ (x)^3:g + log(x)^2 + log(x)^2").size(), 2u);
  for (std::string const formula : {"y ~ I(x^2)", "y ~ (x + g)^2", "y ~ x^1", "y ~ log(x^2)", "y ~ x:g"})
    EXPECT_TRUE(notes(formula).empty()) << formula;
  EXPECT_EQ(parse_formula("y ~ x^2", columns).terms.size(), 1u);
}

TEST(Formula, NamesThePlaceOfAMistake) {
  EXPECT_EQ(
      refusal("y ~ a + + b"),
      "the formula 'y ~ a + + b' has, at character 9 (after 'y ~ a + '), '+', where a column or a function belongs");
  EXPECT_NE(refusal("y ~ a + bb")
                .find("character 9 (after 'y ~ a + '), 'bb', which is no column of the data, did you "
                      "mean 'b'?"),
            std::string::npos);
  EXPECT_NE(refusal("y ~ poly(a, 2)").find("character 5 (after 'y ~ '), "), std::string::npos);
  EXPECT_NE(refusal("y ~ poly(a)").find("the function 'poly', which is not known"), std::string::npos);
  EXPECT_NE(refusal("~ a").find("no response"), std::string::npos);
  EXPECT_NE(refusal("y").find(", where '~' belongs"), std::string::npos);
  EXPECT_NE(refusal("y ~").find("its end, where a column"), std::string::npos);
  EXPECT_NE(refusal("y ~ (a + b").find("its end, where ')' belongs"), std::string::npos);
  EXPECT_NE(refusal("y ~ a^2.5").find("whole number from 1 to 10"), std::string::npos);
  EXPECT_NE(refusal("y ~ a/b").find("where + or the end belongs"), std::string::npos);
  EXPECT_NE(refusal("y ~ a:offset(b)").find("offset within a term"), std::string::npos);
  EXPECT_NE(refusal("y ~ (1 + a):b").find("intercept within brackets"), std::string::npos);
  EXPECT_NE(refusal("y ~ y + a").find("response 'y' on the right too"), std::string::npos);
  EXPECT_NE(refusal("y ~ `a").find("backquote that is not closed"), std::string::npos);
  EXPECT_NE(refusal(std::string(1001, 'a')).find("more than 1000 characters"), std::string::npos);
  EXPECT_NE(refusal("y ~ " + std::string(900, '(') + "a").find("too many brackets"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs
