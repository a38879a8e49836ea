#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "claims/catalogue.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/nearest.hpp"
#include "cli/study.hpp"
#include "cli/terminal.hpp"
#include "estimators/catalogue.hpp"
#include "reports/display_text.hpp"
#include "reports/text_table.hpp"
#include "sim/expects.hpp"
#include "sim/models/catalogue.hpp"

namespace fisherlab::cli {
namespace {

using reports::TextTable;

TextTable models() {
  TextTable table({{"model"}, {"parameters"}, {"known constants"}, {"title"}});
  for (auto const& card : sim::model_cards()) {
    bool const is_regular = card.regularity == sim::Regularity::regular;
    table.add_row({card.name, fmt::format("{}", fmt::join(card.parameters, ", ")),
                   card.constants.empty() ? "-" : fmt::format("{}", fmt::join(card.constants, ", ")),
                   card.title + (is_regular ? "" : " (outside the hypotheses)")});
  }
  return table;
}

TextTable claims_table() {
  TextTable table({{"claim"}, {"notes"}, {"says"}});
  for (auto const& claim : claims::claims_catalogue())
    table.add_row({claim.card.id, claim.card.statement, claim.card.title});
  return table;
}

TextTable estimators_table() {
  TextTable table({{"estimator"}, {"estimates"}, {"title"}});
  for (auto const& card : estimators::estimator_cards()) table.add_row({card.name, card.target, card.title});
  return table;
}

TextTable studies() {
  TextTable table({{"study"}, {"questions", reports::Align::right}, {"title"}});
  for (auto const& name : shipped_studies()) {
    Study const study = load_study(name);
    table.add_row({name, std::to_string(study.questions.size()), study.title});
  }
  return table;
}

struct Catalogue {
  std::string name;
  TextTable (*table)();
};
std::vector<Catalogue> const catalogues = {
    {"models", models}, {"claims", claims_table}, {"estimators", estimators_table}, {"studies", studies}};

}  // namespace

int list(std::optional<std::string> const& what) {
  std::vector<std::string> names;
  for (auto const& catalogue : catalogues) names.push_back(catalogue.name);
  expects(!what || std::find(names.begin(), names.end(), *what) != names.end(),
          fmt::format("there is no list of '{}', {}", what ? reports::clipped(reports::printable(*what), 40) : "",
                      suggestion(what.value_or(""), names)));
  std::string text;
  for (auto const& catalogue : catalogues) {
    if (what && catalogue.name != *what) continue;
    text += (text.empty() ? "" : "\n") + catalogue.table().text(standard_output().width);
  }
  text += "\n`fisherlab show NAME` tells more of any of them.\n";
  std::fputs(text.c_str(), stdout);
  return exit_success;
}

}  // namespace fisherlab::cli
