#include "reports/machines/junit_xml.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

/// What a person needs to know of a finding that is not as expected.
std::string sentence(Finding const& f) {
  auto const& m = f.measurement;
  std::string const what =
      f.outcome == Outcome::report ? "is shown only" : fmt::format("was expected to be {}", to_string(f.expected));
  return fmt::format("{} {} {} and is {}: {} is {}, interval {}, where the region is {} ({} replicates, {} dropped).",
                     f.claim, f.statement, what, to_string(f.verdict), m.statistic,
                     text_with_error({.value = m.estimate, .error = m.std_error}), interval_text(f),
                     region_text(f.region), m.replicates, m.dropped);
}

/// Names of test cases, each once under its claim, since readers join cases of one name: later ones are numbered.
class CaseNames {
 public:
  std::string name_of(Finding const& f) {
    std::string const name = fmt::format("{} {} n={} {}", f.model, f.parameters, f.n, f.measurement.statistic);
    int const times = ++seen_[{f.claim, name}];
    return times == 1 ? name : fmt::format("{} ({})", name, times);
  }

 private:
  std::map<std::pair<std::string, std::string>, int> seen_;
};

std::string test_case(Finding const& f, std::string const& name, std::string const& time) {
  std::string const head =
      fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")", xml_text(f.claim), xml_text(name), time);
  std::string const said = f.outcome == Outcome::pass ? "" : xml_text(sentence(f));
  // Some readers show the message, some the text.
  auto const with = [&](std::string_view element) {
    return fmt::format("{0}>\n      <{1} type=\"{2}\" message=\"{3}\">{3}</{1}>\n    </testcase>\n", head, element,
                       to_string(f.verdict), said);
  };
  switch (f.outcome) {
    case Outcome::fail:
      return with("failure");
    case Outcome::open:
      return with("error");
    case Outcome::report:
      return fmt::format("{}>\n      <system-out>{}</system-out>\n    </testcase>\n", head, said);
    case Outcome::pass:
      break;
  }
  return head + "/>\n";
}

/// A case that no run passes which did not come to its end: what it lacks would else look green.
std::string cut_case(RunStatus status) {
  return fmt::format(
      "    <testcase classname=\"fisherlab\" name=\"the run came to its end\" time=\"0\">\n"
      "      <error type=\"{0}\" message=\"{1}\">{1}</error>\n    </testcase>\n",
      to_string(status), xml_text(status_sentence(status)));
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string result;
  for (char const c : printable(text)) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else if (c == '\'')
      result += "&#39;";
    else
      result += c;
  }
  // U+FFFE and U+FFFF are Unicode, but no characters of XML.
  for (std::string_view const banned : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = result.find(banned); at != std::string::npos; at = result.find(banned, at))
      result.replace(at, banned.size(), "\xEF\xBF\xBD");
  return result;
}

std::string junit_xml(RecordedRun const& run) {
  Summary const summary = summarise(run.findings);
  auto const& m = run.manifest;
  std::string const cut = is_whole(m.status) ? std::string() : cut_case(m.status);
  auto const tests = run.findings.size() + (cut.empty() ? 0 : 1);
  double const seconds = std::isfinite(m.wall_seconds) ? m.wall_seconds : 0.0;
  std::string const share =
      fmt::format("{:.6f}", run.findings.empty() ? 0.0 : seconds / static_cast<double>(run.findings.size()));
  std::string const counts = fmt::format(R"(tests="{}" failures="{}" errors="{}" time="{:.3f}")", tests,
                                         summary.failed.size(), summary.open.size() + (cut.empty() ? 0 : 1), seconds);
  // Readers of JUnit files know the time of day without its zone, which is UTC here.
  std::string const start =
      m.started_utc.ends_with('Z') ? m.started_utc.substr(0, m.started_utc.size() - 1) : m.started_utc;
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  xml += fmt::format("<testsuites name=\"fisherlab\" {}>\n", counts);
  xml += fmt::format(
      "  <testsuite name=\"fisherlab\" {} skipped=\"0\" timestamp=\"{}\" hostname=\"{}\">\n    <properties>\n", counts,
      xml_text(start), xml_text(m.host));
  auto const property = [&xml](std::string_view name, std::string_view value) {
    xml += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, xml_text(value));
  };
  property("version", m.version);
  property("command", m.command);
  property("status", to_string(m.status));
  property("seed", std::to_string(m.seed));
  property("fingerprint", m.fingerprint);
  property("instruction_level", m.instruction_level);
  xml += "    </properties>\n";
  CaseNames names;
  for (Finding const& finding : run.findings) xml += test_case(finding, names.name_of(finding), share);
  xml += cut;
  return xml + "  </testsuite>\n</testsuites>\n";
}

}  // namespace fisherlab::reports
