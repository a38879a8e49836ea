#pragma once

#include <span>
#include <string>

#include "findings/manifest.hpp"
#include "reports/tables/run_table.hpp"

namespace fisherlab::reports {

/// The bytes of `report.md`: which run it was, then each table with its heading and note.
std::string tables_markdown(Manifest const& manifest, std::span<RunTable const> tables);

}  // namespace fisherlab::reports
