#include "reports/page/limited_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>

extern char** environ;  // NOLINT(readability-identifier-naming)

namespace fisherlab::reports {
namespace {

using Clock = std::chrono::steady_clock;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// A file that holds the input: it needs no thread, and a child that stops reading stops nobody.
File file_with(std::string_view input) {
  File file(std::tmpfile(), &std::fclose);
  if (file && (std::fwrite(input.data(), 1, input.size(), file.get()) != input.size() || std::fflush(file.get()) != 0 ||
               ::lseek(::fileno(file.get()), 0, SEEK_SET) != 0))
    file.reset();
  return file;
}

/// A pipe whose ends close by themselves.
struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  }
  Pipe(Pipe const&) = delete;
  Pipe& operator=(Pipe const&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(std::size_t k) {
    if (ends[k] >= 0) ::close(ends[k]);
    ends[k] = -1;
  }
};

/// The process, or 0. Signals that we ignore or catch are its own again.
pid_t start(std::string const& program, std::string argument, int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (::posix_spawn_file_actions_init(&actions) != 0 || ::posix_spawnattr_init(&attributes) != 0) return 0;
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  sigset_t usual;
  sigemptyset(&usual);
  for (int const signal : {SIGPIPE, SIGXFSZ, SIGXCPU}) sigaddset(&usual, signal);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  std::string name = program;
  std::array<char*, 3> arguments{name.data(), argument.data(), nullptr};
  pid_t child = 0;
  int const failed = ::posix_spawnp(&child, program.c_str(), &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : 0;
}

/// A process under its limits.
class Watched {
 public:
  Watched(pid_t child, ProgramLimits const& limits)
      : child_(child),
        limits_(limits),
        end_(Clock::now() +
             std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(limits.seconds))) {}

  /// Reads to the end of the output; false when a limit was passed.
  bool read(int from, std::string& text) const {
    std::array<char, 65536> chunk{};
    while (!is_over(text.size())) {
      pollfd ready{from, POLLIN, 0};
      ::poll(&ready, 1, 20);
      ssize_t const size = ::read(from, chunk.data(), chunk.size());
      if (size == 0) return true;
      if (size > 0) text.append(chunk.data(), static_cast<std::size_t>(size));
      if (size < 0 && errno != EAGAIN && errno != EINTR) return true;
    }
    return false;
  }

  /// Waits for the end; false when a limit was passed.
  bool wait(int& status) const {
    while (!is_over(0)) {
      if (pid_t const ended = ::waitpid(child_, &status, WNOHANG); ended == child_ || (ended < 0 && errno != EINTR))
        return true;
      ::poll(nullptr, 0, 2);
    }
    return false;
  }

  void kill() const {
    int status = 0;
    ::kill(-child_, SIGKILL);
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
  }

 private:
  bool is_over(std::size_t bytes) const {
    return bytes > limits_.bytes || Clock::now() > end_ || (limits_.stop && limits_.stop());
  }

  pid_t child_;
  ProgramLimits const& limits_;
  Clock::time_point end_;
};

}  // namespace

ProgramOutput run_limited(std::string const& program, std::string const& argument, std::string_view input,
                          ProgramLimits const& limits) {
  auto const in = file_with(input);
  Pipe out;
  if (!in || out.ends[0] < 0) return {};
  pid_t const child = start(program, argument, ::fileno(in.get()), out.ends[1]);
  if (child == 0) return {};
  out.close_end(1);
  Watched const watched(child, limits);
  ProgramOutput output;
  int status = 0;
  if (!watched.read(out.ends[0], output.text) || !watched.wait(status)) {
    watched.kill();
    return {.text = {}, .was_ended = true};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) output.text.clear();
  return output;
}

}  // namespace fisherlab::reports
