#pragma once

#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/looks.hpp"
#include "runs/pending.hpp"
#include "runs/resume/run_state.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// A run between its questions and its result: what all ways to carry it out have in common, in one process, in shards
/// or on ranks. It refers to its arguments.
class RunWork {
 public:
  /// Takes up the state that the hooks were given, if any. @throws InputError when it is of other questions.
  RunWork(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks);
  RunWork(RunWork const&) = delete;
  RunWork& operator=(RunWork const&) = delete;

  /// Whether the look of the course has anything to do.
  bool has_look() const;
  /// Begins the look of the course where the state that was taken up is not inside it.
  void begin_look();
  /// Ends the look: whether another may follow.
  bool end_look();

  /// What is decided, with the rows of pictures.
  RunResult finish();

  claims::Plan plan;
  Course course;
  std::vector<Pending> pending;
  Looks looks;
  RunResult result = {};  ///< how the looks went, until the end

 private:
  std::vector<claims::Question> const& questions_;
  int begun_ = -1;  ///< the look that was begun
};

}  // namespace fisherlab::runs
