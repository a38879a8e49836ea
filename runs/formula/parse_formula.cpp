#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/formula/formula.hpp"
#include "runs/formula/number_parser.hpp"

namespace fisherlab::runs {
namespace {

using Terms = std::vector<Term>;

constexpr std::size_t most_terms = 2000;
constexpr int deepest = 60;

void add(Terms& terms, Term const& term) {
  if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
}

Term joined(Term const& a, Term const& b) {
  std::set<std::size_t> all(a.begin(), a.end());
  all.insert(b.begin(), b.end());
  return {all.begin(), all.end()};
}

Terms crossed(Terms const& a, Terms const& b) {
  Terms result;
  for (auto const& s : a)
    for (auto const& t : b) add(result, joined(s, t));
  return result;
}

Terms together(Terms a, Terms const& b) {
  for (auto const& t : b) add(a, t);
  return a;
}

/// Reads the right side as sets of terms.
class FormulaParser {
 public:
  FormulaParser(std::string const& text, std::vector<std::string> const& columns, std::vector<std::size_t> left_out)
      : columns_(columns), parser_(text, columns), left_out_(std::move(left_out)) {
    formula_.text = text;
  }

  Formula run() {
    if (parser_.next().is("~")) parser_.refuse("'~' with no response before it, as in 'y ~ x'");
    formula_.response = parser_.number();
    for (auto const c : formula_.response.columns()) left_out_.push_back(c);
    parser_.expect("~");
    read_sum(true);
    if (parser_.next().kind != Token::Kind::end) parser_.refuse(parser_.next_text() + ", where + or the end belongs");
    std::stable_sort(sum_.begin(), sum_.end(), [](Term const& a, Term const& b) { return a.size() < b.size(); });
    formula_.terms = std::move(sum_);
    leave_unused_out();
    return std::move(formula_);
  }

 private:
  /// Adds and removes the pieces of a sum; at the top 0, 1 and offsets are among them.
  void read_sum(bool is_top) {
    bool is_plus = !parser_.take_if("-");
    for (;;) {
      read_piece(is_top, is_plus);
      if (sum_.size() > most_terms) parser_.refuse(fmt::format("more than {} terms, give fewer", most_terms));
      if (!parser_.next().is("+") && !parser_.next().is("-")) return;
      is_plus = parser_.take().text == "+";
    }
  }

  void read_piece(bool is_top, bool is_plus) {
    auto const& next = parser_.next();
    bool const is_constant = next.kind == Token::Kind::number && (next.number == 0 || next.number == 1);
    if (is_constant) {
      if (!is_top) parser_.refuse("an intercept within brackets, put it outside");
      formula_.has_intercept = (parser_.take().number == 1) == is_plus;
      return;
    }
    bool const is_offset = parser_.is_function() && next.text == "offset";
    if (is_offset) {
      if (!is_top || !is_plus) parser_.refuse("an offset within a term, add it outside");
      parser_.take();
      parser_.expect("(");
      formula_.offsets.push_back(parser_.number());
      parser_.expect(")");
      return;
    }
    for (auto const& term : product()) {
      if (is_plus) add(sum_, term);
      if (!is_plus) std::erase(sum_, term);
    }
  }

  /// Variables that a minus took out of every term.
  void leave_unused_out() {
    std::vector<Variable> kept;
    std::vector<std::size_t> places(formula_.variables.size(), 0);
    for (std::size_t v = 0; v < formula_.variables.size(); ++v) {
      auto const has_it = [v](Term const& t) { return std::find(t.begin(), t.end(), v) != t.end(); };
      places[v] = kept.size();
      if (std::any_of(formula_.terms.begin(), formula_.terms.end(), has_it)) kept.push_back(formula_.variables[v]);
    }
    for (auto& term : formula_.terms)
      for (auto& v : term) v = places[v];
    formula_.variables = std::move(kept);
  }

  Terms product() {
    auto left = interaction();
    while (parser_.take_if("*")) {
      auto const right = interaction();
      left = together(together(left, right), crossed(left, right));
    }
    return left;
  }

  Terms interaction() {
    auto left = power();
    while (parser_.take_if(":")) left = crossed(left, power());
    return left;
  }

  Terms power() {
    auto const base = atom();
    if (!parser_.take_if("^")) return base;
    auto const& exponent = parser_.next();
    bool const is_good = exponent.kind == Token::Kind::number && exponent.number >= 1 && exponent.number <= 10 &&
                         exponent.number == std::floor(exponent.number);
    if (!is_good)
      parser_.refuse(parser_.next_text() +
                     ", where a whole number from 1 to 10 belongs (powers of numbers are I(x^2))");
    note_power(base, exponent.number);
    auto result = base;
    for (int k = 1; k < static_cast<int>(exponent.number); ++k) result = together(result, crossed(result, base));
    parser_.take();
    return result;
  }

  /// The power of one variable is that variable, which is hardly ever meant.
  void note_power(Terms const& base, double exponent) {
    if (exponent == 1 || base.size() != 1 || base[0].size() != 1) return;
    auto const& name = formula_.variables[base[0][0]].text;
    auto note = fmt::format(
        "{0}^{1:g} is {0} in a formula, as in R (powers are interactions); the power of its values "
        "is I({0}^{1:g}).",
        clipped(name, 60), exponent);
    if (std::ranges::find(formula_.notes, note) == formula_.notes.end()) formula_.notes.push_back(std::move(note));
  }

  Terms atom() {
    if (parser_.take_if("(")) {
      if (++depth_ > deepest) parser_.refuse("too many brackets");
      auto const outer = std::exchange(sum_, Terms());
      read_sum(false);
      parser_.expect(")");
      --depth_;
      return std::exchange(sum_, outer);
    }
    if (parser_.take_if(".")) return all_others();
    if (parser_.is_function() && parser_.next().text == "factor") return {{place_of(factor())}};
    if (parser_.is_function() && parser_.next().text == "offset")
      parser_.refuse("an offset within a term, add it outside");
    if (parser_.is_function()) return {{place_of(variable(parser_.function(), false))}};
    if (parser_.next().kind == Token::Kind::name) return {{place_of(variable(parser_.column(parser_.take()), false))}};
    if (parser_.next().is("/")) parser_.refuse("'/', which is not read here: write a + a:b for a/b");
    parser_.refuse(parser_.next_text() + ", where a column or a function belongs");
  }

  Variable factor() {
    parser_.take();
    parser_.expect("(");
    if (parser_.next().kind != Token::Kind::name) parser_.refuse(parser_.next_text() + ", where a column belongs");
    auto result = variable(parser_.column(parser_.take()), true);
    parser_.expect(")");
    return result;
  }

  static Variable variable(Expression expression, bool is_factor) {
    auto text = is_factor ? "factor(" + expression.text() + ")" : expression.text();
    return {std::move(expression), is_factor, std::move(text)};
  }

  std::size_t place_of(Variable variable) {
    auto const& response = formula_.response;
    if (variable.text == response.text())
      throw InputError(fmt::format("the formula '{}' has its response '{}' on the right too, take it out",
                                   clipped(printable(formula_.text), 120), clipped(variable.text, 60)));
    auto& all = formula_.variables;
    auto const same = std::find_if(all.begin(), all.end(), [&](auto const& v) { return v.text == variable.text; });
    if (same != all.end()) return static_cast<std::size_t>(same - all.begin());
    all.push_back(std::move(variable));
    return all.size() - 1;
  }

  /// Every column but those of the response.
  Terms all_others() {
    Terms result;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (std::find(left_out_.begin(), left_out_.end(), c) != left_out_.end()) continue;
      result.push_back({place_of(variable({Expression::Kind::column, 0, c, columns_[c], {}}, false))});
    }
    return result;
  }

  std::vector<std::string> const& columns_;
  NumberParser parser_;
  Formula formula_;
  Terms sum_;
  std::vector<std::size_t> left_out_;  ///< of what `.` stands for
  int depth_ = 0;
};

}  // namespace

std::string Formula::term_text(Term const& term) const {
  std::string result;
  for (auto const v : term) result += (result.empty() ? "" : ":") + variables[v].text;
  return result;
}

Formula parse_formula(std::string const& text, std::vector<std::string> const& columns,
                      std::vector<std::size_t> const& left_out) {
  expects(text.size() <= 1000, "the formula has more than 1000 characters, give a shorter one");
  return FormulaParser(text, columns, left_out).run();
}

}  // namespace fisherlab::runs
