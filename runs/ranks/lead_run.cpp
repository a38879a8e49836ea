#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/experiments.hpp"
#include "runs/ranks/rank_messages.hpp"
#include "runs/ranks/rank_run.hpp"
#include "runs/shards/parts.hpp"

namespace fisherlab::runs {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(10);  ///< with ranks that were told to stop: a block may take long

/// The rank that deals out, folds and judges.
class Leader {
 public:
  Leader(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
         std::string const& identity, Ranks& ranks)
      : identity_(identity), ranks_(ranks), hooks_(listening(hooks)), work_(questions, settings, hooks_) {
    work_.course.is_part = ranks.size() > 1;
  }

  RunResult lead() {
    while (work_.has_look()) {
      work_.begin_look();
      take_look();
      if (!work_.end_look()) break;
    }
    end_ranks(ranks_);
    auto result = work_.finish();
    result.notes.insert(result.notes.end(), failures_.begin(), failures_.end());
    return result;
  }

 private:
  /// Hooks that take in, at the end of each block, what other ranks have done.
  RunHooks listening(RunHooks const& outer) {
    RunHooks hooks = outer;
    hooks.stop = [this, stop = outer.stop] { return is_cut_ || (stop && stop()); };
    hooks.progress = [this, show = outer.progress](Progress const& progress) {
      listen();
      if (show) show(progress);
    };
    return hooks;
  }

  void tell_all(std::string const& bytes) {
    for (int to = 1; to < ranks_.size(); ++to) ranks_.send(to, bytes);
  }

  void take_look() {
    auto& course = work_.course;
    auto const all = left_to_do(work_);
    auto const mine = share_of(all, work_, ranks_);
    busy_ = ranks_.size() - 1;
    tell_all(word::look + packed_assignment(all, work_, identity_));
    work_.looks.take(mine.blocks);
    if (!course.has_ended()) carry_out_experiments(work_.pending, mine.experiments, work_.plan, course);
    course.is_sealed = false;  // what others have done by now is saved too
    wait_for_others();
    course.interrupted = course.interrupted || is_cut_;
    course.is_late = course.is_late || is_late_;
    if (!course.place.in_experiments) work_.looks.judge();
    if (!course.has_ended()) judge_pieces(work_.pending, work_.plan, course);
    if (course.has_ended()) course.seal();
  }

  void wait_for_others() {
    auto& course = work_.course;
    Clock::time_point end{};
    while (busy_ > 0) {
      listen();
      if (!is_told_ && (is_cut_ || is_late_ || course.ends_here())) {
        tell_all({word::stop});
        course.save();  // who told us to stop may not wait
        end = Clock::now() + patience;
        is_told_ = true;
      }
      if (is_told_ && Clock::now() > end) return;
      course.save_if_due();
      if (busy_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  void listen() {
    std::lock_guard const one(mutex_);  // an experiment may tell its progress from several threads
    while (auto const message = ranks_.receive()) hear(*message);
  }

  void hear(Message const& message) {
    if (message.bytes.empty()) return;
    char const what = message.bytes.front();
    auto const rest = std::string_view(message.bytes).substr(1);
    if (what == word::failed) {
      failures_.push_back(fmt::format("Rank {} failed: {}", message.from, printable(std::string(rest))));
    } else {
      add_parts(work_, rest);
    }
    if (what == word::parts) return;
    --busy_;
    if (what == word::late) is_late_ = true;
    if (what == word::failed || (what == word::cut && !is_told_)) is_cut_ = true;
  }

  std::string const& identity_;
  Ranks& ranks_;
  std::mutex mutex_;
  std::atomic<bool> is_cut_ = false;  ///< another rank was told to stop, or failed
  bool is_late_ = false;              ///< the deadline cut another rank
  bool is_told_ = false;              ///< the others were told to stop
  int busy_ = 0;                      ///< ranks that have not done their share of the look
  std::vector<std::string> failures_;
  RunHooks hooks_;
  RunWork work_;
};

}  // namespace

RunResult lead_run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks,
                   std::string const& identity, Ranks& ranks) {
  return Leader(questions, settings, hooks, identity, ranks).lead();
}

void end_ranks(Ranks& ranks) {
  for (int to = 1; to < ranks.size(); ++to) ranks.send(to, {word::end});
}

}  // namespace fisherlab::runs
