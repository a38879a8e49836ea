#include "reports/theory/theory_md.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/hash.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/tables/summary_md.hpp"

namespace fisherlab::reports {
namespace {

/// What a run says of one claim.
struct Tally {
  int verified = 0, refuted = 0, contrary = 0, open = 0, shown = 0;
  bool has_rate = false, has_curve = false, has_law = false, has_intervals = false, has_profile = false,
       has_image = false;
};

using Tallies = std::map<std::string, Tally>;

Tallies tallies_of(RecordedRun const& run) {
  Tallies tallies;
  for (auto const& finding : run.findings) {
    auto& tally = tallies[finding.claim];
    if (finding.outcome == Outcome::report) ++tally.shown;
    if (finding.outcome == Outcome::fail) ++tally.contrary;
    if (finding.outcome == Outcome::open) ++tally.open;
    if (finding.outcome != Outcome::pass) continue;
    ++(finding.verdict == Verdict::verified ? tally.verified : tally.refuted);
  }
  for (auto const& row : run.convergence) {
    auto& tally = tallies[row.claim];
    (is_of_profile(row) ? tally.has_profile : tally.has_rate) = true;
  }
  for (auto const& row : run.pixels) tallies[row.claim].has_image = true;
  for (auto const& row : run.pictures.curves) tallies[row.claim].has_curve = true;
  for (auto const& row : run.pictures.distributions) tallies[row.claim].has_law = true;
  for (auto const& row : run.pictures.intervals) tallies[row.claim].has_intervals = true;
  return tallies;
}

std::string verdict_of(Tally const& tally) {
  if (tally.contrary > 0) return "**contradicted**";
  if (tally.open > 0) return "open";
  if (tally.verified > 0) return tally.refuted > 0 ? "holds, and its controls fail" : "holds";
  if (tally.refuted > 0) return tally.shown > 0 ? "shown only, and its control fails" : "refuted, as expected";
  return tally.shown > 0 ? "shown only" : "not asked in this run";
}

std::string pictures_of(Tally const& tally) {
  std::string text;
  auto const add = [&text](bool has, char const* what) {
    if (has) text += (text.empty() ? "" : ", ") + std::string(what);
  };
  add(tally.has_rate, "convergence");
  add(tally.has_curve, "curve over n");
  add(tally.has_law, "law");
  add(tally.has_intervals, "intervals");
  add(tally.has_profile, "risk against h");
  add(tally.has_image, "attacked image");
  return text.empty() ? "-" : text;
}

/// A row a claim; the sentence stands in the first.
void add_rows(std::string& text, Sentence const& sentence, Tallies const& tallies) {
  bool is_first = true;
  for (auto const& id : claims_of(sentence)) {
    auto const found = tallies.find(id);
    Tally const tally = found == tallies.end() ? Tally{} : found->second;
    text += fmt::format("| {} | {} | `{}` | {} | {} | {} | {} |\n",
                        is_first && !sentence.place.empty() ? markdown_cell(std::string(sentence.place)) : "",
                        is_first ? markdown_cell(std::string(sentence.text)) : "", id, tally.verified, tally.refuted,
                        verdict_of(tally), pictures_of(tally));
    is_first = false;
  }
}

}  // namespace

std::vector<std::string> claims_of(Sentence const& sentence) {
  std::istringstream words{std::string(sentence.claims)};
  std::vector<std::string> ids;
  for (std::string id; words >> id;) ids.push_back(id);
  return ids;
}

std::string theory_mark(std::string_view study) {
  return fmt::format("<!-- made by `make theory` of a study with the hash {:016x} -->", stable_hash(study));
}

std::string theory_markdown(RecordedRun const& run) {
  auto const& manifest = run.manifest;
  auto const tallies = tallies_of(run);
  std::string text = fmt::format(
      "# The theory, sentence by sentence\n\n{}\n\nEvery sentence of the notes that states something, in their order, "
      "with the claims that put it to the test (`fisherlab show CLAIM`), how many findings verified it and how many "
      "controls were refuted, and what the page has pictures of; then the theory that stands next to the notes. Of "
      "`fisherlab verify {}`, seed {}: {} findings, family error {}, fingerprint {}.\n",
      theory_mark(manifest.study), markdown_cell(manifest.study_name), manifest.seed, run.findings.size(),
      manifest.family_error, markdown_cell(manifest.fingerprint));
  std::string_view chapter;
  for (auto const& sentence : sentences()) {
    if (sentence.chapter != chapter) {
      chapter = sentence.chapter;
      text += fmt::format(
          "\n## {}\n\n| notes | sentence | claim | verified | refuted | verdict | pictures "
          "|\n|---|---|---|--:|--:|---|---|\n",
          chapter);
    }
    add_rows(text, sentence, tallies);
  }
  return text;
}

}  // namespace fisherlab::reports
