#include "cli/diagnose/diagnose_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text/display_text.hpp"
#include "cli/diagnose/diagnose_page.hpp"
#include "cli/diagnose/diagnose_rows.hpp"
#include "cli/diagnose/diagnose_text.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/derivatives.hpp"
#include "runs/diagnosis/advice.hpp"

namespace fisherlab::cli {
namespace {

std::string advice_text(Found const& found, int width) {
  std::string text;
  for (auto const& sentence : runs::advice(found.findings())) text += bullet_text(sentence, width);
  return text;
}

/// What the data say of the model: before all else where they refute it.
std::string opening_text(Found const& found, int width) {
  auto const& fitted = found.fitted;
  auto const about =
      (found.censored ? found.censored->data : data_text(fitted.data)) + '\n' + notes_text(fitted.data.notes, width);
  if (!found.goodness) return about + "Interrupted: the model was not checked.\n";
  auto const checked = notes_text({runs::goodness_sentence(fitted, *found.goodness)}, width);
  return (found.goodness->is_refuted ? checked + about : about + checked) +
         criteria_text(*found.goodness, fitted.data.n, width);
}

/// Of data that have more rows than are simulated.
std::string size_note(runs::Diagnosis const& diagnosis, std::int64_t n) {
  return diagnosis.n == n ? std::string() : fmt::format(" (of the {} rows of the data what is off is less so)", n);
}

std::string budget_note(std::int64_t replicates) {
  return fmt::format(
      "; more would have taken longer than --budget allows, and --replicates {} gives the same samples again",
      replicates);
}

}  // namespace

RunTables tables_of(Found const& found) {
  RunTables tables;
  if (found.goodness) tables.goodness = goodness_rows(*found.goodness);
  if (!found.diagnosis) {
    tables.fit = fit_rows(found.fitted.fit, nullptr);
    return tables;
  }
  auto const findings = found.findings();
  tables.fit = fit_rows(found.fitted.fit, &findings);
  tables.advice = advice_rows(findings);
  tables.functions =
      function_rows(found.functions, found.diagnosis->level, found.goodness && found.goodness->is_refuted);
  tables.performance = found.diagnosis->performance;
  return tables;
}

std::string report_text(Found const& found, double level, int width) {
  auto const& diagnosis = found.diagnosis;
  auto const& fitted = found.fitted;
  auto text = opening_text(found, width) + '\n' + fitted.model->card().title + " by maximum likelihood" +
              (found.censored ? ", censored observations by " + found.censored->likelihood : "") + ":\n\n" +
              fit_text(fitted.fit, level) + '\n';
  if (auto const derivatives = derivatives_text(derivatives_of(fitted.model->card()), width); !derivatives.empty())
    text += derivatives + '\n';
  if (!diagnosis) return text + "Interrupted: nothing was found out by simulation.\n";
  auto const lead = fmt::format(
      "What these are worth, from {} samples of n = {} simulated at the estimate{}, where the truth is known{}{}:",
      diagnosis->replicates, diagnosis->n,
      found.censored ? fmt::format(" and censored as the data were ({})", found.censored->censoring) : std::string(),
      size_note(*diagnosis, fitted.data.n), found.is_budget_spent ? budget_note(diagnosis->replicates) : std::string());
  for (auto const& line : wrapped(lead, std::min(width, 100))) text += line + '\n';
  text += '\n' + diagnosis_text(fitted.fit, *diagnosis) +
          "\nIn brackets: Monte Carlo standard error; for the distance, half the width of its 99.9 % band.\n\n" +
          (found.without_model ? without_model_text(fitted.fit, *found.without_model) : "") +
          functions_text(found.functions, level, found.goodness && found.goodness->is_refuted) +
          advice_text(found, width);
  return found.is_whole ? text : text + "Interrupted: further intervals, their widths or needed n are left out.\n";
}

Manifest manifest_of(std::uint64_t seed, Found const& found, RunFrame const& frame) {
  auto const& diagnosis = found.diagnosis;
  auto manifest = frame.manifest(status_of(!found.is_whole), diagnosis ? diagnosis->replicates : 0);
  manifest.seed = seed;
  manifest.looks = diagnosis ? 1 : 0;
  if (diagnosis) manifest.fingerprint = diagnosis->fingerprint;
  return manifest;
}

std::string page_of(Found const& found, std::string const& text, Manifest const& manifest) {
  reports::DiagnosisPage page;
  page.heading = fmt::format("{} fitted to {}, n = {}", found.fitted.model->card().title, found.fitted.data.name,
                             found.fitted.data.n);
  page.lead = found.goodness ? runs::goodness_sentence(found.fitted, *found.goodness) : "Interrupted.";
  page.is_refuted = !found.goodness || found.goodness->is_refuted;
  if (found.diagnosis) page.advice = runs::advice(found.findings());
  page.facts = facts_of(manifest);
  for (auto& fact : derivatives_facts(derivatives_of(found.fitted.model->card())))
    page.facts.push_back(std::move(fact));
  page.parts = found.pictures;
  page.text = text;
  return diagnosis_html(std::move(page));
}

}  // namespace fisherlab::cli
