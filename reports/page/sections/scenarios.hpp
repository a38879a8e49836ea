#pragma once

#include <kainjow/mustache.hpp>

#include "findings/run_tables.hpp"
#include "reports/page/gallery.hpp"

namespace fisherlab::reports {

/// Performance of every estimator, a part for each model and parameter; with pictures where asked for, of more than a
/// dozen scenarios only on a full page.
void add_scenarios(RecordedRun const& run, bool with_pictures, bool full, kainjow::mustache::data& page,
                   Gallery& gallery);

}  // namespace fisherlab::reports
