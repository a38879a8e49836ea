#pragma once

#include <chrono>
#include <string>

#include "reports/manifest.hpp"

namespace fisherlab::cli {

/// "0.1.0".
std::string version();

/// Level of the hot library that the loader chose, from where it lies: glibc-hwcaps/x86-64-v3/, or the base.
std::string instruction_level();

/// Notes when a run starts, and writes down what is known of program and machine.
class RunRecord {
 public:
  RunRecord(std::string command, int threads);

  double seconds() const;
  /// The manifest so far: program, machine, clocks; the rest is the caller's.
  reports::Manifest manifest() const;

 private:
  std::string command_;
  int threads_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
};

}  // namespace fisherlab::cli
