#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/text/number.hpp"

namespace fisherlab::reports {

/// What one picture can show and still be read.
inline constexpr std::size_t most_rows = 24;
inline constexpr std::size_t most_curves = 6;

/// Three significant digits.
inline std::string short_text(double value) { return rounded_text(value, 3); }

inline std::string range_text(double lower, double upper) {
  return "[" + short_text(lower) + ", " + short_text(upper) + "]";
}

/// "gamma(shape=2.5;rate=1.3)".
inline std::string scenario_text(std::string const& model, std::string const& parameters) {
  return parameters.empty() ? model : model + "(" + parameters + ")";
}

/// Rows of equal key together, keys in the order of their first row. `rows` is not empty.
template <class Row, class Key>
auto grouped(std::span<Row const* const> rows, Key key) {
  std::vector<std::pair<decltype(key(*rows.front())), std::vector<Row const*>>> groups;
  for (Row const* row : rows) {
    auto const name = key(*row);
    auto place = std::find_if(groups.begin(), groups.end(), [&](auto const& group) { return group.first == name; });
    if (place == groups.end()) place = groups.insert(groups.end(), {name, {}});
    place->second.push_back(row);
  }
  return groups;
}

}  // namespace fisherlab::reports
