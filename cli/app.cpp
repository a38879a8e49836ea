#include "cli/app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/command_line.hpp"
#include "cli/exit_codes.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

/// Refuses the first argument that nobody asked for, and suggests what was meant.
void refuse_extras(CLI::App const& app) {
  auto const extras = app.remaining();
  if (extras.empty()) return;
  bool const is_root = app.get_parent() == nullptr;
  auto const word = extras.front().substr(0, extras.front().find('='));
  auto const where = is_root ? std::string() : " of " + app.get_name();
  auto const shown = clipped(printable(word), 40);
  std::vector<std::string> names;
  if (word.starts_with('-')) {
    for (auto const* const sub : app.get_subcommands({}))
      expects(sub->get_option_no_throw(word) == nullptr,
              fmt::format("option {} belongs to a subcommand, put it after one such as {}", shown, sub->get_name()));
    for (auto const* const option : app.get_options())
      for (auto const& name : option->get_lnames()) names.push_back("--" + name);
    throw InputError(fmt::format("there is no option {}{}, {}", shown, where, suggestion(word, names)));
  }
  expects(is_root,
          fmt::format("argument '{}'{} is one too many, see `fisherlab {} --help`", shown, where, app.get_name()));
  for (auto const* const sub : app.get_subcommands({})) names.push_back(sub->get_name());
  throw InputError(fmt::format("there is no subcommand '{}', {}", shown, suggestion(word, names)));
}

/// CLI11's complaint in our words: "--seed: 1 required TEXT missing", "--seed: At Most 1 required but received 2".
std::string complaint(CLI::ArgumentMismatch const& error) {
  std::string what = error.what();
  auto const name = what.substr(0, what.find(':'));
  if (what.find("At Most") != std::string::npos) return "option " + name + " is given more than once, give it once";
  if (what.find("missing") != std::string::npos) return "option " + name + " needs a value, give one";
  return what;
}

std::string command_text(int argc, char const* const* argv) {
  std::string text = "fisherlab";
  for (int k = 1; k < argc; ++k) (text += ' ') += argv[k];
  return text;
}

int dispatch(CommandLine& line, std::string const& command) {
  refuse_extras(line.app);
  auto const chosen = line.app.get_subcommands();
  if (chosen.empty()) {
    std::fputs(line.app.help().c_str(), stdout);
    return exit_success;
  }
  refuse_extras(*chosen.front());
  for (RunOptions* run :
       {&line.verify.run, &line.calibrate.run, &line.simulate.run, &line.diagnose.run, &line.influence.run})
    run->command = command;
  auto const name = chosen.front()->get_name();
  if (name == "verify") return verify(line.verify);
  if (name == "calibrate") return calibrate(line.calibrate);
  if (name == "diagnose") return diagnose(line.diagnose);
  if (name == "simulate") return simulate(line.simulate);
  if (name == "influence") return influence(line.influence);
  if (name == "report") return report(line.report);
  if (name == "compare") return compare(line.compare);
  if (name == "history") return history(line.history);
  if (name == "list") return list(line.list);
  if (name == "completion") return completion(line.completion);
  if (name == "man") return man();
  return show(line.show);
}

int parse_and_run(int argc, char const* const* argv) {
  CommandLine line;
  try {
    line.app.parse(argc, argv);
  } catch (CLI::Success const& success) {
    return line.app.exit(success);  // --help, --version
  } catch (CLI::RequiredError const&) {
    // all else is parsed: the subcommand says what it needs, after options that do not exist
  } catch (CLI::ArgumentMismatch const& error) {
    throw InputError(complaint(error));
  } catch (CLI::ParseError const& error) {
    throw InputError(error.what());
  }
  return dispatch(line, command_text(argc, argv));
}

int fail(std::string const& what, int code) {
  std::fputs(("fisherlab: " + printable(what) + '\n').c_str(), stderr);
  return code;
}

}  // namespace

int run_app(int argc, char const* const* argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (InputError const& error) {
    return fail(error.what(), exit_bad_input);
  } catch (sim::Interrupted const& error) {
    return fail(error.what(), exit_broken);
  } catch (std::bad_alloc const&) {
    return fail("the memory does not suffice, give a smaller n or fewer --threads", exit_broken);
  } catch (std::exception const& error) {
    return fail(error.what(), exit_broken);
  }
}

}  // namespace fisherlab::cli
