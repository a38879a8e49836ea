#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/shell/description.hpp"
#include "cli/shell/shell_completion.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
  std::optional<std::string> shell;
};

std::vector<std::string> shells() { return {"bash", "zsh"}; }

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::one_of("SHELL", shells()), options.shell, "bash or zsh").is_needed = true;
}

int run(Options const& options) {
  auto const& shell = options.shell;
  expects(shell.has_value(), "completion needs the name of a shell, give bash or zsh");
  expects(
      *shell == "bash" || *shell == "zsh",
      fmt::format("there is no completion for '{}', {}", clipped(printable(*shell), 40), suggestion(*shell, shells())));
  auto const program = program_text(*options.catalogue);
  std::fputs((*shell == "bash" ? bash_completion(program) : zsh_completion(program)).c_str(), stdout);
  return exit_success;
}

}  // namespace

Command completion_command() {
  return make_command<Options>({.name = "completion",
                                .meaning = "Print what makes bash or zsh complete subcommands, options and names",
                                .footer = "  source <(fisherlab completion bash)"},
                               add, run);
}

}  // namespace fisherlab::cli
