#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runs/course.hpp"
#include "runs/looks.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// All that a run has come to, between two blocks.
struct RunState {
  Course& course;
  std::vector<Pending>& pending;
  Looks& looks;
  RunResult& result;  ///< of it how the looks went

  /// The state as bytes, from which the run goes on to the same end to the bit.
  std::string packed() const;
  /// Puts a run that has not begun where the bytes say.
  /// @throws InputError when they are of other questions.
  void unpack(std::string_view bytes) const;
};

}  // namespace fisherlab::runs
