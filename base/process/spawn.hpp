#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace fisherlab {

/// A pipe whose ends close by themselves, and that no other child inherits.
class Pipe {
 public:
  /// Both ends are -1 where the system gives none.
  Pipe();
  Pipe(Pipe const&) = delete;
  Pipe& operator=(Pipe const&) = delete;
  ~Pipe();

  /// The end to read from, or -1.
  int read_end() const { return ends_[0]; }
  /// The end to write to, or -1.
  int write_end() const { return ends_[1]; }
  void close_read();
  void close_write();

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// Reads and writes of this end return at once.
void set_nonblocking(int descriptor);

/// Where a child reads and writes; -1 stands for /dev/null.
struct ChildStreams {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// Starts a program, found along PATH, in a process group of its own; signals that we ignore or catch are its own
/// again.
/// @param words  the program and its arguments
/// @param extra_environment  "NAME=value" beside ours
/// @return its process, or 0 where it could not be started
pid_t spawn(std::vector<std::string> words, ChildStreams const& streams,
            std::vector<std::string> extra_environment = {});

/// Kills the process with all of its group, and waits for it.
void kill_group(pid_t child);

}  // namespace fisherlab
