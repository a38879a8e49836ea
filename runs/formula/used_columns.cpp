#include "runs/formula/used_columns.hpp"

#include <map>

namespace fisherlab::runs {

std::vector<std::size_t> SideColumns::all() const {
  std::vector<std::size_t> result;
  for (auto const& place : {weights, count, group})
    if (place) result.push_back(*place);
  return result;
}

std::vector<ColumnUse> used_columns(Formula const& formula, SideColumns const& side, ResponseKind response) {
  std::map<std::size_t, ColumnUse> uses;
  auto const use = [&uses](std::size_t place) -> ColumnUse& {
    uses[place].place = place;
    return uses[place];
  };
  auto const add_numbers = [&](Expression const& e) {
    for (auto const place : e.columns()) use(place).numbers = true;
  };
  bool const may_be_words = formula.response.kind == Expression::Kind::column && response == ResponseKind::share;
  if (may_be_words)
    use(formula.response.column).either = true;
  else
    add_numbers(formula.response);
  for (auto const& offset : formula.offsets) add_numbers(offset);
  for (auto const& variable : formula.variables) {
    if (!variable.is_column())
      add_numbers(variable.expression);
    else
      (variable.is_factor ? use(variable.expression.column).words : use(variable.expression.column).either) = true;
  }
  for (auto const& place : {side.weights, side.count})
    if (place) use(*place).numbers = true;
  if (side.group) use(*side.group).words = true;
  std::vector<ColumnUse> result;
  for (auto const& [place, one] : uses) result.push_back(one);
  return result;
}

}  // namespace fisherlab::runs
