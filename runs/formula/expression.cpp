#include "runs/formula/expression.hpp"

#include <cmath>
#include <limits>

#include "base/text/number.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::runs {
namespace {

using Kind = Expression::Kind;

/// x^y; whole powers by multiplication, which takes x of either sign.
double power(double x, double y) {
  if (y == std::floor(y) && std::fabs(y) <= 64) {
    double result = 1;
    for (int k = 0; k < std::fabs(y); ++k) result *= x;
    return y < 0 ? 1 / result : result;
  }
  if (x == 0 && y > 0) return 0;
  return sim::pow(x, y);
}

std::string quoted_name(std::string const& name) {
  bool const is_plain = !name.empty() &&
                        name.find_first_not_of(
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                            "0123456789._") == std::string::npos &&
                        std::string("0123456789_").find(name[0]) == std::string::npos;
  return is_plain ? name : "`" + name + "`";
}

char const* function_name(Kind kind) {
  switch (kind) {
    case Kind::log:
      return "log";
    case Kind::sqrt:
      return "sqrt";
    case Kind::exp:
      return "exp";
    default:
      return "I";
  }
}

/// How tightly an operator binds.
int strength(Kind kind) {
  switch (kind) {
    case Kind::add:
    case Kind::subtract:
      return 1;
    case Kind::multiply:
    case Kind::divide:
      return 2;
    case Kind::negate:
      return 3;
    case Kind::power:
      return 4;
    default:
      return 5;
  }
}

std::string part_text(Expression const& part, int least) {
  return strength(part.kind) < least ? "(" + part.text() + ")" : part.text();
}

std::string operator_text(Kind kind) {
  switch (kind) {
    case Kind::add:
      return " + ";
    case Kind::subtract:
      return " - ";
    case Kind::multiply:
      return " * ";
    case Kind::divide:
      return "/";
    default:
      return "^";
  }
}

}  // namespace

std::string Expression::text() const {
  switch (kind) {
    case Kind::number:
      return exact_text(number);
    case Kind::column:
      return quoted_name(name);
    case Kind::negate:
      return "-" + part_text(parts[0], 3);
    case Kind::log:
    case Kind::sqrt:
    case Kind::exp:
    case Kind::identity:
      return function_name(kind) + ("(" + parts[0].text() + ")");
    default:
      break;
  }
  int const own = strength(kind);
  bool const to_the_right = kind == Kind::power;
  return part_text(parts[0], to_the_right ? own + 1 : own) + operator_text(kind) +
         part_text(parts[1], to_the_right ? own : own + 1);
}

std::vector<std::size_t> Expression::columns() const {
  if (kind == Kind::column) return {column};
  std::vector<std::size_t> result;
  for (auto const& part : parts)
    for (auto const c : part.columns()) result.push_back(c);
  return result;
}

double value_of(Expression const& e, std::function<double(std::size_t)> const& column) {
  auto const part = [&](std::size_t k) { return value_of(e.parts[k], column); };
  switch (e.kind) {
    case Kind::number:
      return e.number;
    case Kind::column:
      return column(e.column);
    case Kind::negate:
      return -part(0);
    case Kind::add:
      return part(0) + part(1);
    case Kind::subtract:
      return part(0) - part(1);
    case Kind::multiply:
      return part(0) * part(1);
    case Kind::divide:
      return part(0) / part(1);
    case Kind::power:
      return power(part(0), part(1));
    case Kind::log:
      return sim::log(part(0));
    case Kind::sqrt:
      return std::sqrt(part(0));
    case Kind::exp:
      return sim::exp(part(0));
    case Kind::identity:
      return part(0);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace fisherlab::runs
