#include "runs/studies/study_models.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <vector>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "runs/studies/model_words.hpp"
#include "runs/studies/study_parts.hpp"
#include "runs/studies/toml_text.hpp"
#include "sim/expressions/parse.hpp"
#include "sim/models/expression/expression_model.hpp"

namespace fisherlab::runs {
namespace {

std::vector<std::string> const model_keys = {"name",        "title",      "parameters", "constants", "support",
                                             "log_density", "draw",       "mean",       "variance",  "regular",
                                             "moments",     "hypotheses", "source"};
std::vector<std::string> const parameter_keys = {"name", "domain", "example"};

std::string shown(std::string const& word) { return clipped(printable(word), 40); }

/// A name of a model.
bool is_model_name(std::string const& name) {
  auto const is_allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && name.size() <= 40 && std::isalpha(static_cast<unsigned char>(name[0])) != 0 &&
         std::ranges::all_of(name, is_allowed) && name != "all";
}

KnownNumbers read_constants(TomlTable const& table) {
  KnownNumbers known;
  auto const constants = table.table("constants", {});
  if (!constants) return known;
  for (auto const& name : constants->keys()) {
    if (!sim::is_free_name(name))
      constants->fail(name, fmt::format("'{}' cannot be the name of a constant (a letter, then letters, digits and _, "
                                        "and no word of expressions), choose another",
                                        shown(name)));
    auto const text = *constants->number_or_text(name);
    known[name] = located(*constants, name, [&] { return sim::known_number(text, "'" + name + "'", known); });
  }
  return known;
}

sim::ExpressionParameter read_parameter(TomlTable const& table, KnownNumbers const& known) {
  auto const name = required_text(table, "name", "shape");
  auto const domain = required_text(table, "domain", "positive");
  auto parameter = located(table, "domain", [&] { return parse_domain(domain, known); });
  parameter.name = name;
  if (!sim::is_free_name(name))
    table.fail("name", fmt::format("'{}' cannot be the name of a parameter (a letter, then letters, digits and _, and "
                                   "no word of expressions), choose another",
                                   shown(name)));
  if (known.contains(name))
    table.fail("name", fmt::format("'{}' is both a parameter and a constant, rename one", shown(name)));
  auto const example = table.number("example");
  if (!example) table.fail({}, fmt::format("'example' of {} is missing (the law is tried out there), give one", name));
  if (!parameter.holds(*example))
    table.fail("example",
               fmt::format("'example' of {} lies outside its domain '{}', give another", name, shown(domain)));
  parameter.example = *example;
  return parameter;
}

std::vector<sim::ExpressionParameter> read_parameters(TomlTable const& table, KnownNumbers const& known) {
  std::vector<sim::ExpressionParameter> parameters;
  for (auto const& each : table.tables("parameters", "a parameter", parameter_keys)) {
    auto const parameter = read_parameter(each, known);
    if (std::ranges::count(parameters, parameter.name, &sim::ExpressionParameter::name) > 0)
      each.fail("name", fmt::format("there are two parameters '{}', rename one", parameter.name));
    parameters.push_back(parameter);
  }
  if (parameters.empty())
    table.fail({}, "'parameters' is missing, give one such as {name = \"rate\", domain = \"positive\", example = 1}");
  if (parameters.size() > sim::ExpressionLaw::most_parameters)
    table.fail("parameters", fmt::format("a model has more than {} parameters, fix some as constants",
                                         sim::ExpressionLaw::most_parameters));
  return parameters;
}

/// The k-th moment of the estimates exists for n > slope k + offset.
sim::MomentRule read_moments(TomlTable const& table) {
  if (table.is_text("moments")) return {};  // an expression, of the law
  auto const numbers = table.numbers("moments");
  if (numbers.empty()) return {};
  if (numbers.size() != 2 || !(numbers[0] > 0))
    table.fail("moments",
               "'moments' is not two numbers a, b (the k-th moment of the estimates exists for n > a k + b), "
               "give them as [2, 1], or the order below which moments exist as an expression of n and the parameters");
  return {numbers[0], numbers[1]};
}

sim::ExpressionLaw read_law(TomlTable const& table) {
  sim::ExpressionLaw law;
  law.name = required_text(table, "name", "gompertz");
  if (!is_model_name(law.name))
    table.fail("name", fmt::format("'{}' cannot be the name of a model (a letter, then letters, digits and _; not "
                                   "'all'), choose another",
                                   shown(law.name)));
  law.title = printable(table.text("title").value_or(law.name));
  law.constants = read_constants(table);
  law.parameters = read_parameters(table, law.constants);
  law.support_words = required_text(table, "support", "positive");
  law.support = located(table, "support", [&] { return parse_support(law.support_words, law.constants); });
  law.log_density = required_text(table, "log_density", "log(rate) - rate*x");
  law.draw = table.text("draw");
  law.mean = table.text("mean");
  law.variance = table.text("variance");
  auto const regular = table.text("regular").value_or("yes");
  if (regular != "yes" && regular != "no")
    table.fail("regular", fmt::format("'regular' can be \"yes\" or \"no\", not \"{}\"", shown(regular)));
  law.regularity = regular == "yes" ? sim::Regularity::regular : sim::Regularity::outside;
  law.moments = read_moments(table);
  if (table.is_text("moments")) law.moment_order = table.text("moments");
  auto const unproved =
      std::string("is not examined: its model file says that it ") +
      (regular == "yes" ? "meets them" : "does not meet them") +
      (law.moment_order       ? ", and that moments of the estimate exist below the order " + *law.moment_order
       : table.has("moments") ? ""
                              : ", and that all moments of the estimate exist");
  law.hypotheses = printable(table.text("hypotheses").value_or(unproved));
  law.source = printable(table.text("source").value_or("a model file"));
  return law;
}

sim::Models::Entry read_model(TomlTable const& table) {
  auto const law = read_law(table);
  try {
    return sim::expression_model(law);
  } catch (sim::ExpressionError const& error) {
    table.fail(error.key(), error.what());
  } catch (InputError const& error) {
    table.fail("log_density", error.what());
  }
}

/// Whether the first line that says something opens a model.
bool begins_with_model(std::string_view text) {
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto const line = text.substr(0, end);
    auto const first = line.find_first_not_of(" \t\r");
    if (first != std::string_view::npos && line[first] != '#') return line.substr(first).starts_with("[[model]]");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

}  // namespace

claims::Catalogue with_models(TomlTable const& study, claims::Catalogue const& catalogue) {
  auto result = catalogue;
  for (auto const& table : study.tables("model", "a model", model_keys)) {
    auto const entry = read_model(table);
    result = located(table, "name", [&] { return result.with(entry); });
  }
  return result;
}

std::string model_file_text(std::string const& path) {
  auto text = read_bytes(path);
  expects(begins_with_model(text),
          fmt::format("'{}' does not begin with [[model]], give a file that holds models alone (docs/model-files.md)",
                      printable(path)));
  return text;
}

claims::Catalogue with_model_text(std::string const& text, std::string const& name,
                                  claims::Catalogue const& catalogue) {
  if (text.empty()) return catalogue;
  auto const document = parse_toml(text, name);
  return with_models(TomlTable(document, name, "a model file", {"model"}), catalogue);
}

}  // namespace fisherlab::runs
