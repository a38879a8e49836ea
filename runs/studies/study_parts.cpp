#include "runs/studies/study_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "findings/names.hpp"
#include "findings/words.hpp"

namespace fisherlab::runs {

std::string required_text(TomlTable const& table, std::string const& key, std::string const& example) {
  auto const text = table.text(key);
  if (!text) table.fail({}, fmt::format("'{}' is missing, give one such as {} = \"{}\"", key, key, example));
  return *text;
}

std::vector<claims::Claim const*> read_claims(TomlTable const& table, claims::Claims const& known) {
  if (table.has("claim") == table.has("claims"))
    table.fail({}, "a case needs one of 'claim' and 'claims', as claim = \"score-mean\"");
  std::string const key = table.has("claim") ? "claim" : "claims";
  std::vector<std::string> ids;
  for (auto const& claim : known.all()) ids.push_back(claim.card.id);
  std::vector<claims::Claim const*> found;
  for (auto const& id : table.texts(key)) {
    auto const* const claim = known.find(id);
    if (claim == nullptr)
      table.fail(key, fmt::format("there is no claim '{}', {}", printable(id), suggestion(id, ids)));
    if (std::find(found.begin(), found.end(), claim) != found.end())
      table.fail(key, fmt::format("claim '{}' is given twice, give it once", id));
    found.push_back(claim);
  }
  return found;
}

Expectation read_expectation(TomlTable const& table) {
  auto const text = table.text("expect");
  if (!text) return Expectation::verified;
  if (auto const expected = value_of_word<Expectation>(*text)) return *expected;
  std::vector<std::string> words;
  for (auto const value : values_of<Expectation>()) words.emplace_back(to_string(value));
  table.fail("expect", fmt::format("'expect' cannot be '{}', {}", printable(*text), suggestion(*text, words)));
}

}  // namespace fisherlab::runs
