#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/columns.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "claims/catalogue.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/run/model_file.hpp"
#include "cli/terminal/terminal.hpp"
#include "estimators/catalogue.hpp"
#include "findings/names.hpp"
#include "runs/studies/model_aliases.hpp"
#include "runs/studies/study.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {
namespace {

std::string model_text(sim::ModelCard const& card, int width) {
  bool const is_regular = card.regularity == sim::Regularity::regular;
  return card_text(card.name + ": " + card.title,
                   {{"parameters", fmt::format("{}", fmt::join(card.parameters, ", "))},
                    {"known", fmt::format("{}", fmt::join(card.constants, ", "))},
                    {"space", card.space},
                    {"formula", card.formula},
                    {"support", card.support},
                    {"derivatives", card.derivatives},
                    {"information", card.information},
                    {"estimate", card.estimate},
                    {"hypotheses", (is_regular ? "" : "outside: ") + card.hypotheses},
                    {"source", card.source}},
                   width);
}

/// One row an option: name, default, meaning with the choices.
std::string options_text(ClaimCard const& card, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& option : card.options) {
    auto const choices = option.choices.empty() ? "" : fmt::format(": {}", fmt::join(option.choices, ", "));
    rows.push_back({option.name, option.fallback, option.meaning + choices});
  }
  if (card.estimator)
    rows.push_back({"estimator", *card.estimator,
                    card.estimator->empty() ? "to be named (a key of the case)" : "a key of the case"});
  return rows.empty() ? "" : "\n" + hanging_columns({"option", "unless set", "meaning"}, rows, width);
}

std::string claim_text(ClaimCard const& card, int width) {
  return card_text(card.id + " (notes " + card.statement + "): " + card.title,
                   {{"formula", card.formula},
                    {"hypotheses", card.hypotheses},
                    {"evidence", card.evidence},
                    {"null law", card.null_law},
                    {"margin", card.margin},
                    {"control", card.control},
                    {"source", card.source}},
                   width) +
         options_text(card, width);
}

/// The model with known constants that it takes, whatever they are: 1, or 1/2 where that lies outside.
sim::AnyModel with_some_constants(sim::Models const& models, sim::ModelCard const& card) {
  for (double const value : {1.0, 0.5}) {
    try {
      return models.make(card.name, std::vector<double>(card.constants.size(), value));
    } catch (InputError const&) {  // outside the domain of some constant
    }
  }
  return nullptr;
}

std::string estimator_text(claims::Catalogue const& catalogue, estimators::EstimatorCard const& card, int width) {
  std::vector<std::string> models;
  for (auto const& model : catalogue.models.cards())
    if (auto const any = with_some_constants(catalogue.models, model); any && catalogue.estimators.fit(card.name, *any))
      models.push_back(model.name);
  return card_text(card.usage() + ": " + card.title,
                   {{"estimates", card.target},
                    {"A", card.argument},
                    {"needs", card.needs},
                    {"offered by", fmt::format("{}", fmt::join(models, ", "))},
                    {"source", card.source}},
                   width);
}

/// One row a setting, with the claims that are put to it.
std::string questions_text(runs::Study const& study, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& question : study.questions) {
    std::vector<std::int64_t> sizes;
    for (auto const& scenario : claims::scenarios_of(question)) sizes.push_back(scenario.n);
    std::vector<std::string> const row = {
        std::string(to_string(question.expected)),
        question.experiment() ? claims::findings_of(question)[0].n : fmt::format("{}", fmt::join(sizes, " ")),
        claims::model_text(question) + " " + claims::parameters_text(question) + ":"};
    auto const same = std::find_if(rows.begin(), rows.end(), [&row](auto const& other) {
      return other[0] == row[0] && other[1] == row[1] && other[2].starts_with(row[2]);
    });
    if (same == rows.end()) {
      rows.push_back(row);
      rows.back()[2] += " " + question.claim;
    } else if (!(*same)[2].ends_with(" " + question.claim)) {  // once, whatever the number of its options
      (*same)[2] += ", " + question.claim;
    }
  }
  return hanging_columns({"expected", "n", "setting and claims"}, rows, width);
}

std::string study_text(runs::Study const& study, int width) {
  auto const& settings = study.settings;
  std::string text =
      card_text(study.name + ": " + study.title,
                {{"", study.description},
                 {"replicates",
                  fmt::format("{} at the first look, {} at most", settings.first_replicates, settings.max_replicates)},
                 {"error", fmt::format("{} over the whole run", rounded_text(settings.family_error, 3))},
                 {"deadline", settings.deadline_seconds < 1e12 ? duration_text(settings.deadline_seconds) : "none"},
                 {"seed", std::to_string(settings.seed)}},
                width);
  return text + '\n' + questions_text(study, width);
}

std::vector<std::string> all_names(claims::Catalogue const& catalogue) {
  std::vector<std::string> names;
  for (auto const& card : catalogue.models.cards()) names.push_back(card.name);
  for (auto const& claim : catalogue.claims.all()) names.push_back(claim.card.id);
  for (auto const& card : catalogue.estimators.cards()) names.push_back(card.name);
  for (auto const& name : runs::shipped_studies()) names.push_back(name);
  return names;
}

std::string text_of(claims::Catalogue const& catalogue, std::string const& name, int width) {
  if (auto const* const card = catalogue.models.find(name)) return model_text(*card, width);
  if (auto const* const claim = catalogue.claims.find(name)) return claim_text(claim->card, width);
  for (auto const& card : catalogue.estimators.cards())
    if (card.name == name) return estimator_text(catalogue, card, width);
  auto const studies = runs::shipped_studies();
  if (name.ends_with(".toml") || std::find(studies.begin(), studies.end(), name) != studies.end())
    return study_text(runs::load_study(name, catalogue), width);
  if (auto const model = runs::model_of_alias(name))
    if (auto const* const card = catalogue.models.find(*model)) return model_text(*card, width);
  auto const names = all_names(catalogue);
  auto const meant = nearest(name, names);
  auto const advice = meant ? "did you mean '" + *meant + "'?" : std::string("see `fisherlab list`");
  throw InputError(fmt::format("there is no model, claim, estimator or study '{}', {}", clipped(printable(name), 40),
                               runs::law_advice(name).value_or(advice)));
}

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> name;               ///< of a model, claim, estimator or study
  ModelFileOption models;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  auto const names = [&catalogue = arguments.catalogue()] { return all_names(catalogue); };
  arguments.place({"NAME", names, Value::Paths::studies}, options.name, "As `fisherlab list` has it").is_needed = true;
  add_model_file_option(arguments, options.models);
}

int run(Options const& options) {
  expects(options.name.has_value(), "show needs the name of a model, claim, estimator or study, see `fisherlab list`");
  auto const catalogue = known_models(options.models, *options.catalogue).catalogue;
  std::fputs(text_of(catalogue, *options.name, standard_output().width).c_str(), stdout);
  return exit_success;
}

}  // namespace

Command show_command() {
  return make_command<Options>({.name = "show",
                                .meaning = "Show the card of a model, claim, estimator or study",
                                .footer = "  fisherlab show gamma\n  fisherlab show coverage\n  fisherlab show notes\n"
                                          "  fisherlab show gompertz --model-file examples/models/gompertz.toml"},
                               add, run);
}

}  // namespace fisherlab::cli
