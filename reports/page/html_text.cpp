#include "reports/page/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/page/sections/chances.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

/// Whether more digits are known than anybody reads: then the interval has nothing to add.
bool is_exact(Measurement const& m) {
  double const reach = std::max(std::fabs(m.lower), std::fabs(m.upper));
  return std::isfinite(reach) && m.upper - m.lower <= 1e-4 * reach;
}

/// An end that is exactly 0, as of a norm, is known to be so.
std::string end_text(double end, double width) { return end == 0 ? "0" : text_by_error({end, width / 10}); }

}  // namespace

std::string estimate_words(Measurement const& m) {
  auto const text = is_exact(m) ? rounded_text(m.estimate, 4) : text_by_error({m.estimate, m.std_error});
  return text.find_first_not_of("-0.") == std::string::npos ? "0" : text;
}

std::string interval_words(Measurement const& m) {
  if (is_exact(m)) return m.std_error == 0 ? "exact" : "known to all digits";
  bool const has_end = std::isfinite(m.lower) || std::isfinite(m.upper);
  if (!m.reason.empty() && !has_end) return "none";
  if (m.lower != 0 && m.upper != 0) return ends_text(m);
  return fmt::format("[{}, {}]", end_text(m.lower, m.upper - m.lower), end_text(m.upper, m.upper - m.lower));
}

std::string badge(Finding const& f) {
  if (f.outcome == Outcome::fail) return "failed";
  if (f.outcome == Outcome::open) return "open";
  if (f.outcome == Outcome::report) return "shown";
  return f.verdict == Verdict::refuted ? "refuted" : "verified";
}

std::string with_commas(std::int64_t count) {
  auto text = fmt::format("{}", count);
  for (auto at = static_cast<int>(text.size()) - 3; at > (count < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<std::size_t>(at), 1, ',');
  return text;
}

std::string finding_sentence(Finding const& f) {
  auto const& m = f.measurement;
  bool const has_interval = std::isfinite(m.lower) || std::isfinite(m.upper);
  auto text = fmt::format("{}, n = {}: {} is {}", place_text(f.model, f.parameters), sizes_text(f.n), m.statistic,
                          estimate_words(m));
  if (has_interval) text += fmt::format(", interval {} (error {})", interval_words(m), chance_text(1 - f.level));
  auto const region = region_text(f.region);
  if (f.outcome == Outcome::open && m.dropped * 100 > m.replicates + m.dropped)
    return fmt::format("{}, against {}. {} replicates were dropped, more than 1 %, so it cannot be verified.", text,
                       region, with_commas(m.dropped));
  if (f.outcome == Outcome::open && std::isnan(m.estimate))
    return fmt::format("{}, against {}. It is not a number, which more replicates do not change.", text, region);
  if (f.outcome == Outcome::open && !m.reason.empty())
    return fmt::format("{}, against {}. Undecided: {}.", text, region, m.reason);
  if (f.outcome == Outcome::open)
    return fmt::format("{}. It lies across an edge of {}: more replicates decide.", text, region);
  if (f.outcome == Outcome::report) return fmt::format("{}, {} against {}.", text, to_string(f.verdict), region);
  if (f.expected == Expectation::refuted)
    return fmt::format("{}. A control that must be refuted lies inside {}: the claim does not notice it.", text,
                       region);
  return fmt::format("{}. It lies outside {}, where it should be.", text, region);
}

std::string html_attribute(std::string const& text) {
  std::string safe;
  for (char const c : printable(text)) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string printable_lines(std::string const& text) {
  std::string shown;
  std::size_t from = 0;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', from)) {
    shown += printable(std::string_view(text).substr(from, end - from)) + '\n';
    from = end + 1;
  }
  return shown + printable(std::string_view(text).substr(from));
}

std::vector<Fact> provenance_facts(Manifest const& m) {
  std::vector<Fact> facts;
  auto const add = [&](std::string const& name, std::string const& value) {
    if (!value.empty()) facts.push_back({name, value});
  };
  std::string libraries;
  for (auto const& [name, version] : m.libraries) libraries += (libraries.empty() ? "" : ", ") + name + " " + version;
  add("command", m.command);
  add("seed", fmt::format("{}", m.seed));
  if (m.family_error > 0) add("family error", rounded_text(m.family_error, 3));
  add("fingerprint", m.fingerprint);
  add("replicates", with_commas(m.replicates) +
                        (m.looks > 0 ? fmt::format(" in {} {}", m.looks, m.looks == 1 ? "look" : "looks") : ""));
  add("time", fmt::format("{} s, {} replicates a second, {} {}", rounded_text(m.wall_seconds, 3),
                          with_commas(std::llround(m.replicates_per_second)), m.threads,
                          m.threads == 1 ? "thread" : "threads"));
  add("status", std::string(to_string(m.status)));
  add("exit code", fmt::format("{}", m.exit_code));
  add("started", m.started_utc);
  add("host", m.host);
  add("version", fmt::format("fisherlab {}, {}, {}", m.version, m.compiler, m.instruction_level));
  add("libraries", libraries);
  return facts;
}

}  // namespace fisherlab::reports
