#include "cli/command_line/values.hpp"

#include <utility>

#include "claims/catalogue.hpp"
#include "estimators/catalogue.hpp"
#include "runs/studies/study.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {
namespace {

constexpr char const* list_mark = ",...";

std::vector<std::string> model_names() {
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

}  // namespace

namespace values {

Value plain(std::string word) { return {std::move(word)}; }

Value one_of(std::string word, std::vector<std::string> names) {
  return {std::move(word), [names = std::move(names)] { return names; }};
}

Value file(std::string word) { return {std::move(word), {}, Value::Paths::files}; }
Value folder(std::string word) { return {std::move(word), {}, Value::Paths::folders}; }
Value model() { return {"MODEL", model_names}; }
Value claim() { return {"CLAIM", claim_ids}; }
Value estimator() { return {"ESTIMATOR", estimator_names}; }
Value study() { return {"STUDY", runs::shipped_studies, Value::Paths::studies}; }

Value list_of(Value value) {
  value.word += list_mark;
  return value;
}

}  // namespace values

std::string base_word(std::string const& word) {
  std::string const mark = list_mark;
  return word.ends_with(mark) ? word.substr(0, word.size() - mark.size()) : word;
}

}  // namespace fisherlab::cli
