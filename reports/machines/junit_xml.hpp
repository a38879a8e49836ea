#pragma once

#include <string>
#include <string_view>

#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// The bytes of `junit.xml`: one suite, one test case a finding, in order. `classname` is the claim, `name` the model,
/// parameters, n and statistic, numbered where they repeat. As the exit code does, it tells three things apart: a
/// finding that contradicts what was expected is a `failure`, one that stayed open an `error` (the test came to no
/// verdict, so the run is not green), one that is shown only passes with its sentence in `system-out`. Time, host and
/// start stand on the suite; each case has an equal share of the time, since findings share their samples. A run that
/// did not come to its end has one case more, which is an `error`. Source: the schema that Jenkins reads,
/// jenkinsci/xunit-plugin, junit-10.xsd.
std::string junit_xml(RecordedRun const& run);

/// Text for an XML attribute or element: markup characters as entities, on one line, characters that XML does not allow
/// replaced.
std::string xml_text(std::string_view text);

}  // namespace fisherlab::reports
