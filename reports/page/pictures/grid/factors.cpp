#include "reports/page/pictures/grid/factors.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>

namespace fisherlab::reports {
namespace {

/// "model", "shape", ..., "n" of a row, each with its level as text.
std::vector<std::pair<std::string, std::string>> levels_of(PerformanceRow const& row) {
  std::vector<std::pair<std::string, std::string>> levels{{"model", row.model}};
  std::size_t from = 0;
  while (from < row.parameters.size()) {
    auto const end = std::min(row.parameters.find(';', from), row.parameters.size());
    auto const entry = row.parameters.substr(from, end - from);
    auto const equals = std::min(entry.find('='), entry.size());
    levels.emplace_back(entry.substr(0, equals), equals < entry.size() ? entry.substr(equals + 1) : std::string());
    from = end + 1;
  }
  levels.emplace_back("n", std::to_string(row.n));
  return levels;
}

bool read_number(std::string const& text, double& value) {
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// By size where all are numbers, else as they came.
void put_in_order(std::vector<std::string>& levels) {
  double ignored = 0;
  if (!std::ranges::all_of(levels, [&](auto const& text) { return read_number(text, ignored); })) return;
  std::ranges::stable_sort(levels, {}, [](auto const& text) {
    double value = 0;
    read_number(text, value);
    return value;
  });
}

std::vector<std::size_t> places_of(PerformanceRow const& row, std::vector<Factor> const& factors) {
  auto const own = levels_of(row);
  std::vector<std::size_t> places;
  for (auto const& factor : factors) {
    auto const named = std::ranges::find(own, factor.name, &std::pair<std::string, std::string>::first);
    auto const level = named == own.end() ? std::string() : named->second;
    places.push_back(static_cast<std::size_t>(std::ranges::find(factor.levels, level) - factor.levels.begin()));
  }
  return places;
}

}  // namespace

FactorialGrid factorial_grid(std::span<PerformanceRow const* const> rows) {
  std::vector<Factor> all;
  for (auto const* row : rows)
    for (auto const& [name, level] : levels_of(*row)) {
      auto factor = std::ranges::find(all, name, &Factor::name);
      if (factor == all.end()) factor = all.insert(all.end(), {name, {}});
      if (std::ranges::find(factor->levels, level) == factor->levels.end()) factor->levels.push_back(level);
    }
  FactorialGrid grid;
  for (auto& factor : all) {
    if (factor.levels.size() < 2) continue;
    put_in_order(factor.levels);
    grid.factors.push_back(std::move(factor));
  }
  auto const is_n = [](Factor const& factor) { return factor.name == "n"; };
  std::stable_partition(grid.factors.begin(), grid.factors.end(), [&](Factor const& factor) { return !is_n(factor); });
  std::set<std::vector<std::size_t>> scenarios;
  for (auto const* row : rows) scenarios.insert(places_of(*row, grid.factors));
  grid.levels.assign(scenarios.begin(), scenarios.end());
  return grid;
}

std::size_t FactorialGrid::place_of(PerformanceRow const& row) const {
  auto const own = places_of(row, factors);
  return static_cast<std::size_t>(std::ranges::lower_bound(levels, own) - levels.begin());
}

std::string FactorialGrid::name_of(std::size_t scenario) const {
  std::string name;
  for (std::size_t f = 0; f < factors.size(); ++f)
    name += (name.empty() ? "" : ", ") + factors[f].name + " = " + factors[f].levels[levels[scenario][f]];
  return name;
}

}  // namespace fisherlab::reports
