#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_codes.hpp"
#include "cli/run/interrupt.hpp"
#include "cli/run/run_options.hpp"
#include "cli/terminal/progress.hpp"
#include "findings/run_tables.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/resume/checkpoint.hpp"
#include "runs/resume/saver.hpp"

namespace fisherlab::cli {

/// Puts lines on standard error.
void tell(std::vector<std::string> const& notes);

/// The caller's side of some work: when to stop, and whom to tell.
struct Watch {
  std::function<bool()> stop;                          ///< a signal was caught
  std::function<double()> elapsed_seconds;             ///< since the run began
  std::function<void(ProgressState const&)> progress;  ///< draws the bar
  std::function<void()> restart;                       ///< the bar's clock: what follows is other work
};

/// What every run of the program has around its work: a folder, a clock, a progress bar, interruption, the manifest and
/// the last words on stdout.
class RunFrame {
 public:
  /// Takes the folder: other writers are kept out, what it holds is not changed yet.
  /// @param study_name  empty where there is none
  /// @throws InputError when the folder cannot be written to, is being written, or holds something else than an earlier
  ///   run of this kind and study.
  RunFrame(RunKind kind, RunOptions const& options, int threads, std::string study_name = {});

  /// Says what decides the bytes of this run: by that it is known again when it is resumed.
  void is_of(runs::RunFacts facts) { facts_ = std::move(facts); }

  /// Whether the folder holds this run and it came to its end: says so, and gives its exit code.
  /// @throws InputError saying what changed, when a run came to its end there that is another one.
  std::optional<int> has_ended() const;

  /// The state that this run left in the folder, from which time and beginning go on; empty where none is.
  /// @throws InputError when it is torn, or of another run.
  std::string resume();

  /// Removes what an earlier run left, but for a state that was resumed, and says in the manifest that this one is on
  /// its way. Otherwise that is done before the first table is written.
  void begin(std::uint64_t seed);

  /// Writes the states of this run.
  std::unique_ptr<runs::Saver> saver() const;
  /// Removes the state: the run came to its end, and all is written.
  void forget_state() const;

  /// Whether a saved state was taken up.
  bool is_resumed() const { return is_resumed_; }
  /// Of work, so far.
  double seconds() const { return record_.seconds(); }

  /// `work(Watch)`, with a signal as a wish to stop; the bar is gone when it ends.
  template <class Work>
  auto watch(Work const& work) const {
    ProgressBar bar(!is_quiet_);
    return work(Watch{[] { return StopSignal::told(); }, [this] { return record_.seconds(); },
                      [&bar](ProgressState const& state) { bar.show(state); }, [&bar] { bar.restart(); }});
  }

  runs::RunFolder& folder() { return folder_; }
  void write_tables(RunTables const& tables);
  bool is_quiet() const { return is_quiet_; }

  /// The manifest so far: kind, end, program, machine, clocks, what was drawn and how fast, the exit code, which is
  /// `exit_code` unless the run was interrupted; the rest is the caller's.
  Manifest manifest(RunStatus status, std::int64_t replicates, int exit_code = exit_success) const;

  /// Writes files, then prints `text` and where the reports are, file by file or the folder alone. Where writing fails
  /// the text is printed all the same, since the work is done, before the failure goes on.
  void write_and_say(std::function<void()> const& write, std::string const& text, bool with_files = true) const;

 private:
  StopSignal signals_;  ///< from the beginning to the end: what is computed gets written
  RunKind kind_;
  std::string study_name_;
  runs::RunFacts facts_;
  bool has_begun_ = false;
  bool is_resumed_ = false;
  runs::RunFolder folder_;
  runs::RunRecord record_;
  bool is_quiet_;
};

/// How a run ended that may have been told to stop or met its deadline.
RunStatus status_of(bool was_interrupted, bool has_met_deadline = false);

/// "\nStudy smoke, seed 7: 1.2 million replicates in 12 s (100 thousand/s), 3 looks.\n" with what `rest` says in place
/// of "3 looks".
std::string study_sentence(std::string const& study, Manifest const& manifest, std::string const& rest);

/// "\nSeed 7, 12 s.\n"
std::string seed_sentence(Manifest const& manifest);

}  // namespace fisherlab::cli
