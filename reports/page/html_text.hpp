#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::reports {

/// "failed", "open", "shown", "refuted" (a control, as it should be) or "verified".
std::string badge(Finding const& finding);

/// The estimate, rounded by its Monte Carlo error, and its interval; "exact" or "known to all digits" where that would
/// repeat the digits of the estimate, "none" where there is a reason for none.
std::string estimate_words(Measurement const& measurement);
std::string interval_words(Measurement const& measurement);

/// What a person needs to know of a finding that did not come out as expected.
std::string finding_sentence(Finding const& finding);

/// "328,073,216".
std::string with_commas(std::int64_t count);

/// Text as it may stand in HTML, in an attribute too.
std::string html_attribute(std::string const& text);

/// `printable`, but lines stay lines.
std::string printable_lines(std::string const& text);

struct Fact {
  std::string name;
  std::string value;
};

/// Where a run comes from, without the study.
std::vector<Fact> provenance_facts(Manifest const& manifest);

}  // namespace fisherlab::reports
