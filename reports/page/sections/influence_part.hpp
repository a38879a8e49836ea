#pragma once

#include <kainjow/mustache.hpp>

#include "findings/run_tables.hpp"
#include "reports/page/gallery.hpp"

namespace fisherlab::reports {

/// The section of the page on influence and attacks, where the run has any.
/// `full`: with all pictures, not the first of them.
void add_influence(RunTables const& run, bool full, kainjow::mustache::data& page, Gallery& gallery);

}  // namespace fisherlab::reports
