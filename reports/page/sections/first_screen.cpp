#include "reports/page/sections/first_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/sections/chances.hpp"
#include "reports/page/sections/kinds.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/tables/compare.hpp"
#include "reports/tables/finding_keys.hpp"
#include "reports/tables/noted_text.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

std::string counted(std::size_t count, std::string const& one, std::string const& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// The word that decides the colour of the banner, and the heading in it.
std::pair<std::string, std::string> verdict_of(RecordedRun const& run, Summary const& summary) {
  auto const findings = [](std::size_t count) { return counted(count, "finding", "findings"); };
  if (!summary.failed.empty()) return {"failed", findings(summary.failed.size()) + " against expectation"};
  if (!is_whole(run.manifest.status)) return {"open", "Interrupted before its end"};
  if (!summary.open.empty()) return {"open", findings(summary.open.size()) + " still open"};
  if (summary.passed == 0) return {"shown", "Nothing was decided: all findings are shown only"};
  if (summary.shown.empty()) return {"verified", "All as expected"};
  return {"verified", "All that was decided is as expected"};
}

/// "46 statements about 54 models, held to 728 intervals; 97 of them are controls that must be refuted."
std::string tested_sentence(std::span<Finding const> findings, std::size_t claims) {
  std::set<std::string> models;
  std::size_t controls = 0;
  for (auto const& f : findings) {
    models.insert(base_model(f.model));
    controls += f.expected == Expectation::refuted;
  }
  auto text = fmt::format("{} about {}, put to the test by {}", counted(claims, "statement", "statements"),
                          counted(models.size(), "model", "models"), counted(findings.size(), "interval", "intervals"));
  if (controls > 0)
    text +=
        fmt::format("; {} of these {} that must be refuted", controls, controls == 1 ? "is a control" : "are controls");
  return text + ".";
}

std::string error_sentence(RecordedRun const& run) {
  double const declared = run.manifest.family_error;
  if (!(declared > 0)) return {};
  auto text = fmt::format("Chance of any wrong verdict: at most {} declared", chance_text(declared));
  if (is_whole(run.manifest.status)) text += fmt::format(", {} used", chance_text(used_error(run.findings, declared)));
  return text + ".";
}

data changed_entry(FindingChange const& change, std::span<Finding const> findings) {
  data entry;
  auto const& f = *change.after;
  entry.set("id", fmt::format("f{}", &f - findings.data() + 1));
  entry.set("name", printable(fmt::format("{}: {}, n = {}: {}", f.claim, place_text(f.model, f.parameters),
                                          sizes_text(f.n), f.measurement.statistic)));
  entry.set("before", badge(*change.before));
  entry.set("after", badge(f));
  return entry;
}

void add_changes(RecordedRun const& run, RecordedRun const& before, data& page) {
  constexpr std::size_t in_sight = 8;
  auto const comparison = compare({before, run});
  std::vector<FindingChange const*> changed;
  for (auto const& change : comparison.changed)
    if (badge(*change.before) != badge(*change.after)) changed.push_back(&change);
  std::ranges::stable_sort(changed, std::ranges::greater(), [](auto const* c) { return c->outcome_step; });
  auto text = fmt::format("Against the run of {} (seed {}): ", before.manifest.started_utc, before.manifest.seed);
  text += changed.empty() ? "no verdict changed"
                          : fmt::format("{}, {} worse and {} better",
                                        counted(changed.size(), "verdict changed", "verdicts changed"),
                                        comparison.worse, comparison.better);
  if (!comparison.only_after.empty()) text += fmt::format("; {} new", comparison.only_after.size());
  if (!comparison.only_before.empty()) text += fmt::format("; {} gone", comparison.only_before.size());
  page.set("changes", text + ".");
  data entries{data::type::list};
  for (std::size_t k = 0; k < std::min(in_sight, changed.size()); ++k)
    entries.push_back(changed_entry(*changed[k], run.findings));
  page.set("changed", entries);
  page.set("changed_more", changed.size() > in_sight
                               ? fmt::format("{} more, which `fisherlab compare` lists.", changed.size() - in_sight)
                               : std::string());
}

std::string command_word(RunKind kind) { return std::string(to_string(kind)); }

}  // namespace

void add_first_screen(RecordedRun const& run, Summary const& summary, HtmlOptions const& options, data& page) {
  auto [state, heading] = verdict_of(run, summary);
  bool const decides = std::ranges::any_of(run.findings, [](Finding const& f) { return f.outcome != Outcome::report; });
  bool const is_of_notes = run.manifest.kind == RunKind::verify && !run.findings.empty();
  if (!decides && !is_of_notes && is_whole(run.manifest.status)) {
    auto const head = kind_head(run);
    state = head.state;
    heading = head.heading;
    page.set("lead", printable(head.lead));
  }
  page.set("state", state);
  page.set("heading", printable(heading));
  page.set("brand",
           fmt::format("fisherlab {} {}", command_word(run.manifest.kind), printable(run.manifest.study_name)));
  page.set("title", printable(options.title));
  page.set("about", printable(options.about));
  page.set("has_title", !options.title.empty());
  page.set("status", status_sentence(run.manifest.status));
  page.set("has_status", run.manifest.status != RunStatus::complete);
  page.set("noted", noted_sentence(run.noted));
  page.set("has_noted", !run.noted.empty());
  bool const is_told = !run.findings.empty() && (decides || is_of_notes);
  page.set("counts", !is_told ? std::string() : counts_sentence(summary));
  page.set("tested", !is_told ? std::string() : tested_sentence(run.findings, summary.claims.size()));
  page.set("error", !is_told ? std::string() : error_sentence(run));
  page.set("exact_error", "family_error = " + exact_text(run.manifest.family_error));
  page.set("has_before", options.before != nullptr);
  if (options.before != nullptr) add_changes(run, *options.before, page);
}

void add_provenance(Manifest const& manifest, data& page) {
  static constexpr std::array in_sight{"command", "seed", "fingerprint", "started"};
  data first{data::type::list}, more{data::type::list};
  for (auto const& [name, value] : provenance_facts(manifest)) {
    data fact;
    fact.set("name", name);
    fact.set("value", printable(value));
    (std::ranges::find(in_sight, name) != in_sight.end() ? first : more).push_back(fact);
  }
  page.set("facts", first);
  page.set("more_facts", more);
  page.set("study", printable_lines(manifest.study));
  page.set("has_study", !manifest.study.empty());
}

}  // namespace fisherlab::reports
