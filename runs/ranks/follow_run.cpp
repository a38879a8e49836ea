#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "runs/experiments.hpp"
#include "runs/ranks/rank_messages.hpp"
#include "runs/ranks/rank_run.hpp"
#include "runs/shards/parts.hpp"

namespace fisherlab::runs {
namespace {

/// A rank that does what the leader asks.
class Follower {
 public:
  Follower(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
           std::string const& identity, Ranks& ranks)
      : identity_(identity), ranks_(ranks), hooks_(listening(hooks)), work_(questions, settings, hooks_) {
    work_.course.is_part = true;
    work_.course.pack = [this] { return packed_parts(work_); };
  }

  void follow() {
    while (!is_ended_) {
      listen();
      if (assignment_.empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        continue;
      }
      try {
        take_look(std::exchange(assignment_, {}));
      } catch (std::exception const& error) {
        std::lock_guard const one(mutex_);
        ranks_.send(0, word::failed + std::string(error.what()));
      }
    }
  }

 private:
  /// Hooks that hear the leader before each block, and send it what is to be saved.
  RunHooks listening(RunHooks const& outer) {
    RunHooks hooks;
    hooks.stop = [this, stop = outer.stop] {
      listen();
      return is_stopped_ || (stop && stop());
    };
    hooks.elapsed_seconds = outer.elapsed_seconds;
    hooks.save_seconds = outer.save_seconds;
    hooks.save = [this](std::string const& parts) { send(word::parts, parts); };
    return hooks;
  }

  void listen() {
    std::lock_guard const one(mutex_);  // blocks are begun on one thread and folded on another
    while (auto const message = ranks_.receive()) {
      char const what = message->bytes.empty() ? word::end : message->bytes.front();
      if (what == word::look) assignment_ = message->bytes;
      if (what == word::stop || what == word::end) is_stopped_ = true;
      if (what == word::end) is_ended_ = true;
    }
  }

  /// What was sent is the leader's.
  void send(char what, std::string const& parts) {
    std::lock_guard const one(mutex_);
    ranks_.send(0, what + parts);
    forget_parts(work_);
  }

  void take_look(std::string const& bytes) {
    auto const all = taken_assignment(work_, identity_, std::string_view(bytes).substr(1));
    auto const mine = share_of(all, work_, ranks_);
    auto& course = work_.course;
    work_.looks.take(mine.blocks);
    if (!course.has_ended()) carry_out_experiments(work_.pending, mine.experiments, work_.plan, course);
    send(course.interrupted ? word::cut : course.is_late ? word::late : word::last, packed_parts(work_));
  }

  std::string const& identity_;
  Ranks& ranks_;
  std::mutex mutex_;
  std::atomic<bool> is_stopped_ = false;
  std::atomic<bool> is_ended_ = false;
  std::string assignment_;
  RunHooks hooks_;
  RunWork work_;
};

}  // namespace

void follow_run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
                std::string const& identity, Ranks& ranks) {
  Follower(questions, settings, hooks, identity, ranks).follow();
}

void fail_to_follow(std::string const& why, Ranks& ranks) {
  ranks.send(0, word::failed + why);
  for (;;) {
    auto const message = ranks.receive();
    if (message && (message->bytes.empty() || message->bytes.front() == word::end)) return;
    if (!message) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace fisherlab::runs
