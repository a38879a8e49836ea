#pragma once

#include <kainjow/mustache.hpp>

#include "reports/gallery.hpp"
#include "reports/run_reader.hpp"

namespace fisherlab::reports {

/// The section of the page on influence and attacks, where the run has any.
void add_influence(RunReports const& run, kainjow::mustache::data& page, Gallery& gallery);

}  // namespace fisherlab::reports
