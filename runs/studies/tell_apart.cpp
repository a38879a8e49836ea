#include "runs/studies/tell_apart.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <tuple>
#include <utility>
#include <variant>

#include "base/text/number.hpp"

namespace fisherlab::runs {
namespace {

/// A finding by its place among all questions.
struct Place {
  std::size_t question = 0;
  claims::StatedFinding* finding = nullptr;
};

void for_each_finding(claims::Question& question, auto const& visit) {
  if (auto* const experiment = std::get_if<claims::Experiment>(&question.answer))
    for (auto& finding : experiment->findings) visit(finding);
  else
    for (auto& finding : std::get<claims::Sampled>(question.answer).findings) visit(finding);
}

/// The words of a case that not all of its group have.
std::string distinction(CaseWords const& own, std::vector<Place> const& group, std::vector<CaseWords> const& words) {
  std::string text;
  for (auto const& [name, value] : own) {
    auto const has_it = [&, &name = name, &value = value](Place const& place) {
      auto const& other = words[place.question];
      auto const found = other.find(name);
      return found != other.end() && found->second == value;
    };
    if (std::ranges::all_of(group, has_it)) continue;
    text += (text.empty() ? "" : ", ") + (name == "estimator" ? value : name + " = " + value);
  }
  return text;
}

/// A number to four digits; any other word as it is.
std::string short_word(std::string const& word) {
  double value = 0;
  auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() ? rounded_text(value, 4) : word;
}

}  // namespace

CaseWords case_words(TomlTable const& table) {
  CaseWords words;
  if (auto const estimator = table.text("estimator")) words["estimator"] = *estimator;
  if (auto const options = table.table("options", {}))
    for (auto const& name : options->keys()) words[name] = short_word(*options->number_or_text(name));
  return words;
}

void tell_apart(std::vector<claims::Question>& questions, std::vector<CaseWords> const& words) {
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::vector<Place>> groups;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    auto& question = questions[q];
    auto const model = claims::model_text(question), parameters = claims::parameters_text(question);
    for_each_finding(question, [&](claims::StatedFinding& finding) {
      groups[{question.claim, model, parameters, finding.n, finding.statistic}].push_back({q, &finding});
    });
  }
  for (auto const& [key, group] : groups) {
    if (group.size() < 2) continue;
    for (auto const& place : group) {
      auto const text = distinction(words[place.question], group, words);
      if (!text.empty()) place.finding->statistic += " (" + text + ")";
    }
  }
}

}  // namespace fisherlab::runs
