#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/diagnose/advice_json.hpp"
#include "cli/run/run_frame.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/resume/stages.hpp"

namespace fisherlab::cli {

/// The settings with an end to all that is simulated, `budget` seconds from now.
inline runs::DiagnosisSettings ending(runs::DiagnosisSettings settings, double budget, Watch const& watch) {
  if (budget < HUGE_VAL)
    settings.seconds_left = [end = watch.elapsed_seconds() + budget, elapsed = watch.elapsed_seconds] {
      return end - elapsed();
    };
  return settings;
}

/// The settings with an end to the main simulation: half of the budget is for it, the rest for what comes before and
/// after. It ends where the next doubling would take longer than what is left.
inline runs::DiagnosisSettings within(runs::DiagnosisSettings settings, double budget, Watch const& watch) {
  settings.enough = [half = 0.5 * budget, start = watch.elapsed_seconds(),
                     elapsed = watch.elapsed_seconds](std::int64_t) { return 2 * (elapsed() - start) > half; };
  return settings;
}

/// The settings with a signal as a wish to stop, and with a bar called `name` that counts replicates: its share is of
/// those that within() will let pass, its clock begins now.
runs::DiagnosisSettings watched(runs::DiagnosisSettings settings, std::string const& name, Watch const& watch,
                                double budget = HUGE_VAL);

/// How many replicates the main simulation will have had, `most` at most, if it goes on as fast as the `done` ones that
/// took so many seconds, and ends after 1,024, 2,048, 4,096, ... where twice the time passes `half` seconds.
std::int64_t expected_replicates(std::int64_t done, double seconds, double half, std::int64_t most);

/// How a diagnosis is started: with the facts that decide its bytes, anew or where an earlier one was cut.
struct DiagnosisStart {
  RunOptions const& options;
  runs::RunFacts facts;
  bool resume = false;
};

/// The facts of a diagnosis of these observations, to which those of the models are added.
runs::RunFacts facts_of(runs::Observations const& data, runs::DiagnosisSettings const& settings);

/// What a diagnosis says.
struct DiagnosisText {
  std::function<std::string(int width)> plain;
  std::function<std::string(std::string const& plain)> page = {};  ///< report.html; none where empty
  std::optional<Advised> advised = {};                             ///< advice.json; none where nothing was found out
};

/// The folder, the state and the end of a diagnosis.
class DiagnosisFrame {
 public:
  /// Takes the folder. @throws InputError as RunFrame, and when what is to be resumed is another run.
  DiagnosisFrame(DiagnosisStart const& start, runs::DiagnosisSettings const& settings);

  DiagnosisFrame(DiagnosisFrame const&) = delete;
  DiagnosisFrame& operator=(DiagnosisFrame const&) = delete;

  /// The exit code of a run that was to be resumed and came to its end already.
  std::optional<int> ended() const { return ended_; }
  RunFrame& frame() { return frame_; }
  RunFrame const& frame() const { return frame_; }
  /// What the simulations fold, to go on from.
  runs::Stages* stages() { return &stages_; }

  /// Writes tables, summary, page and manifest, prints the text, and gives the exit code. The state is saved where the
  /// run was interrupted, else it is forgotten.
  int end(RunTables const& tables, Manifest const& manifest, DiagnosisText const& text);

 private:
  RunFrame frame_;
  std::unique_ptr<runs::Saver> saver_;
  runs::Stages stages_;
  std::optional<int> ended_;
};

}  // namespace fisherlab::cli
