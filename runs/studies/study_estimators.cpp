#include "runs/studies/study_estimators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "runs/studies/study_parts.hpp"

namespace fisherlab::runs {
namespace {

std::vector<std::string> const estimator_keys = {"name",     "command",    "protocol", "timeout",
                                                 "children", "std_errors", "intervals"};

bool is_plain(std::string const& name) {
  auto const is_allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, is_allowed);
}

bool yes_or_no(TomlTable const& table, std::string const& key, bool fallback) {
  auto const word = table.text(key);
  if (!word) return fallback;
  if (*word != "yes" && *word != "no")
    table.fail(key, fmt::format("'{}' can be \"yes\" or \"no\", not \"{}\"", key, clipped(printable(*word), 40)));
  return *word == "yes";
}

ExternalCommand read_command(TomlTable const& table) {
  ExternalCommand command;
  command.name = required_text(table, "name", "my_fit");
  if (!is_plain(command.name))
    table.fail("name", "'name' is not of letters, digits, '_' and '-' alone, choose another");
  command.command = required_text(table, "command", "Rscript fit.R");
  if (auto const word = table.text("protocol"))
    command.protocol = located(table, "protocol", [&] { return parse_protocol(*word); });
  if (auto const text = table.text("timeout"))
    command.timeout = located(table, "timeout", [&] { return parse_duration(*text, "'timeout'"); });
  if (auto const count = table.count("children", {"children", 1, 1000})) command.children = static_cast<int>(*count);
  command.std_errors = yes_or_no(table, "std_errors", true);
  command.intervals = yes_or_no(table, "intervals", false);
  return command;
}

/// A TOML string.
std::string quoted(std::string const& text) {
  std::string result = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

Protocol parse_protocol(std::string const& word) {
  std::vector<std::string> const known{"text", "binary"};
  expects(std::ranges::count(known, word) == 1,
          fmt::format("there is no protocol '{}', {}", clipped(printable(word), 40), suggestion(word, known)));
  return word == "binary" ? Protocol::binary : Protocol::text;
}

claims::Catalogue with_estimators(TomlTable const& study, claims::Catalogue const& catalogue) {
  auto result = catalogue;
  for (auto const& table : study.tables("estimator", "an estimator", estimator_keys)) {
    auto const command = read_command(table);
    result = located(table, "name", [&] { return result.with(external_entry(command)); });
  }
  return result;
}

claims::Catalogue with_programs(std::string const& toml, claims::Catalogue const& catalogue) {
  if (toml.empty()) return catalogue;
  auto const document = toml::parse(toml);
  return with_estimators(TomlTable(document, "program", "a program", {"estimator"}), catalogue);
}

std::string estimator_toml(ExternalCommand const& command) {
  auto text = fmt::format("\n[[estimator]]\nname = {}\ncommand = {}\nprotocol = \"{}\"\ntimeout = \"{}s\"\n",
                          quoted(command.name), quoted(command.command),
                          command.protocol == Protocol::binary ? "binary" : "text", exact_text(command.timeout));
  if (command.children > 0) text += fmt::format("children = {}\n", command.children);
  if (!command.std_errors) text += "std_errors = \"no\"\n";
  return command.intervals ? text + "intervals = \"yes\"\n" : text;
}

std::vector<ExternalUse> external_uses(Study const& study) {
  std::vector<ExternalUse> uses;
  for (auto const& question : study.questions) {
    auto const* const sampled = question.sampled();
    if (sampled == nullptr) continue;
    for (auto const& probe : sampled->probes) {
      auto estimator = std::dynamic_pointer_cast<ExternalEstimator const>(probe.estimator);
      if (!estimator) continue;
      auto const& scenario = sampled->scenarios[probe.scenario];
      auto const same = std::ranges::find(uses, estimator, &ExternalUse::estimator);
      if (same == uses.end())
        uses.push_back({std::move(estimator), scenario.setting.data, scenario.n});
      else if (scenario.n < same->n)
        *same = {std::move(estimator), scenario.setting.data, scenario.n};
    }
  }
  return uses;
}

}  // namespace fisherlab::runs
