#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "cli/shell/shell_completion.hpp"
#include "cli/shell/value_words.hpp"

namespace fisherlab::cli {
namespace {

/// `text` inside single quotes, with a backslash before each of `marks`.
std::string escaped(std::string_view text, std::string_view marks) {
  std::string result;
  for (char const c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      if (marks.find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

/// The function for a word, "_fisherlab_A_B" for A|B.
std::string function_of(std::string const& word) {
  std::string name = "_fisherlab_" + word;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

/// What completes a value, or nothing for a word such as N.
std::string action_of(Value const& value) {
  if (!value.names && value.paths == Value::Paths::none) return " ";
  auto const base = base_word(value.word);
  return (base == value.word ? "" : "_sequence ") + function_of(base);
}

/// One function for each word.
std::string word_functions(ProgramText const& program) {
  std::string text;
  for (auto const& [word, known] : value_words(program)) {
    text += fmt::format("{}() {{\n", function_of(word));
    if (!known.names.empty()) text += fmt::format("  compadd \"$@\" -- {}\n", fmt::join(known.names, " "));
    if (known.paths == Value::Paths::files) text += "  _files\n";
    if (known.paths == Value::Paths::folders) text += "  _files -/\n";
    if (known.paths == Value::Paths::studies) text += "  _files -g '*.toml'\n";
    text += "}\n";
  }
  return text;
}

std::string subcommand_case(SubcommandText const& sub) {
  auto text = fmt::format("    {})\n      _arguments '--help[Print this help message and exit]'", sub.name);
  for (auto const& option : sub.options) {
    text += fmt::format(" \\\n        '{}{}[{}]", option.name, option.value.word.empty() ? "" : "=",
                        escaped(option.meaning, "[]\\"));
    if (!option.value.word.empty()) text += fmt::format(":{}:{}", option.value.word, action_of(option.value));
    text += '\'';
  }
  for (auto const& place : sub.places)
    text += fmt::format(" \\\n        '{}:{}:{}'", place.is_many ? "*" : "", escaped(place.name, ":\\"),
                        action_of(place.value));
  return text + "\n      ;;\n";
}

}  // namespace

std::string zsh_completion(ProgramText const& program) {
  std::string text = "#compdef fisherlab\n# Made by `fisherlab completion zsh`.\n\n" + word_functions(program);
  text += "\n_fisherlab() {\n  local curcontext=$curcontext state line\n  local -a subcommands=(\n";
  for (auto const& sub : program.subcommands)
    text += fmt::format("    '{}:{}'\n", sub.name, escaped(sub.meaning, ":\\"));
  text += R"(  )
  _arguments -C '(- *)--help[Print this help message and exit]' '(- *)--version[Display the version and exit]' \
    ':subcommand:->subcommand' '*::argument:->rest'
  [[ $state == subcommand ]] && _describe -t commands subcommand subcommands
  [[ $state == rest ]] || return
  case $words[1] in
)";
  for (auto const& sub : program.subcommands) text += subcommand_case(sub);
  return text +
         "  esac\n}\n\nif [[ $funcstack[1] == _fisherlab ]]; then\n  _fisherlab \"$@\"\nelse\n  compdef _fisherlab "
         "fisherlab\nfi\n";
}

}  // namespace fisherlab::cli
