#include "sim/expressions/parse.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sim/expressions/program.hpp"

namespace fisherlab::sim {
namespace {

/// The value of an expression of x and a.
double value_at(std::string const& text, double x, double a) {
  ExpressionGraph graph;
  auto const node = parse_expression(graph, text, "f", {{"a", graph.variable(0)}, {"x", graph.variable(1)}});
  Program const program(graph, {node}, 0);
  std::vector<Lanes> const values{a, x};
  return ProgramRun(program, values).root(0)[3];
}

TEST(Expression, HasTheUsualPrecedence) {
  EXPECT_EQ(value_at("1 + 2*x^2/4 - -a", 3, 5), 1 + 2 * 9.0 / 4 + 5);
  EXPECT_EQ(value_at("-x^2", 3, 0), -9);
  EXPECT_EQ(value_at("2^-x", 2, 0), std::exp(-2 * std::log(2.0)));
  EXPECT_EQ(value_at("x^2^3", 2, 0), 256);
  EXPECT_EQ(value_at("a - x - 1", 2, 10), 7);
  EXPECT_EQ(value_at("a/x/2", 2, 12), 3);
  EXPECT_EQ(value_at("(-x)^3", 2, 0), -8);
  EXPECT_EQ(value_at("x^-2", 4, 0), 1.0 / 16);
  EXPECT_EQ(value_at("1.5e-3*x + .5", 2, 0), 0.503);
}

TEST(Expression, HasTheFunctionsOfTheStandardLibrary) {
  for (double const x : {0.03, 0.4, 0.7, 1.9}) {
    auto const near = [x](std::string const& text, double expected) {
      EXPECT_NEAR(value_at(text, x, 2), expected, 4e-15 * (1 + std::fabs(expected))) << text << " at " << x;
    };
    near("log(x)", std::log(x));
    near("log1p(x)", std::log1p(x));
    near("exp(x)", std::exp(x));
    near("expm1(x)", std::expm1(x));
    near("sqrt(x)", std::sqrt(x));
    near("abs(-x)", x);
    near("floor(10*x)", std::floor(10 * x));
    near("sin(x)", std::sin(x));
    near("cos(x)", std::cos(x));
    near("tanh(x)", std::tanh(x));
    near("atan(x)", std::atan(x));
    near("lgamma(x)", std::lgamma(x));
    near("erf(-x)", std::erf(-x));
    near("erfc(x)", std::erfc(x));
    near("normal_cdf(x)", 0.5 * std::erfc(-x / std::sqrt(2.0)));
    near("min(x, 1/2) + max(x, a)", std::min(x, 0.5) + 2);
    near("x^a + x^2.5 + x^(1/2)", x * x + std::pow(x, 2.5) + std::sqrt(x));
    near("2*pi*x", 2 * 3.14159265358979323846 * x);
    EXPECT_NEAR(value_at("erf(x)", 1e-9 * x, 0) / std::erf(1e-9 * x), 1, 1e-15);
  }
}

TEST(Expression, ChoosesByConditions) {
  EXPECT_EQ(value_at("if(x < 1, a, -a)", 0.5, 3), 3);
  EXPECT_EQ(value_at("if(x < 1, a, -a)", 1, 3), -3);
  EXPECT_EQ(value_at("if(x <= 1 and a > 2, 1, 0)", 1, 3), 1);
  EXPECT_EQ(value_at("if(x >= 2 or a == 3, 1, 0)", 1, 3), 1);
  EXPECT_EQ(value_at("if(x != 1 or a < 3, 1, 0)", 1, 3), 0);
  EXPECT_EQ(value_at("if(x > 0, log(x), -1)", -1, 3), -1) << "what is not chosen may be no number";
}

/// First and second derivatives in a against divided differences of higher order.
TEST(Expression, IsDifferentiatedExactly) {
  for (std::string const text : {"log(a)*x",
                                 "log1p(a*x)",
                                 "exp(-a*x)",
                                 "expm1(a/x)",
                                 "sqrt(a + x)",
                                 "abs(a - 9)*a",
                                 "sin(a*x)",
                                 "cos(a)^2",
                                 "tanh(a*x)",
                                 "atan(a*x)",
                                 "lgamma(a)",
                                 "digamma(a + x)",
                                 "erf(a*x)",
                                 "erfc(a)",
                                 "normal_cdf(a - x)",
                                 "x^a",
                                 "a^a",
                                 "a^-3",
                                 "(a*x)^(1/3)",
                                 "if(x < a, a^3, a)",
                                 "min(a^2, x)",
                                 "max(a, x)*a",
                                 "log(a/x) + log(a*x)",
                                 "log(sqrt(a)/exp(a))",
                                 "1/(1 + exp(-(x - 1)/a))",
                                 "log(0.3*exp(-a) + 0.7*exp(-2*a))",
                                 "-a*(-x) - (-a)"}) {
    ExpressionGraph graph;
    auto const node = parse_expression(graph, text, "f", {{"a", graph.variable(0)}, {"x", graph.variable(1)}});
    auto const first = graph.derivative(node, 0), second = graph.derivative(first, 0);
    Program const program(graph, {node, first, second}, 0);
    auto const roots_at = [&](double a, std::size_t root) {
      std::vector<Lanes> const values{a, 1.3};
      return ProgramRun(program, values).root(root)[0];
    };
    double const a = 0.8, h = 1e-3;
    auto const slope = [&](std::size_t root) {  // Richardson's difference, to h^6
      auto const central = [&](double step) {
        return (roots_at(a + step, root) - roots_at(a - step, root)) / (2 * step);
      };
      double const one = central(h), two = central(2 * h), four = central(4 * h);
      double const once = (4 * one - two) / 3, again = (4 * two - four) / 3;
      return (16 * once - again) / 15;
    };
    EXPECT_NEAR(roots_at(a, 1), slope(0), 1e-10 * (1 + std::fabs(slope(0)))) << text;
    EXPECT_NEAR(roots_at(a, 2), slope(1), 1e-10 * (1 + std::fabs(slope(1)))) << text;
  }
}

TEST(Expression, ComputesWhatIsEqualOnce) {
  ExpressionGraph graph;
  ExpressionNames const names{{"a", graph.variable(0)}, {"x", graph.variable(1)}};
  auto const one = parse_expression(graph, "exp(a*x) + a", "f", names);
  auto const size = graph.size();
  EXPECT_EQ(parse_expression(graph, "a + exp(x*a)", "f", names), one);
  EXPECT_EQ(graph.size(), size);
  EXPECT_EQ(parse_expression(graph, "2*3 + 0*x - 6 + 1*a", "f", names), graph.variable(0));
}

/// The whole message.
std::string error_of(std::string const& text) {
  ExpressionGraph graph;
  try {
    parse_expression(graph, text, "log_density", {{"shape", graph.variable(0)}, {"x", graph.variable(1)}});
  } catch (ExpressionError const& error) {
    return error.what();
  }
  return "no error";
}

TEST(Expression, PutsACaretUnderThePlace) {
  EXPECT_EQ(error_of("log(shpe) - x"),
            "log_density has the unknown name 'shpe', did you mean 'shape'?\n"
            "  log(shpe) - x\n"
            "      ^");
  EXPECT_EQ(error_of("log(shape\n  - x"),
            "log_density has a bracket that does not close, close it\n"
            "  log(shape   - x\n"
            "     ^");
  EXPECT_EQ(error_of("shape*"),
            "log_density ends where a number, a name or a bracket belongs, complete it\n"
            "  shape*\n"
            "        ^");
  EXPECT_EQ(error_of("shape µ x"),
            "log_density has 'µ', which means nothing there; known are + - * / ^ ( ) , < > and names\n"
            "  shape µ x\n"
            "        ^");
}

TEST(Expression, RefusesWhatIsNone) {
  for (auto const& [text, said] :
       std::vector<std::pair<std::string, std::string>>{{"", "ends where"},
                                                        {"x x", "where an operator"},
                                                        {"x +* 2", "has '*' where"},
                                                        {"(x", "does not close"},
                                                        {"x)", "has ')' where"},
                                                        {"lgama(x)", "did you mean 'lgamma'?"},
                                                        {"log x", "without its brackets"},
                                                        {"x(2)", "which is no function"},
                                                        {"min(x)", "with 1 arguments, give it 2"},
                                                        {"if(x, 1, 2)", "a number where a condition belongs"},
                                                        {"1 + (x < 2)", "a condition where a number belongs"},
                                                        {"if(x = 1, 1, 2)", "compare by =="},
                                                        {"x**2", "write ^"},
                                                        {"1e999", "no double holds"},
                                                        {std::string(300, '(') + "x" + std::string(300, ')'), "nested"},
                                                        {std::string(300, '-') + "x", "nested"},
                                                        {std::string(5000, 'x'), "more than 4000"}})
    EXPECT_NE(error_of(text).find(said), std::string::npos) << text << ": " << error_of(text);
}

TEST(Expression, KeepsItsWordsFromNames) {
  for (auto const* const word : {"x", "pi", "log", "if", "and", "or", "u1", "z12", "", "1a", "a b", "_a"})
    EXPECT_FALSE(is_free_name(word)) << word;
  for (auto const* const word : {"shape", "u", "zeta", "mu_1", "X", "u1a"}) EXPECT_TRUE(is_free_name(word)) << word;
}

}  // namespace
}  // namespace fisherlab::sim
