#include "cli/command_line/values.hpp"

#include <utility>

#include "runs/studies/study.hpp"

namespace fisherlab::cli {
namespace {

constexpr char const* list_mark = ",...";

}  // namespace

namespace values {

Value plain(std::string word) { return {std::move(word)}; }

Value one_of(std::string word, std::vector<std::string> names) {
  return {std::move(word), [names = std::move(names)] { return names; }};
}

Value file(std::string word) { return {std::move(word), {}, Value::Paths::files}; }
Value folder(std::string word) { return {std::move(word), {}, Value::Paths::folders}; }
Value model(claims::Catalogue const& catalogue) {
  return {"MODEL", [&catalogue] {
            std::vector<std::string> names;
            for (auto const& entry : catalogue.models.entries()) names.push_back(entry.card.name);
            return names;
          }};
}
Value claim(claims::Catalogue const& catalogue) {
  return {"CLAIM", [&catalogue] {
            std::vector<std::string> names;
            for (auto const& claim : catalogue.claims.all()) names.push_back(claim.card.id);
            return names;
          }};
}
Value estimator(claims::Catalogue const& catalogue) {
  return {"ESTIMATOR", [&catalogue] {
            std::vector<std::string> names;
            for (auto const& entry : catalogue.estimators.entries()) names.push_back(entry.card.name);
            return names;
          }};
}
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
