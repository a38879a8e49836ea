#include "cli/terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace fisherlab::cli {
namespace {

std::string_view environment(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

int stated_width() {
  auto const text = environment("COLUMNS");
  int width = 0;
  std::from_chars(text.data(), text.data() + text.size(), width);
  return width >= 40 ? width : 100;
}

Terminal terminal_of(int descriptor) {
  Terminal terminal{.width = stated_width()};
  terminal.is_terminal = ::isatty(descriptor) == 1;
  if (!terminal.is_terminal) return terminal;
  terminal.redraws = environment("TERM") != "dumb";
  terminal.colour = terminal.redraws && environment("NO_COLOR").empty();
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

}  // namespace

Terminal standard_output() { return terminal_of(STDOUT_FILENO); }
Terminal standard_error() { return terminal_of(STDERR_FILENO); }

}  // namespace fisherlab::cli
