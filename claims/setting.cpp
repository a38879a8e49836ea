#include "claims/setting.hpp"

#include <cstddef>

#include "base/hash.hpp"
#include "base/text/number.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::claims {
namespace {

std::string law_text(Law const& law) { return law.model->card().name + "(" + parameters_text(law) + ")"; }

bool same(Law const& a, Law const& b) { return law_text(a) == law_text(b); }

}  // namespace

std::string parameters_text(Law const& law) {
  auto const& card = law.model->card();
  auto const constants = law.model->constants();
  std::string text;
  auto const add = [&](std::string const& name, double value) {
    if (!text.empty()) text += ';';
    text += name + "=" + exact_text(value);
  };
  for (std::size_t a = 0; a < law.theta.size(); ++a) add(card.parameters[a], law.theta[a]);
  for (std::size_t c = 0; c < constants.size(); ++c) add(card.constants[c], constants[c]);
  return text;
}

std::uint64_t Scenario::stream() const {
  return stable_hash(law_text(setting.data) + "|n=" + std::to_string(n) + "|replicates");
}

std::string Scenario::identity() const {
  return law_text(setting.model) + "|" + law_text(setting.data) + "|" + setting.note + "|n=" + std::to_string(n);
}

std::string model_text(Setting const& setting) {
  std::string text = setting.model.model->card().name;
  if (!same(setting.model, setting.data)) text += " on " + law_text(setting.data);
  if (!setting.note.empty()) text += " [" + setting.note + "]";
  return text;
}

}  // namespace fisherlab::claims
