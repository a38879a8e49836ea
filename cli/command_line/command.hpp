#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/command_line/arguments.hpp"

namespace fisherlab::cli {

/// A subcommand.
struct Command {
  std::string name{};
  std::string meaning{};  ///< what it does, in one line
  std::string footer{};   ///< of `--help`: exit codes, then examples, lines that start with two spaces
  /// Adds what it takes, and gives the run of it: to be called once the arguments are filled, for the exit code.
  std::function<std::function<int()>(Arguments&)> add{};
};

/// The subcommand whose arguments fill an `Options`. `add` says where each goes; `run` gets them, parses and checks
/// all of its input before it writes anything, and gives the exit code (cli/exit_codes.hpp).
/// `run` may throw InputError for bad input, WriteError when a report cannot be written.
template <class Options>
Command make_command(Command command, void (*add)(Arguments&, Options&), int (*run)(Options const&)) {
  command.add = [add, run](Arguments& arguments) -> std::function<int()> {
    auto const options = std::make_shared<Options>();
    add(arguments, *options);
    return [options, run] { return run(*options); };
  };
  return command;
}

}  // namespace fisherlab::cli
