#include "runs/formula/number_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"

namespace fisherlab::runs {
namespace {

using Kind = Expression::Kind;

std::optional<Kind> function_kind(std::string const& name) {
  constexpr std::array<std::pair<char const*, Kind>, 4> known = {
      {{"log", Kind::log}, {"sqrt", Kind::sqrt}, {"exp", Kind::exp}, {"I", Kind::identity}}};
  for (auto const& [word, kind] : known)
    if (name == word) return kind;
  return std::nullopt;
}

/// Names as a formula writes them: those that are no plain words stand in backticks.
std::vector<std::string> in_formula(std::vector<std::string> names) {
  for (auto& name : names) {
    bool const is_plain = std::all_of(name.begin(), name.end(), [](char c) {
      return c == '.' || c == '_' || c < 0 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
    if (!is_plain || name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name = '`' + name + '`';
  }
  return names;
}

Expression of_two(Kind kind, Expression left, Expression right) {
  return {kind, 0, 0, {}, {std::move(left), std::move(right)}};
}

}  // namespace

bool NumberParser::take_if(char const* mark) {
  if (!next().is(mark)) return false;
  take();
  return true;
}

std::string NumberParser::next_text() const {
  return next().kind == Token::Kind::end ? "its end" : "'" + clipped(printable(next().text), 40) + "'";
}

void NumberParser::expect(char const* mark) {
  if (!take_if(mark)) refuse(fmt::format("{}, where '{}' belongs", next_text(), mark));
}

Expression NumberParser::column(Token const& name) const {
  auto const word = printable(name.text);
  auto const count = std::count(columns_.begin(), columns_.end(), word);
  if (count == 0)
    refuse_at(text_, name.place,
              fmt::format("'{}', which is no column of the data, {}", clipped(word, 40),
                          suggestion(word, in_formula(columns_))));
  if (count > 1) refuse_at(text_, name.place, fmt::format("'{}', but two columns have that name", clipped(word, 40)));
  auto const at = std::find(columns_.begin(), columns_.end(), word) - columns_.begin();
  return {Kind::column, 0, static_cast<std::size_t>(at), word, {}};
}

bool NumberParser::is_function() const {
  return next().kind == Token::Kind::name && !next().is_quoted && after_next().is("(");
}

Expression NumberParser::function() {
  auto const kind = function_kind(next().text);
  if (!kind)
    refuse(fmt::format("the function '{}', which is not known: there are log, sqrt, exp, I, factor and offset",
                       clipped(printable(next().text), 40)));
  take();
  expect("(");
  Expression result{*kind, 0, 0, {}, {number()}};
  expect(")");
  return result;
}

Expression NumberParser::number() {
  auto left = product();
  while (next().is("+") || next().is("-")) {
    auto const kind = take().text == "+" ? Kind::add : Kind::subtract;
    left = of_two(kind, std::move(left), product());
  }
  return left;
}

Expression NumberParser::product() {
  auto left = signed_power();
  while (next().is("*") || next().is("/")) {
    auto const kind = take().text == "*" ? Kind::multiply : Kind::divide;
    left = of_two(kind, std::move(left), signed_power());
  }
  return left;
}

Expression NumberParser::signed_power() {
  if (take_if("-")) return {Kind::negate, 0, 0, {}, {signed_power()}};
  return power();
}

Expression NumberParser::power() {
  auto base = atom();
  if (!take_if("^")) return base;
  return of_two(Kind::power, std::move(base), signed_power());
}

Expression NumberParser::atom() {
  if (next().kind == Token::Kind::number) return {Kind::number, take().number, 0, {}, {}};
  if (is_function()) return function();
  if (next().kind == Token::Kind::name) return column(take());
  if (take_if("(")) {
    auto inner = number();
    expect(")");
    return inner;
  }
  refuse(fmt::format("{}, where a column, a number or a function belongs", next_text()));
}

}  // namespace fisherlab::runs
