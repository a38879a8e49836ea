#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/shell/description.hpp"
#include "cli/shell/man_page.hpp"
#include "cli/shell/shell_completion.hpp"

namespace fisherlab::cli {

int completion(std::optional<std::string> const& shell) {
  expects(shell.has_value(), "completion needs the name of a shell, give bash or zsh");
  std::vector<std::string> const shells = {"bash", "zsh"};
  expects(*shell == "bash" || *shell == "zsh", fmt::format("there is no completion for '{}', {}",
                                                           clipped(printable(*shell), 40), suggestion(*shell, shells)));
  auto const program = program_text();
  std::fputs((*shell == "bash" ? bash_completion(program) : zsh_completion(program)).c_str(), stdout);
  return exit_success;
}

int man() {
  std::fputs(man_page(program_text()).c_str(), stdout);
  return exit_success;
}

}  // namespace fisherlab::cli
