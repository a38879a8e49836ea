#include "cli/shell/description.hpp"

#include <string>

#include "cli/command_line.hpp"
#include "runs/folder/environment.hpp"

namespace fisherlab::cli {
namespace {

ArgumentText text_of(CLI::Option const& option) {
  ArgumentText text{.meaning = option.get_description(), .is_needed = option.get_required()};
  if (option.get_positional()) {
    text.name = text.word = option.get_name();
  } else {
    text.name = "--" + option.get_lnames().front();
    if (option.get_items_expected_max() > 0) text.word = option.get_type_name();  // a flag takes no value
    text.unless_set = option.get_default_str();
  }
  return text;
}

SubcommandText text_of(CLI::App const& app) {
  SubcommandText text{.name = app.get_name(), .meaning = app.get_description(), .footer = app.get_footer()};
  for (auto const* const option : app.get_options())
    if (option != app.get_help_ptr())
      (option->get_positional() ? text.places : text.options).push_back(text_of(*option));
  return text;
}

}  // namespace

std::string SubcommandText::usage() const {
  std::string text = "fisherlab " + name;
  if (!options.empty()) text += " [OPTIONS]";
  for (auto const& place : places) text += place.is_needed ? " " + place.name : " [" + place.name + "]";
  return text;
}

ProgramText program_text() {
  CommandLine const line;
  ProgramText text{.meaning = line.app.get_description(), .version = runs::version()};
  for (auto const* const sub : line.app.get_subcommands({})) text.subcommands.push_back(text_of(*sub));
  return text;
}

}  // namespace fisherlab::cli
