#include "runs/influence/refits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "base/text/parse.hpp"
#include "runs/influence/refit_state.hpp"
#include "runs/resume/save_clock.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

namespace est = estimators::influence;
using Groups = std::vector<std::vector<int>>;
using Kind = RefitChoice::Kind;

constexpr double most_seconds_unasked = 60;
constexpr int rows_unasked = 20;
constexpr double seconds_a_batch = 1;  ///< what an interruption may lose, or ten times what a batch takes to get ready

double seconds_of(std::function<void()> const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What refits cost on the threads of the run: getting ready, and each.
struct RefitCost {
  double ready = 0;
  double each = 0;

  double of(std::size_t count) const { return ready + each * static_cast<double>(count); }

  /// How many are made at a time.
  std::size_t batch() const {
    double const seconds = std::max(seconds_a_batch, 10 * ready);
    return static_cast<std::size_t>(std::clamp(seconds / std::max(each, 1e-9), 16.0, 1e6));
  }
};

/// From refits of one row and of five, spread over the data, on one thread.
RefitCost refit_cost(InfluenceRun const& run) {
  est::RefitSettings settings;
  settings.threads = 1;
  int const n = run.data->train.rows();
  Groups const one = {{n / 2}};
  Groups five;
  for (int k = 0; k < 5; ++k) five.push_back({k * (n - 1) / 4});
  auto const seconds_without = [&](Groups const& groups) {
    return seconds_of([&] { est::refit_without(run.analysis.minimum, groups, run.settings.convention, settings); });
  };
  double const first = seconds_without(one);
  double const all = seconds_without(five);
  int const threads = run.settings.threads > 0 ? run.settings.threads : sim::default_threads();
  double const each = std::max(all - first, 0.0) / 4;
  return {std::max(first - each, 0.0), each / threads};
}

/// Decides which rows are refitted where nothing was asked for, and says how long all would take.
std::vector<int> chosen_rows(InfluenceRun const& run, RefitCost const& cost, InfluenceHooks const& hooks) {
  auto const choice = run.settings.refit;
  auto rows = est::most_influential(run.analysis);
  auto const n = rows.size();
  double const seconds = cost.of(n);
  bool const is_cut = choice.kind == Kind::unsaid && seconds >= most_seconds_unasked;
  if (choice.kind == Kind::top) rows.resize(std::min(n, static_cast<std::size_t>(choice.top)));
  if (is_cut) rows.resize(std::min(n, static_cast<std::size_t>(rows_unasked)));
  if (!hooks.note) return rows;
  auto text = fmt::format("All {} refits would take about {} (five were timed).", n, duration_text(seconds));
  if (is_cut && rows.size() < n)
    text += fmt::format(
        " That is over a minute, so the {} rows with the largest predicted effect are refitted; --refit all does all.",
        rows.size());
  hooks.note(text);
  return rows;
}

/// The refits of a run on their way.
class Refits {
 public:
  Refits(InfluenceRun& run, InfluenceHooks const& hooks)
      : run_(run), hooks_(hooks), clock_(hooks.elapsed_seconds, hooks.save_seconds) {
    if (!hooks.resumed.empty()) state_.unpack(hooks.resumed, run);
    clock_.saved();
  }

  void make() {
    auto const cost = refit_cost(run_);
    if (!state_.is_chosen) state_.rows = chosen_rows(run_, cost, hooks_);
    state_.is_chosen = true;
    Groups rows, groups;
    for (int const row : state_.rows) rows.push_back({row});
    for (auto const& group : run_.data->groups) groups.push_back(group.rows);
    run_.interrupted = !refit_in_batches(groups, cost.batch(), state_.of_groups) ||
                       !refit_in_batches(rows, cost.batch(), state_.of_rows);
    save();
    est::add_group_refits(run_.analysis, 0, state_.of_groups);
    est::add_refits(run_.analysis, std::move(state_.of_rows));
  }

 private:
  /// Refits in batches, so that what was done survives an interruption, from where `done` ends. False when interrupted.
  bool refit_in_batches(Groups const& groups, std::size_t batch, std::vector<est::Refit>& done) {
    auto const tell = [&](std::int64_t count) {
      if (hooks_.progress) hooks_.progress({count, std::ssize(groups)});
    };
    est::RefitSettings settings;
    settings.threads = run_.settings.threads;
    settings.seed = run_.settings.seed;
    settings.stop = hooks_.stop;
    tell(0);
    while (done.size() < groups.size()) {
      auto const begin = groups.begin() + std::ssize(done);
      Groups const part(begin, begin + static_cast<std::ptrdiff_t>(std::min(batch, groups.size() - done.size())));
      settings.advance = [&](std::int64_t count) { tell(std::ssize(done) + count); };
      try {
        auto refits = est::refit_without(run_.analysis.minimum, part, run_.settings.convention, settings);
        std::ranges::move(refits, std::back_inserter(done));
      } catch (sim::Interrupted const&) {
        return false;
      }
      if (clock_.is_due()) save();
    }
    return true;
  }

  void save() {
    if (!hooks_.save) return;
    hooks_.save(state_.packed());
    clock_.saved();
  }

  InfluenceRun& run_;
  InfluenceHooks const& hooks_;
  SaveClock clock_;
  RefitState state_;
};

}  // namespace

void make_refits(InfluenceRun& run, InfluenceHooks const& hooks) {
  if (run.settings.refit.kind != Kind::none) Refits(run, hooks).make();
}

}  // namespace fisherlab::runs
