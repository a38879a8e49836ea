#include "cli/command_line/extras.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"

namespace fisherlab::cli {
namespace {

using Words = std::vector<std::string>;

/// "--seed" of "--seed=3".
std::string name_of(std::string const& word) { return word.substr(0, word.find('=')); }
bool is_option(std::string const& word) { return word.starts_with('-'); }
std::string shown(std::string const& word) { return clipped(printable(name_of(word)), 40); }

/// Our option for what other programs call it; empty for a word that none of them uses.
std::string_view meant_option(std::string const& word) {
  static constexpr auto meanings = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"--constants", "--set"},
      {"--constant", "--set"},
      {"--const", "--set"},
      {"--params", "--theta"},
      {"--parameters", "--theta"},
      {"--reps", "--replicates"},
      {"--nsim", "--replicates"},
      {"--iterations", "--replicates"},
      {"--simulations", "--replicates"},
      {"--sample-size", "--n"},
      {"--size", "--n"},
      {"--output", "--out"},
      {"-o", "--out"},
      {"--jobs", "--threads"},
      {"--cores", "--threads"},
      {"-j", "--threads"},
      {"--alpha", "--level"},
      {"--confidence", "--level"},
  });
  auto const place = std::ranges::find(meanings, word, &std::pair<std::string_view, std::string_view>::first);
  return place == meanings.end() ? std::string_view() : place->second;
}

/// `where`: empty, or " of verify".
[[noreturn]] void refuse_option(std::string const& word, std::string const& where, Words const& names) {
  auto const meant = meant_option(name_of(word));
  bool const is_there = std::ranges::find(names, meant) != names.end();
  throw InputError(
      fmt::format("there is no option {}{}, {}", shown(word), where,
                  is_there ? "did you mean '" + std::string(meant) + "'?" : suggestion(name_of(word), names)));
}

Words option_names(Arguments const& arguments) {
  Words names = {"--help"};
  for (auto const& option : arguments.options()) names.push_back(option.text.name);
  return names;
}

}  // namespace

void refuse_extras(Words const& words, std::span<Command const> commands) {
  if (words.empty()) return;
  auto const& word = words.front();
  Words subcommands;
  for (auto const& command : commands) subcommands.push_back(command.name);
  if (!is_option(word))
    throw InputError(
        fmt::format("there is no subcommand '{}', {}", shown(word), suggestion(name_of(word), subcommands)));
  for (auto const& command : commands) {
    Arguments arguments;
    command.add(arguments);
    auto const names = option_names(arguments);
    expects(std::find(names.begin(), names.end(), name_of(word)) == names.end(),
            fmt::format("option {} belongs to a subcommand, put it after one such as {}", shown(word), command.name));
  }
  refuse_option(word, "", {"--help", "--version"});
}

void refuse_extras(Words const& words, std::string const& subcommand, Arguments const& arguments) {
  if (words.empty()) return;
  auto const& word = words.front();
  if (is_option(word)) refuse_option(word, " of " + subcommand, option_names(arguments));
  throw InputError(fmt::format("argument '{}' of {} is one too many, see `fisherlab {} --help`", shown(word),
                               subcommand, subcommand));
}

}  // namespace fisherlab::cli
