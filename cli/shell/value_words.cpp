#include "cli/shell/value_words.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "claims/catalogue.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "reports/tables/run_table.hpp"
#include "runs/studies/study.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {
namespace {

std::vector<std::string> models() {
  std::vector<std::string> names;
  for (auto const& card : sim::model_cards()) names.push_back(card.name);
  return names;
}

std::vector<std::string> claim_ids() {
  std::vector<std::string> names;
  for (auto const& claim : claims::shipped_claims().all()) names.push_back(claim.card.id);
  return names;
}

std::vector<std::string> estimator_names() {
  std::vector<std::string> names;
  for (auto const& card : estimators::estimator_cards()) names.push_back(card.name);
  return names;
}

std::vector<std::string> tables() {
  std::vector<std::string> names;
  for (auto const kind : reports::table_kinds) names.emplace_back(to_string(kind));
  return names;
}

std::vector<std::string> columns() {
  std::set<std::string> names;
  for (auto const kind : reports::table_kinds)
    for (auto const& name : reports::column_names(kind)) names.emplace(name);
  return {names.begin(), names.end()};
}

std::vector<std::string> everything() {
  std::vector<std::string> names;
  for (auto const& some : {models(), claim_ids(), estimator_names(), runs::shipped_studies()})
    names.insert(names.end(), some.begin(), some.end());
  return names;
}

using Paths = ValueNames::Paths;

}  // namespace

std::string base_word(std::string const& word) {
  std::string const list = ",...";
  return word.ends_with(list) ? word.substr(0, word.size() - list.size()) : word;
}

std::vector<std::pair<std::string, ValueNames>> value_words() {
  return {{"MODEL", {models()}},
          {"CLAIM", {claim_ids()}},
          {"ESTIMATOR", {estimator_names()}},
          {"STUDY", {runs::shipped_studies(), Paths::studies}},
          {"NAME", {everything(), Paths::studies}},
          {"WHAT", {{"models", "claims", "estimators", "studies"}}},
          {"FORMAT", {{"markdown", "latex", "junit", "html"}}},
          {"TABLE", {tables()}},
          {"COLUMN", {columns()}},
          {"SHELL", {{"bash", "zsh"}}},
          {"PROBLEM", {estimators::influence::problem_names()}},
          {"SOLVER", {{"cholesky", "cg", "lissa", "lanczos"}}},
          {"ROWS", {{"all", "none", "top:20"}}},
          {"CONVENTION", {{"A", "B"}}},
          {"DATA", {{}, Paths::files}},
          {"DB", {{}, Paths::files}},
          {"FILE", {{}, Paths::files}},
          {"DIR", {{}, Paths::folders}},
          {"OLD", {{}, Paths::folders}},
          {"NEW", {{}, Paths::folders}}};
}

}  // namespace fisherlab::cli
