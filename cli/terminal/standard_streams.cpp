#include "cli/terminal/standard_streams.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>

namespace fisherlab::cli {

void guard_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF)
      if (int const opened = ::open("/dev/null", O_RDONLY); opened >= 0 && opened != stream) ::close(opened);
}

bool has_arrived(std::string& reason) {
  reason.clear();
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  if (errno == 0) {  // the error is an earlier one, so it is asked for again
    std::clearerr(stdout);
    if (std::fputc('\n', stdout) != EOF) std::fflush(stdout);
  }
  int const error = errno;
  pollfd state{STDOUT_FILENO, POLLOUT, 0};
  bool const has_left = error == EPIPE || (::poll(&state, 1, 0) > 0 && (state.revents & POLLERR) != 0);
  if (!has_left) reason = error == 0 ? "the device gave an error" : std::generic_category().message(error);
  return false;
}

}  // namespace fisherlab::cli
