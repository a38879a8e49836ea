#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expects.hpp"
#include "base/text/columns.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/run/model_file.hpp"
#include "cli/terminal/terminal.hpp"
#include "runs/studies/study.hpp"
#include "runs/studies/study_head.hpp"

namespace fisherlab::cli {
namespace {

std::string models(claims::Catalogue const& catalogue, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& card : catalogue.models.cards()) {
    auto parameters = fmt::format("{}", fmt::join(card.parameters, ", "));
    if (!card.constants.empty()) parameters += fmt::format(" ({})", fmt::join(card.constants, ", "));
    bool const is_regular = card.regularity == sim::Regularity::regular;
    auto const derivatives = card.derivatives.empty() ? "" : "; derivatives " + card.derivatives;
    rows.push_back({card.name, parameters, card.title + derivatives + (is_regular ? "" : "; outside the hypotheses")});
  }
  return hanging_columns({"model", "parameters (known)", "title"}, rows, width);
}

std::string claims_text(claims::Catalogue const& catalogue, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& claim : catalogue.claims.all())
    rows.push_back({claim.card.id, claim.card.statement, claim.card.title});
  return hanging_columns({"claim", "notes", "says"}, rows, width);
}

std::string estimators_text(claims::Catalogue const& catalogue, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& card : catalogue.estimators.cards()) rows.push_back({card.usage(), card.target, card.title});
  return hanging_columns({"estimator", "estimates", "title"}, rows, width);
}

std::string studies(claims::Catalogue const& /*catalogue*/, int width) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& name : runs::shipped_studies()) {
    auto const head = runs::study_head(runs::shipped_text(name));
    rows.push_back({name, std::to_string(head.cases), head.title});
  }
  return hanging_columns({"study", "cases", "title"}, rows, width);
}

/// What is listed under one word.
struct List {
  std::string_view name;
  std::string (*text)(claims::Catalogue const& catalogue, int width);
};
constexpr std::array<List, 4> lists = {
    {{"models", models}, {"claims", claims_text}, {"estimators", estimators_text}, {"studies", studies}}};

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> what;               ///< all unless given
  ModelFileOption models;
};

std::vector<std::string> list_names() {
  std::vector<std::string> names;
  for (auto const& list : lists) names.emplace_back(list.name);
  return names;
}

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::one_of("WHAT", list_names()), options.what,
                  "models, claims, estimators or studies; all unless given");
  add_model_file_option(arguments, options.models);
}

int run(Options const& options) {
  auto const& what = options.what;
  auto const catalogue = known_models(options.models, *options.catalogue).catalogue;
  std::string text;
  for (auto const& [name, text_of] : lists)
    if (!what || *what == name) text += (text.empty() ? "" : "\n") + text_of(catalogue, standard_output().width);
  expects(!text.empty(), fmt::format("there is no list of '{}', {}", clipped(printable(what.value_or("")), 40),
                                     suggestion(what.value_or(""), list_names())));
  text += "\n`fisherlab show NAME` tells more of any of them.\n";
  std::fputs(text.c_str(), stdout);
  return exit_success;
}

}  // namespace

Command list_command() {
  return make_command<Options>(
      {.name = "list", .meaning = "List models, claims, estimators or studies", .footer = "  fisherlab list models"},
      add, run);
}

}  // namespace fisherlab::cli
