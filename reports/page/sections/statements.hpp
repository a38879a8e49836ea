#pragma once

#include <kainjow/mustache.hpp>
#include <span>
#include <string>
#include <vector>

#include "findings/claim_card.hpp"
#include "findings/run_tables.hpp"
#include "reports/page/gallery.hpp"
#include "reports/page/html.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {

/// The ids of the claims that have findings: those with a card in the order of the cards, then the others.
std::vector<std::string> claim_order(RunTables const& run, std::span<ClaimCard const> cards);

/// A part for each claim: the sentence, its formula, its pictures, its findings and, beside them, its controls, and its
/// card.
void add_statements(RunTables const& run, std::vector<std::string> const& claims, HtmlOptions const& options,
                    kainjow::mustache::data& page, Gallery& gallery);

/// What failed and what is open: sentences that lead to the rows, and the pictures that show it.
void add_troubles(RunTables const& run, Summary const& summary, kainjow::mustache::data& page, Gallery& gallery);

/// The cells of a row of findings.
kainjow::mustache::data finding_row(Finding const& finding, std::size_t place, RowLabel const& label);

}  // namespace fisherlab::reports
