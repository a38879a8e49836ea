#include "base/process/spawn.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

extern char** environ;  // NOLINT(readability-identifier-naming)

namespace fisherlab {
namespace {

void close_descriptor(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

void redirect(posix_spawn_file_actions_t& actions, int from, int to) {
  if (from >= 0)
    ::posix_spawn_file_actions_adddup2(&actions, from, to);
  else
    ::posix_spawn_file_actions_addopen(&actions, to, "/dev/null", to == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Pipe::Pipe() {
  if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
}
Pipe::~Pipe() {
  close_read();
  close_write();
}
void Pipe::close_read() { close_descriptor(ends_[0]); }
void Pipe::close_write() { close_descriptor(ends_[1]); }

void set_nonblocking(int descriptor) {
  int const flags = ::fcntl(descriptor, F_GETFL);
  if (flags >= 0) ::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

pid_t spawn(std::vector<std::string> words, ChildStreams const& streams, std::vector<std::string> extra_environment) {
  posix_spawn_file_actions_t actions;
  if (::posix_spawn_file_actions_init(&actions) != 0) return 0;
  posix_spawnattr_t attributes;
  if (::posix_spawnattr_init(&attributes) != 0) {
    ::posix_spawn_file_actions_destroy(&actions);
    return 0;
  }
  redirect(actions, streams.in, STDIN_FILENO);
  redirect(actions, streams.out, STDOUT_FILENO);
  redirect(actions, streams.err, STDERR_FILENO);
  sigset_t usual;
  sigemptyset(&usual);
  for (int const signal : {SIGPIPE, SIGXFSZ, SIGXCPU}) sigaddset(&usual, signal);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  auto environment = pointers_to(extra_environment);
  environment.pop_back();
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);
  auto arguments = pointers_to(words);
  pid_t child = 0;
  int const failed =
      ::posix_spawnp(&child, words.front().c_str(), &actions, &attributes, arguments.data(), environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : 0;
}

void kill_group(pid_t child) {
  int status = 0;
  ::kill(-child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace fisherlab
