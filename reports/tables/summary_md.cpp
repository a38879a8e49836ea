#include "reports/tables/summary_md.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/tables/noted_text.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

std::string list_of(std::string_view title, std::vector<Finding const*> const& findings) {
  if (findings.empty()) return {};
  std::string text = fmt::format("\n## {}\n\n", title);
  text +=
      "| claim | notes | model | parameters | n | statistic | estimate | interval | region | verdict | expected |\n";
  text += "|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (Finding const* f : findings) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown_cell(f->claim),
                        markdown_cell(f->statement), markdown_cell(f->model), markdown_cell(f->parameters),
                        markdown_cell(f->n), markdown_cell(f->measurement.statistic),
                        text_by_error({.value = f->measurement.estimate, .error = f->measurement.std_error}),
                        interval_text(*f), region_text(f->region), to_string(f->verdict), to_string(f->expected));
  }
  return text;
}

}  // namespace

std::string markdown_cell(std::string_view text) {
  std::string cell;
  for (char const c : printable(text)) {
    switch (c) {
      case '<':
        cell += "&lt;";
        break;
      case '>':
        cell += "&gt;";
        break;
      case '&':
        cell += "&amp;";
        break;
      case '\\':
      case '|':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '~':
      case '$':
        cell += '\\';
        [[fallthrough]];
      default:
        cell += c;
    }
  }
  return cell;
}

std::string summary_markdown(std::span<Finding const> findings, RunStatus status, std::span<ReplicateRow const> noted) {
  Summary const summary = summarise(findings);
  std::string text = "# Findings\n\n";
  if (auto const sentence = status_sentence(status); !sentence.empty()) text += "**" + sentence + "**\n\n";
  text += counts_sentence(summary) + '\n';
  text += list_of("Failed: contradicts what was expected", summary.failed);
  text += list_of("Open: inconclusive", summary.open);
  if (!summary.claims.empty()) {
    text +=
        "\n## By claim\n\nVerified and refuted count the findings that came out as expected; refuted ones are controls "
        "outside the hypotheses.\n% of margin: how far the farthest estimate of a verified finding lies from its "
        "target, "
        "with its interval; 100 is the edge of the region.\n\n";
    text += "| claim | notes | verified | refuted | failed | open | shown only | % of margin |\n";
    text += "|---|---|--:|--:|--:|--:|--:|--:|\n";
  }
  for (ClaimSummary const& c : summary.claims) {
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown_cell(c.claim), markdown_cell(c.statement),
                    c.verified, c.refuted, c.failed, c.open, c.shown, margins_text(c.margins_from_target));
  }
  text += list_of("Shown only: without effect on the exit code", summary.shown);
  return noted.empty() ? text : text + '\n' + noted_sentence(noted) + '\n';
}

}  // namespace fisherlab::reports
