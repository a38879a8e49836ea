#include "reports/page/formula/formula.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fisherlab::reports {
namespace {

/// The MathML of a formula that is all mathematics, without its frame.
std::string inside(std::string const& formula) {
  auto const html = formula_html(formula);
  std::string const head = "<math alttext=\"" + formula + "\"><mrow>", tail = "</mrow></math>";
  EXPECT_TRUE(html.starts_with(head) && html.ends_with(tail)) << html;
  return html.substr(head.size(), html.size() - head.size() - tail.size());
}

TEST(Formula, SetsIndicesExponentsAndHats) {
  EXPECT_EQ(inside("I^-1"), "<msup><mrow><mi>I</mi></mrow><mrow><mo form=\"prefix\">−</mo><mn>1</mn></mrow></msup>");
  EXPECT_EQ(inside("chi^2_p"),
            "<msubsup><mrow><mi>χ</mi></mrow><mrow><mi>p</mi></mrow><mrow><mn>2</mn></mrow></msubsup>");
  EXPECT_EQ(inside("theta_hat"), "<mover accent=\"true\"><mi>θ</mi><mo>^</mo></mover>");
  EXPECT_EQ(inside("f_a'"), "<msubsup><mrow><mi>f</mi></mrow><mrow><mi>a</mi></mrow><mrow><mo>′</mo></mrow></msubsup>");
  EXPECT_EQ(
      inside("I_{X_1}"),
      "<msub><mrow><mi>I</mi></mrow><mrow><mrow><msub><mrow><mi>X</mi></mrow><mrow><mn>1</mn></mrow></msub></mrow>"
      "</mrow></msub>");
}

TEST(Formula, TellsTheRootOfAnInverseFromAnInverseOverN) {
  EXPECT_NE(inside("I^-1/2").find("<mn>1</mn><mo>/</mo><mn>2</mn></mrow></msup>"), std::string::npos);
  EXPECT_NE(inside("I^-1/n").find("<mn>1</mn></mrow></msup><mo>/</mo><mi>n</mi>"), std::string::npos);
}

TEST(Formula, KnowsSignsFunctionsAndProducts) {
  EXPECT_NE(formula_html("Var<w, v>").find("<mo>⟨</mo>"), std::string::npos);
  EXPECT_NE(formula_html("x < 0").find("<mo>&lt;</mo>"), std::string::npos);
  EXPECT_NE(formula_html("a -> b").find("<mo>→</mo>"), std::string::npos);
  EXPECT_NE(formula_html("t'Ht").find("<mi>H</mi><mi>t</mi>"), std::string::npos);
  EXPECT_NE(formula_html("sqrt(n)").find("<msqrt><mi>n</mi></msqrt>"), std::string::npos);
  EXPECT_NE(formula_html("E|x|^2/p").find("<mo>|</mo><mi>x</mi><mo>|</mo>"), std::string::npos);
}

TEST(Formula, LeavesWordsBetweenFormulasAsWords) {
  EXPECT_EQ(formula_html("the samples of a scenario are independent"), "the samples of a scenario are independent");
  EXPECT_EQ(formula_html("printed: L = p; corrected: n"),
            "printed: <math alttext=\"L = p\"><mrow><mi>L</mi><mo>=</mo><mi>p</mi></mrow></math>; corrected: "
            "<math alttext=\"n\"><mrow><mi>n</mi></mrow></math>");
  EXPECT_TRUE(formula_html("n (or its exact value at n)")
                  .ends_with("</math> (or its exact value at <math alttext=\"n\"><mrow><mi>n</mi></mrow></math>)"));
  EXPECT_NE(formula_html("P(interval holds theta)").find("<mtext>interval\u00a0</mtext>"), std::string::npos);
}

TEST(Formula, KnowsWordsFromFactors) {
  EXPECT_EQ(formula_html("scores do not, Wald's do"), "scores do not, Wald's do");
  EXPECT_NE(formula_html("4 mean/sd^2").find("<msup><mrow><mtext>sd</mtext></mrow><mrow><mn>2</mn>"), std::string::npos)
      << formula_html("4 mean/sd^2");
  EXPECT_NE(formula_html("J = dphi/dtheta").find("<mi>d</mi><mi>φ</mi><mo>/</mo><mi>d</mi><mi>θ</mi>"),
            std::string::npos);
}

TEST(Formula, KnowsRootsWithoutBracketsAndStars) {
  EXPECT_EQ(inside("sqrt c"), "<msqrt><mi>c</mi></msqrt>");
  EXPECT_NE(formula_html("sqrt det I_phi dphi").find("<msqrt><mi>det</mi><mspace width=\"0.25em\"/><msub>"),
            std::string::npos)
      << formula_html("sqrt det I_phi dphi");
  EXPECT_NE(formula_html("r* <= z").find("<msup><mrow><mi>r</mi></mrow><mrow><mo>∗</mo></mrow>"), std::string::npos);
  EXPECT_NE(formula_html("a*b").find("<mo>·</mo>"), std::string::npos);
}

TEST(Formula, EscapesWhatItDoesNotKnow) {
  EXPECT_EQ(formula_html("<script>alert</script>").find("<script"), std::string::npos);
  EXPECT_EQ(formula_html("a \" b").find("alttext=\"a \""), std::string::npos);
  for (auto const* broken : {"(((", ")))", "|", "^", "_", "x^", "x_", "sqrt(", "<w", "x^-", "{", "''", "x^^2", "é"})
    EXPECT_FALSE(formula_html(broken).empty()) << broken;
  EXPECT_EQ(formula_html(""), "");
}

}  // namespace
}  // namespace fisherlab::reports
