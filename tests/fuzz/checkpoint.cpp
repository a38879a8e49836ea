// The state of a run: the file as it stands, and, since nobody guesses a SHA-256, what stands behind a right one, which
// is then taken up by a run, a simulation and a diagnosis that are told to stop at once, and joined as a shard.
#include "runs/resume/checkpoint.hpp"

#include <string>

#include "runs/diagnosis/goodness.hpp"
#include "runs/diagnosis/intervals/median_widths.hpp"
#include "runs/folder/sha256.hpp"
#include "runs/resume/stages.hpp"
#include "runs/run.hpp"
#include "runs/shards/simulation_shard.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/pieced_questions.hpp"

namespace {

constexpr char const* study_text =
    "replicates = 1024\nmax_replicates = 4096\n[[case]]\nclaims = [\"score-mean\", \"information-equality\"]\n"
    "model = \"exponential\"\ntheta = {rate = 0.4}\nn = [10, 20]\n";

using namespace fisherlab;

claims::Law law() { return runs::make_law("exponential", {{"rate", 0.4}}); }

runs::Simulation const& simulation() {
  static auto const made = [] {
    runs::Simulation simulation;
    simulation.law = law();
    simulation.sizes = {10, 20};
    simulation.replicates = 2000;
    simulation.estimators = runs::make_estimators({"mle"}, simulation.law.model, "--estimator");
    simulation.threads = 1;
    return simulation;
  }();
  return made;
}

/// The stages of a small diagnosis, which is told to stop where one lacks a block.
void resume_diagnosis(std::string_view bytes) {
  runs::Observations const data{.name = "data.csv", .values = {1, 2, 6, 4, 3}};
  static auto const fitted = runs::fit_to_data(law().model, data, 0.95);
  runs::Stages stages(runs::SaveClock({}, 0), {});
  stages.unpack(bytes);
  runs::DiagnosisSettings settings;
  settings.replicates = 1000;
  settings.threads = 1;
  settings.stop = [] { return true; };
  settings.stages = &stages;
  try {
    runs::check_model(fitted, data, runs::goodness_settings(settings));
    auto diagnosis = runs::diagnose(fitted.law(), fitted.data.n, settings);
    runs::add_widths(fitted.law(), settings, diagnosis);
  } catch (sim::Interrupted const&) {
    return;
  }
}

/// A run whose experiments are done piece by piece.
void resume_pieces(std::string_view bytes) {
  static test::scripted::PieceCounts counts{};
  static auto const questions = test::scripted::sharing_pieces(counts);
  runs::RunHooks hooks;
  hooks.stop = [] { return true; };
  hooks.resumed = std::string(bytes);
  runs::run(questions, test::scripted::settings_of(2048, 8192, 1), hooks);
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const study = runs::parse_study(study_text, "s.toml");
  auto const bytes = fuzz::text_of(data, size);
  fuzz::expect_read_or_refused([&] { runs::read_checkpoint(fuzz::file_with("checkpoint.bin", bytes)); });
  static auto const head = runs::checkpoint_bytes({}).substr(0, runs::checkpoint_bytes({}).find('\n') + 1);
  auto const right = head + runs::sha256(bytes) + '\n' + std::string(bytes);
  fuzz::expect_read_or_refused([&] { runs::read_checkpoint(fuzz::file_with("right.bin", right)); });
  fuzz::expect_read_or_refused([&] { runs::merge_shards(simulation(), {{"shard", {1, 1}, std::string(bytes)}}); });
  fuzz::expect_read_or_refused([&] { resume_diagnosis(bytes); });
  if (bytes.empty()) return 0;
  fuzz::expect_read_or_refused([&] {
    runs::SimulationHooks hooks;
    hooks.stop = [] { return true; };
    hooks.resumed = std::string(bytes);
    runs::simulate(simulation(), hooks);
  });
  fuzz::expect_read_or_refused([&] { resume_pieces(bytes); });
  return fuzz::expect_read_or_refused([&] {
    runs::RunHooks hooks;
    hooks.stop = [] { return true; };
    hooks.resumed = std::string(bytes);
    runs::run(study.questions, study.settings, hooks);
  });
}
