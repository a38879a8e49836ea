#include "sim/models/expression/law_card.hpp"

#include <cstddef>

#include "base/text/number.hpp"
#include "sim/models/interface/derived_information.hpp"

namespace fisherlab::sim {
namespace {

std::string how_drawn(ExpressionLaw const& law) {
  if (law.draw) return "; draws: " + *law.draw;
  return law.support.is_counts() ? "; draws: by inversion of the summed probabilities"
                                 : "; draws: by inversion of the density, integrated and tabulated, the distribution "
                                   "function right to 1e-12";
}

/// On one line, with single spaces.
std::string one_line(std::string const& text) {
  std::string result;
  for (char const c : text) {
    bool const is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  return result.substr(0, result.find_last_not_of(' ') + 1);
}

}  // namespace

std::string place_text(ModelCard const& card, std::span<double const> theta) {
  std::string text;
  for (std::size_t a = 0; a < theta.size(); ++a)
    text += (text.empty() ? "" : ", ") + card.parameters[a] + " = " + rounded_text(theta[a], 6);
  return text;
}

ModelCard card_of(ExpressionLaw const& law) {
  ModelCard card;
  card.name = law.name;
  card.title = law.title;
  std::string example;
  for (auto const& parameter : law.parameters) {
    card.parameters.push_back(parameter.name);
    card.domains.push_back(parameter.domain);
    example += (example.empty() ? "" : ", ") + parameter.name + " = " + exact_text(parameter.example);
  }
  card.formula = "log p = " + one_line(law.log_density);
  for (auto const& [name, value] : law.constants) card.formula += ", " + name + " = " + exact_text(value);
  card.support = one_line(law.support_words);
  card.ranges = {law.support.range};
  card.information = how_information_is_derived(1);
  card.derivatives = "of the expression itself, exact";
  card.estimate = "safeguarded Newton from the best of a few candidates";
  card.regularity = law.regularity;
  card.hypotheses = law.hypotheses;
  card.moments = law.moments;
  card.source = one_line(law.source + ", tried out at " + example + how_drawn(law));
  return card;
}

}  // namespace fisherlab::sim
