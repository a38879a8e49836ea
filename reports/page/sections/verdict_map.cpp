#include "reports/page/sections/verdict_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "base/text/display_text.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

constexpr auto by_urgency = std::to_array<std::string_view>({"failed", "open", "verified", "refuted", "shown"});

std::string counted(std::string_view badge, int count) {
  if (badge == "refuted") return fmt::format("{} refuted {}", count, count == 1 ? "control" : "controls");
  return badge == "shown" ? fmt::format("{} shown only", count) : fmt::format("{} {}", count, badge);
}

MapCell cell_of(std::vector<std::size_t> const& places, std::span<Finding const> findings) {
  MapCell cell;
  for (auto const word : by_urgency) {
    auto const is_kind = [&](std::size_t k) { return badge(findings[k]) == word; };
    auto const first = std::ranges::find_if(places, is_kind);
    if (first == places.end()) continue;
    if (cell.badges.empty()) cell.finding = *first;
    cell.badges.emplace_back(word);
    cell.words +=
        (cell.words.empty() ? "" : ", ") + counted(word, static_cast<int>(std::ranges::count_if(places, is_kind)));
  }
  return cell;
}

data cell_data(MapCell const& cell, std::string const& claim, std::string const& model) {
  data entry;
  entry.set("filled", !cell.badges.empty());
  if (cell.badges.empty()) return entry;
  entry.set("id", fmt::format("f{}", cell.finding + 1));
  entry.set("words", printable(fmt::format("{}, {}: {}", claim, model, cell.words)));
  data marks{data::type::list};
  auto const shown = std::min<std::size_t>(cell.badges.size(), 2);
  for (std::size_t k = 0; k < shown; ++k) {
    data mark;
    mark.set("badge", cell.badges[k]);
    mark.set("symbol", symbol_of(cell.badges[k]));
    mark.set("x", fmt::format("{}", shown == 1 ? 5 : k == 0 ? 2.3 : 7.7));
    mark.set("size", std::string(shown == 1 ? "3.4" : "2.2"));
    marks.push_back(mark);
  }
  entry.set("marks", marks);
  return entry;
}

}  // namespace

std::string symbol_of(std::string const& badge) {
  if (badge == "failed") return "pt4";
  if (badge == "open") return "pt8";
  if (badge == "refuted") return "pt12";
  return badge == "shown" ? "pt10" : "pt6";
}

VerdictMap verdict_map(std::span<Finding const> findings, std::vector<std::string> const& claims) {
  VerdictMap map{claims, {}, {}};
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> places;
  for (std::size_t k = 0; k < findings.size(); ++k) {
    auto const model = base_model(findings[k].model);
    if (std::ranges::find(map.models, model) == map.models.end()) map.models.push_back(model);
    places[{findings[k].claim, model}].push_back(k);
  }
  for (auto const& claim : claims) {
    auto& row = map.cells.emplace_back();
    for (auto const& model : map.models) row.push_back(cell_of(places[{claim, model}], findings));
  }
  return map;
}

void add_map(VerdictMap const& map, std::span<Finding const> findings, data& page) {
  data models{data::type::list}, rows{data::type::list};
  for (auto const& model : map.models) {
    data entry;
    entry.set("model", printable(model));
    models.push_back(entry);
  }
  for (std::size_t r = 0; r < map.claims.size(); ++r) {
    data row, cells{data::type::list};
    auto const first = std::ranges::find(findings, map.claims[r], &Finding::claim);
    row.set("claim", printable(map.claims[r]));
    row.set("statement", first == findings.end() ? std::string() : printable(first->statement));
    row.set("part", fmt::format("s{}", r + 1));
    for (std::size_t c = 0; c < map.models.size(); ++c)
      cells.push_back(cell_data(map.cells[r][c], map.claims[r], map.models[c]));
    row.set("cells", cells);
    rows.push_back(row);
  }
  constexpr std::size_t few_models = 12, few_claims = 24;
  page.set("is_roomy", map.models.size() <= few_models && map.claims.size() <= few_claims);
  page.set("map_models", models);
  page.set("map_rows", rows);
  data legend{data::type::list};
  static constexpr auto meanings =
      std::to_array<std::pair<char const*, char const*>>({{"failed", "failed"},
                                                          {"open", "open"},
                                                          {"verified", "verified"},
                                                          {"refuted", "refuted, as a control must be"},
                                                          {"shown", "shown only"}});
  for (auto const& [word, meaning] : meanings) {
    data entry;
    entry.set("badge", std::string(word));
    entry.set("symbol", symbol_of(word));
    entry.set("meaning", std::string(meaning));
    legend.push_back(entry);
  }
  page.set("legend", legend);
}

}  // namespace fisherlab::reports
