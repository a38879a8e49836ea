#include "cli/run/derivatives.hpp"

#include <algorithm>

#include "base/text/display_text.hpp"

namespace fisherlab::cli {

DerivativesOfModels derivatives_of(sim::ModelCard const& card) {
  if (card.derivatives.empty()) return {};
  return {{card.name, card.derivatives}};
}

DerivativesOfModels derivatives_of(std::vector<claims::Question> const& questions) {
  DerivativesOfModels all;
  for (auto const& question : questions) {
    if (question.sampled() == nullptr) continue;
    for (auto const& one : derivatives_of(question.sampled()->setting.model.model->card()))
      if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }
  return all;
}

std::string derivatives_text(DerivativesOfModels const& derivatives, int width) {
  std::string text;
  for (auto const& [model, words] : derivatives)
    for (auto const& line : wrapped("Derivatives of " + model + ": " + words + ".", std::min(width, 100)))
      text += line + '\n';
  return text;
}

std::vector<std::pair<std::string, std::string>> derivatives_facts(DerivativesOfModels const& derivatives) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (auto const& [model, words] : derivatives) facts.emplace_back("derivatives of " + model, words);
  return facts;
}

}  // namespace fisherlab::cli
