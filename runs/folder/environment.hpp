#pragma once

#include <chrono>
#include <map>
#include <string>

#include "findings/manifest.hpp"

namespace fisherlab::runs {

/// "0.1.0".
std::string version();

/// That the shared libraries that were loaded are of this program's version: others draw other bits, which must not be
/// joined with those of a state or a shard.
/// @throws InputError naming the one that is not.
void expect_own_libraries();

/// Notes when a run starts, and writes down what is known of program and machine.
class RunRecord {
 public:
  /// @param libraries  versions of what the caller links beside this room's own libraries
  /// @param began  from when on seconds count
  RunRecord(RunKind kind, std::string command, int threads, std::map<std::string, std::string> libraries = {},
            std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now());

  /// Goes on with a run that began before and has worked for so many seconds.
  void continue_from(std::string started_utc, double seconds);

  /// Of work: since it began, and before.
  double seconds() const;
  /// When the run began, ISO 8601.
  std::string started_utc() const;
  /// The manifest so far: kind, end, program, machine, clocks; the rest is the caller's.
  Manifest manifest(RunStatus status) const;

 private:
  RunKind kind_;
  std::string command_;
  int threads_;
  std::map<std::string, std::string> libraries_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  std::string started_before_;
  double seconds_before_ = 0;
};

}  // namespace fisherlab::runs
