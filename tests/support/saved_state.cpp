#include "tests/support/saved_state.hpp"

#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <thread>
#include <tuple>

namespace fisherlab::test {
namespace {

/// Which state a folder holds: each is a file of its own, renamed to its place.
auto state_in(std::filesystem::path const& folder) {
  struct stat found {};
  if (::stat((folder / "checkpoint.bin").c_str(), &found) != 0) return std::tuple<ino_t, time_t, long>();
  return std::tuple<ino_t, time_t, long>(found.st_ino, found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
}

bool has_ended(int pid) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

}  // namespace

std::function<void(int pid)> after_saves(std::filesystem::path const& folder, int saves, int signal) {
  return [folder, saves, signal, last = state_in(folder)](int pid) mutable {
    for (int seen = 0; seen < saves;) {
      if (has_ended(pid)) return;
      auto const now = state_in(folder);
      if (now != last && now != std::tuple<ino_t, time_t, long>()) ++seen;
      last = now;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::kill(pid, signal);
  };
}

Outcome cut_run(std::vector<std::string> const& words, std::filesystem::path const& folder, int signal) {
  Outcome outcome;
  for (int tries = 0; tries < 20; ++tries) {
    outcome = run_program(words, after_saves(folder, 1, signal));
    if (outcome.exit_code == (signal == SIGKILL ? -1 : 3)) return outcome;
    std::filesystem::remove_all(folder);
  }
  ADD_FAILURE() << "exit code " << outcome.exit_code << ", or it ends before it has saved a state: " << outcome.err;
  return outcome;
}

}  // namespace fisherlab::test
