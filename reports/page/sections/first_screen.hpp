#pragma once

#include <kainjow/mustache.hpp>

#include "findings/run_tables.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {

/// What a person sees first: what was tested, how it came out, which error was declared and which used, and what
/// changed since the run before, where one is given.
void add_first_screen(RecordedRun const& run, Summary const& summary, HtmlOptions const& options,
                      kainjow::mustache::data& page);

/// Where the run comes from: the facts of its manifest, and the study as it was.
void add_provenance(Manifest const& manifest, kainjow::mustache::data& page);

}  // namespace fisherlab::reports
