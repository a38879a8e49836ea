#include "reports/page/limited_program.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>

#include "base/process/spawn.hpp"

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
  if (!in || out.read_end() < 0) return {};
  set_nonblocking(out.read_end());
  pid_t const child = spawn({program, argument}, {::fileno(in.get()), out.write_end(), -1});
  if (child == 0) return {};
  out.close_write();
  Watched const watched(child, limits);
  ProgramOutput output;
  int status = 0;
  if (!watched.read(out.read_end(), output.text) || !watched.wait(status)) {
    kill_group(child);
    return {.text = {}, .was_ended = true};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) output.text.clear();
  return output;
}

}  // namespace fisherlab::reports
