#include "cli/shell/description.hpp"

#include <string>

#include "cli/commands.hpp"
#include "runs/folder/environment.hpp"

namespace fisherlab::cli {
namespace {

std::vector<ArgumentText> texts_of(std::vector<Argument> const& arguments) {
  std::vector<ArgumentText> texts;
  for (auto const& argument : arguments) texts.push_back(argument.text);
  return texts;
}

SubcommandText text_of(Command const& command, claims::Catalogue const& catalogue) {
  Arguments arguments(catalogue);
  command.add(arguments);
  return {.name = command.name,
          .meaning = command.meaning,
          .places = texts_of(arguments.places()),
          .options = texts_of(arguments.options()),
          .footer = command.footer};
}

}  // namespace

std::string SubcommandText::usage() const {
  std::string text = "fisherlab " + name;
  if (!options.empty()) text += " [OPTIONS]";
  for (auto const& place : places) {
    text += place.is_needed ? " " + place.name : " [" + place.name + "]";
    if (place.is_many) text += "...";
  }
  return text;
}

ProgramText program_text(claims::Catalogue const& catalogue) {
  ProgramText text{.meaning = program_meaning, .version = runs::version()};
  for (auto const& command : commands()) text.subcommands.push_back(text_of(command, catalogue));
  return text;
}

}  // namespace fisherlab::cli
