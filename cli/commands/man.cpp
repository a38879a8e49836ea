#include <cstdio>

#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/shell/description.hpp"
#include "cli/shell/man_page.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what there is to name
};

void add(Arguments& arguments, Options& options) { options.catalogue = &arguments.catalogue(); }

int run(Options const& options) {
  std::fputs(man_page(program_text(*options.catalogue)).c_str(), stdout);
  return exit_success;
}

}  // namespace

Command man_command() {
  return make_command<Options>(
      {.name = "man", .meaning = "Print the manual page", .footer = "  fisherlab man | man -l -"}, add, run);
}

}  // namespace fisherlab::cli
