#include "cli/command_line/parser.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <memory>
#include <sstream>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "cli/command_line/extras.hpp"
#include "cli/commands.hpp"
#include "runs/folder/environment.hpp"

namespace fisherlab::cli {
namespace {

/// A subcommand as it is known to CLI11.
struct Known {
  Command const* command = nullptr;
  CLI::App* app = nullptr;
  Arguments arguments{};
  std::function<int()> run{};
};

/// CLI11's complaint in our words: "--seed: 1 required TEXT missing", "--seed: At Most 1 required but received 2",
/// "quiet was given a disallowed flag override".
std::string complaint(CLI::ArgumentMismatch const& error) {
  std::string what = error.what();
  auto const name = clipped(printable(what.substr(0, what.find_first_of(": "))), 40);
  if (what.find("override") != std::string::npos) return "option --" + name + " takes no value, give it alone";
  if (what.find("At Most") != std::string::npos) return "option " + name + " is given more than once, give it once";
  if (what.find("missing") != std::string::npos) return "option " + name + " needs a value, give one";
  return "option " + name + " does not fit, see `fisherlab --help`";
}

void add_to(CLI::App& app, Argument const& argument, bool is_place) {
  auto const& text = argument.text;
  auto* const option = std::visit(
      [&](auto* target) -> CLI::Option* {
        if constexpr (std::is_same_v<decltype(target), bool*>) {
          return app.add_flag(text.name, *target, text.meaning)->disable_flag_override();
        } else {
          return app.add_option(text.name, *target, text.meaning);
        }
      },
      argument.target);
  if (!std::holds_alternative<bool*>(argument.target)) option->type_name(is_place ? "" : text.value.word);
  if (!text.unless_set.empty()) option->default_str(text.unless_set);
  option->required(text.is_needed);
}

void set_up(CLI::App& app) {
  app.name("fisherlab");
  auto const formatter = std::make_shared<CLI::Formatter>();
  formatter->label("REQUIRED", "(needed)");
  app.formatter(formatter);  // subcommands take it over, so it comes before them
  app.set_version_flag("-V,--version", "fisherlab " + runs::version());
  app.get_help_ptr()->disable_flag_override();
  app.require_subcommand(0, 1);
  app.allow_extras();  // told apart in extras.hpp, with a suggestion
  app.footer("`fisherlab SUBCOMMAND --help` tells more.");
}

void add_to(CLI::App& app, Known& known) {
  auto const& command = *known.command;
  known.app = app.add_subcommand(command.name, command.meaning);
  known.app->footer(command.footer);
  known.app->allow_extras();
  known.app->get_help_ptr()->disable_flag_override();
  known.run = command.add(known.arguments);
  for (auto const& place : known.arguments.places()) add_to(*known.app, place, true);
  for (auto const& option : known.arguments.options()) add_to(*known.app, option, false);
}

std::string command_text(int argc, char const* const* argv) {
  std::string text = "fisherlab";
  for (int k = 1; k < argc; ++k) (text += ' ') += argv[k];
  return text;
}

/// The words after the program's name, `help` and `version` as the options that they stand for: "help verify" and
/// "verify help" are "verify --help".
std::vector<std::string> words_of(int argc, char const* const* argv, std::span<Command const> commands) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  auto const is_taken = [&](std::string const& name) {
    return std::ranges::any_of(commands, [&](Command const& command) { return command.name == name; });
  };
  if (words.empty()) return words;
  if (words[0] == "version" && words.size() == 1 && !is_taken("version")) return {"--version"};
  if (words.size() == 2 && words[1] == "help" && is_taken(words[0])) return {words[0], "--help"};
  if (words[0] != "help" || words.size() > 2 || is_taken("help")) return words;
  words.erase(words.begin());
  if (words.size() == 1 && !is_taken(words[0])) return words;  // refused, with what was meant
  words.emplace_back("--help");
  return words;
}

/// The text of `--help` or `--version`, where that was asked for.
std::string parse(CLI::App& app, std::vector<std::string> words) {
  std::ranges::reverse(words);  // as CLI11 takes them
  try {
    app.parse(std::move(words));
  } catch (CLI::Success const& success) {
    std::ostringstream text;
    app.exit(success, text, text);
    return text.str();
  } catch (CLI::RequiredError const&) {
    // all else is parsed: the subcommand says what it needs, after options that do not exist
  } catch (CLI::ArgumentMismatch const& error) {
    throw InputError(complaint(error));
  } catch (CLI::ParseError const&) {
    throw InputError("the command line cannot be read, see `fisherlab --help`");
  }
  return "";
}

}  // namespace

Request parse_command_line(std::span<Command const> commands, int argc, char const* const* argv,
                           claims::Catalogue const& catalogue) {
  CLI::App app{program_meaning};
  set_up(app);
  std::deque<Known> all;  // CLI11 keeps pointers into them
  for (auto const& command : commands)
    add_to(app, all.emplace_back(Known{.command = &command, .arguments = Arguments(catalogue)}));
  if (auto text = parse(app, words_of(argc, argv, commands)); !text.empty()) return {.text = std::move(text)};
  refuse_extras(app.remaining(), commands);
  for (auto const& known : all) {
    if (!known.app->parsed()) continue;
    refuse_extras(known.app->remaining(), known.command->name, known.arguments);
    known.arguments.tell(command_text(argc, argv));
    return {.run = known.run};
  }
  return {.text = app.help()};
}

std::string parser_version() { return CLI11_VERSION; }

}  // namespace fisherlab::cli
