#include "runs/studies/toml_text.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/expects.hpp"
#include "runs/studies/shallow_keys.hpp"

namespace fisherlab::runs {
namespace {

/// What the parser stumbled over, in our words.
std::string toml_trouble(std::string_view description) {
  static constexpr std::pair<std::string_view, std::string_view> meanings[] = {
      {"utf-8", "a byte is no part of UTF-8 text"},
      {"redefine", "a key or a table is given twice"},
      {"64 bits", "a whole number is too large"},
      {"control characters", "a control character stands in it"},
      {"parsing string", "a text is not closed or has a wrong escape"},
      {"expected value", "a value is missing or misspelt"},
      {"expected keys", "something is neither a key nor a table"},
      {"table header", "the brackets of a table do not close"},
      {"array", "a list is not closed or lacks a comma"},
      {"inline table", "the braces of a table do not close or lack a comma"},
      {"expected '='", "a key has no '='"},
      {"nested", "it is nested too deep"}};
  for (auto const& [sign, meaning] : meanings)
    if (description.find(sign) != std::string_view::npos) return std::string(meaning);
  return "it does not follow its rules";
}

}  // namespace

toml::table parse_toml(std::string_view text, std::string const& name) {
  expect_shallow_keys(text, name);
  try {
    return toml::parse(text, name);
  } catch (toml::parse_error const& error) {
    throw InputError(fmt::format("'{}', line {}: is no TOML ({}), correct it", name, error.source().begin.line,
                                 toml_trouble(error.description())));
  }
}

}  // namespace fisherlab::runs
