#include "reports/page/sections/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text/display_text.hpp"
#include "reports/page/formula/formula.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/pictures/picture_figures.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

/// A title has formulas only where it has signs of them: "The sum of" is no summation.
std::string title_html(std::string const& title) {
  bool const is_formula = title.find_first_of("^_'<") != std::string::npos || title.find("theta") != std::string::npos;
  return is_formula ? formula_html(title) : html_attribute(title);
}

void describe(ClaimCard const& card, data& part) {
  part.set("title", title_html(card.title));
  part.set("formula", formula_html(card.formula));
  part.set("hypotheses", printable(card.hypotheses));
  part.set("has_hypotheses", !card.hypotheses.empty());
  part.set("evidence", printable(card.evidence));
  part.set("null_law", printable(card.null_law));
  part.set("margin", printable(card.margin));
  part.set("control", printable(card.control));
  part.set("source", printable(card.source));
  part.set("has_card", true);
}

data chips_of(std::map<std::string, int> const& counts) {
  data chips{data::type::list};
  for (auto const* word : {"failed", "open", "verified", "refuted", "shown"}) {
    auto const count = counts.find(word);
    if (count == counts.end()) continue;
    data chip;
    chip.set("badge", std::string(word));
    chip.set("count", fmt::format("{}", count->second));
    chips.push_back(chip);
  }
  return chips;
}

data rows_group(data const& rows, bool is_controls) {
  data group;
  group.set("rows", rows);
  group.set("is_controls", is_controls);
  return group;
}

/// The rows of a claim, the findings proper before the controls, and how many of each badge there are.
data groups_of(std::string const& id, RunTables const& run, std::map<std::string, int>& counts) {
  std::vector<Finding const*> own;
  for (auto const& f : run.findings)
    if (f.claim == id) own.push_back(&f);
  auto const labels = row_labels(own);
  data rows{data::type::list}, controls{data::type::list};
  std::size_t control_count = 0;
  for (std::size_t k = 0; k < own.size(); ++k) {
    auto const& f = *own[k];
    ++counts[badge(f)];
    bool const is_control = f.expected == Expectation::refuted;
    control_count += is_control;
    (is_control ? controls : rows)
        .push_back(finding_row(f, static_cast<std::size_t>(&f - run.findings.data()), labels[k]));
  }
  data groups{data::type::list};
  if (control_count < own.size()) groups.push_back(rows_group(rows, false));
  if (control_count > 0) groups.push_back(rows_group(controls, true));
  return groups;
}

data statement_part(std::string const& id, std::size_t place, RunTables const& run, HtmlOptions const& options,
                    Gallery& gallery) {
  data part;
  std::map<std::string, int> counts;
  auto const first = std::ranges::find(run.findings, id, &Finding::claim);
  part.set("part", fmt::format("s{}", place + 1));
  part.set("claim", printable(id));
  part.set("statement", printable(first->statement));
  part.set("title", std::string());
  for (auto const& card : options.cards)
    if (card.id == id) describe(card, part);
  part.set("caption", "Findings of " + printable(id));
  part.set("groups", groups_of(id, run, counts));
  part.set("chips", chips_of(counts));
  part.set("expanded", counts.contains("failed") || counts.contains("open"));
  auto figures = claim_figures(run, id, options.full);
  part.set("has_figures", !figures.shown.empty());
  part.set("figures", gallery.add(std::move(figures.shown)));
  part.set("folded_count", fmt::format("{}", figures.folded.size()));
  part.set("has_folded", !figures.folded.empty());
  part.set("folded", gallery.add(std::move(figures.folded)));
  part.set("left_out", fmt::format("{} more {}", figures.left_out, figures.left_out == 1 ? "picture" : "pictures"));
  part.set("has_left_out", figures.left_out > 0);
  return part;
}

}  // namespace

std::vector<std::string> claim_order(RunTables const& run, std::span<ClaimCard const> cards) {
  std::vector<std::string> present, order;
  for (auto const& f : run.findings)
    if (std::find(present.begin(), present.end(), f.claim) == present.end()) present.push_back(f.claim);
  for (auto const& card : cards)
    if (std::find(present.begin(), present.end(), card.id) != present.end()) order.push_back(card.id);
  for (auto const& id : present)
    if (std::find(order.begin(), order.end(), id) == order.end()) order.push_back(id);
  return order;
}

void add_statements(RunTables const& run, std::vector<std::string> const& claims, HtmlOptions const& options,
                    data& page, Gallery& gallery) {
  data parts{data::type::list};
  for (std::size_t k = 0; k < claims.size(); ++k) parts.push_back(statement_part(claims[k], k, run, options, gallery));
  page.set("claims", parts);
  page.set("has_claims", !run.findings.empty());
}

}  // namespace fisherlab::reports
