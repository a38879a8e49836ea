#pragma once

#include <filesystem>
#include <future>
#include <string>

#include "runs/resume/checkpoint.hpp"

namespace fisherlab::runs {

/// Writes the states of a run to its file, each whole and synced before it takes the place of the last one, while the
/// run goes on. A state that cannot be written costs no more than itself.
class Saver {
 public:
  /// @param frame  facts and beginning of the run; time and state are filled in for each state
  Saver(std::filesystem::path file, Checkpoint frame);
  Saver(Saver const&) = delete;
  Saver& operator=(Saver const&) = delete;
  ~Saver() { finish(); }

  /// Begins to write a state, after the last one is written.
  void save(std::string state, double seconds);
  /// Waits until the last state is written.
  void finish();

  /// Why the first state that could not be written was not; empty when all were.
  std::string const& trouble() const { return trouble_; }
  /// Whether the file holds a state of this run.
  bool has_saved() const { return has_saved_; }

 private:
  std::filesystem::path file_;
  Checkpoint frame_;
  std::future<std::string> under_way_;  ///< gives what went wrong
  std::string trouble_;
  bool has_saved_ = false;
};

}  // namespace fisherlab::runs
