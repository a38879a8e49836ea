#pragma once

#include <kainjow/mustache.hpp>
#include <span>
#include <string>
#include <vector>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// What the findings of one statement about one model came to.
struct MapCell {
  std::vector<std::string> badges;  ///< the kinds there are, the most urgent first
  std::string words;                ///< "5 verified, 1 refuted control"
  std::size_t finding = 0;          ///< the first of the most urgent kind, by its place in the run
};

/// The whole of a run: statements down, models across. A planted defect stands with its model.
struct VerdictMap {
  std::vector<std::string> claims;
  std::vector<std::string> models;
  std::vector<std::vector<MapCell>> cells;  ///< cells[claim][model]; one without badges is empty
};

/// `claims`: the rows, in order. Models stand in the order in which the findings name them.
VerdictMap verdict_map(std::span<Finding const> findings, std::vector<std::string> const& claims);

/// The map for the template: `map_models`, `map_rows`, and a sentence of what it holds.
void add_map(VerdictMap const& map, std::span<Finding const> findings, kainjow::mustache::data& page);

/// The symbol of a badge, one of `svg_symbols`: "pt4" for "failed".
std::string symbol_of(std::string const& badge);

}  // namespace fisherlab::reports
