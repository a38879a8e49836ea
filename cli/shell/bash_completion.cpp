#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "cli/shell/shell_completion.hpp"
#include "cli/shell/value_words.hpp"

namespace fisherlab::cli {
namespace {

std::string_view paths_text(Value::Paths paths) {
  switch (paths) {
    case Value::Paths::files:
      return "file";
    case Value::Paths::folders:
      return "directory";
    case Value::Paths::studies:
      return "toml";
    case Value::Paths::none:
      break;
  }
  return "";
}

/// What each word may be: sets `names` and `paths`.
std::string word_cases(ProgramText const& program) {
  std::string text;
  for (auto const& [word, known] : value_words(program))
    text +=
        fmt::format("    '{}') names='{}' paths='{}' ;;\n", word, fmt::join(known.names, " "), paths_text(known.paths));
  return text;
}

/// The word of the value after each option and at each place: sets `value`.
std::string value_cases(ProgramText const& program) {
  std::string text;
  for (auto const& sub : program.subcommands) {
    for (auto const& option : sub.options)
      if (!option.value.word.empty())
        text += fmt::format("    '{} {}') value='{}' ;;\n", sub.name, option.name, option.value.word);
    for (std::size_t k = 0; k < sub.places.size(); ++k)
      text += fmt::format("    '{} '{}) value='{}' ;;\n", sub.name,
                          sub.places[k].is_many ? std::string("[0-9]*") : std::to_string(k), sub.places[k].value.word);
  }
  return text;
}

/// The options of each subcommand: sets `options`.
std::string option_cases(ProgramText const& program) {
  std::string text;
  for (auto const& sub : program.subcommands) {
    text += fmt::format("    {}) options='", sub.name);
    for (auto const& option : sub.options) text += option.name + " ";
    text += "--help' ;;\n";
  }
  return text;
}

constexpr char const* look_ups = R"(# Made by `fisherlab completion bash`.

_fisherlab_options() {{  # of subcommand $1
  case $1 in
    '') options='--help --version' ;;
{options}    *) options= ;;
  esac
}}

_fisherlab_value() {{  # the word in --help of the value that follows option $2 of $1, or stands at place $2
  case "$1 $2" in
{values}    *) value= ;;
  esac
}}

_fisherlab_names() {{  # what the word $1 may be
  case $1 in
{words}    *) names= paths= ;;
  esac
}}
)";

constexpr char const* completion_function = R"(
_fisherlab() {
  local cur=${COMP_WORDS[COMP_CWORD]} before= sub= place=0 k word options value names paths lead=
  COMPREPLY=()
  for ((k = 1; k < COMP_CWORD; ++k)); do
    word=${COMP_WORDS[k]}
    # bash splits --out=DIR and shape=2 at the sign
    [[ $word == = || ( ${COMP_WORDS[k - 1]} == = && $before != -* ) ]] && continue
    _fisherlab_value "$sub" "$before"
    if [[ $before == -* && $value || $word == -* ]]; then
      :  # an option or its value
    elif [[ ! $sub ]]; then
      sub=$word
    else
      ((++place))
    fi
    before=$word
  done
  [[ $cur == = ]] && cur=
  value=
  [[ $before == -* ]] && _fisherlab_value "$sub" "$before"
  if [[ ! $value ]]; then
    if [[ $sub && $cur != -* ]]; then _fisherlab_value "$sub" "$place"; fi
    if [[ ! $value ]]; then
      _fisherlab_options "$sub"
      [[ $sub || $cur == -* ]] || options='@SUBCOMMANDS@'
      mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
      return
    fi
  fi
  if [[ $value == *,... ]]; then
    lead=${cur%"${cur##*,}"}
    cur=${cur##*,}
  fi
  _fisherlab_names "${value%,...}"
  mapfile -t COMPREPLY < <(compgen -P "$lead" -W "$names" -- "$cur")
  case $paths in
    toml) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.toml' -- "$cur") ;;
    ?*) mapfile -t COMPREPLY < <(compgen -A "$paths" -- "$cur") ;;
  esac
  [[ $paths ]] && compopt -o filenames 2>/dev/null
  return 0
}
complete -F _fisherlab fisherlab
)";

}  // namespace

std::string bash_completion(ProgramText const& program) {
  auto text = fmt::format(fmt::runtime(look_ups), fmt::arg("options", option_cases(program)),
                          fmt::arg("values", value_cases(program)), fmt::arg("words", word_cases(program)));
  std::string function = completion_function;
  std::string const mark = "@SUBCOMMANDS@";
  std::vector<std::string> names;
  for (auto const& sub : program.subcommands) names.push_back(sub.name);
  function.replace(function.find(mark), mark.size(), fmt::format("{}", fmt::join(names, " ")));
  return text + function;
}

}  // namespace fisherlab::cli
