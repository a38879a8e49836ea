#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr char const* rate_law =
    "[[model]]\nname = \"own\"\nparameters = [{name = \"rate\", domain = \"positive\", example = 2}]\n"
    "support = \"positive\"\nlog_density = \"log(rate) - rate*x\"\nmoments = [1, 0.5]\n";

std::string study_of_own(std::string const& more) {
  return "replicates = 4096\nmax_replicates = 65536\n[[case]]\nclaims = [\"score-mean\", \"information-equality\"]\n"
         "model = \"own\"\ntheta = {rate = 0.7}\nn = 20\noptions = {margin = 0.05}\n" +
         more;
}

std::string example_file(std::string const& name) {
  return std::string(FISHERLAB_SOURCE_DIR "/examples/models/") + name + ".toml";
}

Words with(Words words, Words const& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(ModelFile, IsKnownToEverySubcommand) {
  auto const folder = fresh_folder();
  auto const file = file_with(folder, "own.toml", rate_law);
  auto const study = file_with(folder, "study.toml", study_of_own(""));
  auto const data = file_with(folder, "data.csv", "x\n0.5\n1.5\n2.25\n3\n0.2\n0.9\n");
  auto const at = [&](char const* name) { return (folder / name).string(); };
  Words const known{"--model-file", file};
  EXPECT_EQ(run_program({"show", "own"}).exit_code, 2);
  auto const card = run_program(with({"show", "own"}, known));
  EXPECT_EQ(card.exit_code, 0);
  EXPECT_NE(card.out.find("log p = log(rate) - rate*x"), std::string::npos) << card.out;
  EXPECT_NE(run_program(with({"list", "models"}, known)).out.find("own"), std::string::npos);
  auto const verified = run_program(with({"verify", study, "--quiet", "--out", at("run")}, known));
  EXPECT_EQ(verified.exit_code, 0) << verified.err << verified.out;
  auto const simulated = run_program(
      with({"simulate", "own", "--theta", "rate=2", "--n", "10", "--replicates", "2000", "--quiet", "--out", at("sim")},
           known));
  EXPECT_EQ(simulated.exit_code, 0) << simulated.err;
  auto const diagnosed =
      run_program(with({"diagnose", "own", data, "--replicates", "2000", "--quiet", "--out", at("diagnosis")}, known));
  EXPECT_EQ(diagnosed.exit_code, 0) << diagnosed.err;
  EXPECT_NE(diagnosed.out.find("0.718"), std::string::npos) << "rate = 6/8.35" << diagnosed.out;
  EXPECT_NE(diagnosed.out.find("Derivatives of own: "), std::string::npos) << diagnosed.out;
  auto const ranked =
      run_program(with({"diagnose", "own,exponential", data, "--html", "--quiet", "--out", at("ranking")}, known));
  EXPECT_EQ(ranked.exit_code, 0) << ranked.err;
  EXPECT_NE(ranked.out.find("Derivatives of own: "), std::string::npos) << ranked.out;
  EXPECT_EQ(ranked.out.find("Derivatives of exponential"), std::string::npos) << "it has formulas";
  EXPECT_NE(bytes_of(folder / "ranking" / "report.html").find("derivatives of own"), std::string::npos);
  auto const calibrated =
      run_program(with({"calibrate", study, "--runs", "4", "--quiet", "--out", at("calibration")}, known));
  EXPECT_LE(calibrated.exit_code, 1) << calibrated.err;
}

/// The run holds the model, so it is read and replayed without its file; the bytes are those of a study that has it.
TEST(ModelFile, StandsInTheRecordOfTheRun) {
  auto const folder = fresh_folder();
  auto const file = file_with(folder, "own.toml", rate_law);
  auto const apart = file_with(folder, "study.toml", study_of_own(""));
  auto const whole = file_with(folder, "whole.toml", study_of_own(rate_law));
  auto const run = folder / "run", same = folder / "same";
  ASSERT_EQ(run_program({"verify", apart, "--model-file", file, "--quiet", "--out", run.string()}).exit_code, 0);
  ASSERT_EQ(run_program({"verify", whole, "--quiet", "--threads", "3", "--out", same.string()}).exit_code, 0);
  EXPECT_EQ(bytes_of(run / "findings.csv"), bytes_of(same / "findings.csv"));
  EXPECT_EQ(manifest_in(run)["fingerprint"], manifest_in(same)["fingerprint"]);
  auto const study = manifest_in(run)["study"].get<std::string>();
  EXPECT_NE(study.find("log_density"), std::string::npos);
  fs::remove(file);
  auto const replayed = run_program({"replay", run.string(), "1", "5"});
  EXPECT_EQ(replayed.exit_code, 0) << replayed.err;
  EXPECT_NE(replayed.out.find("score at theta: rate = "), std::string::npos) << replayed.out;
}

/// Two runs that were killed, of a study and of a simulation, do not go on with a file that was changed.
TEST(ModelFile, ThatWasChangedDoesNotGoOn) {
  auto const folder = fresh_folder();
  auto const file = file_with(folder, "own.toml", rate_law);
  auto study = study_of_own("");
  study.replace(study.find("65536"), 5, "30000000");
  study.replace(study.find("0.05"), 4, "0.0001");
  auto const path = file_with(folder, "study.toml", study);
  for (Words const& words :
       {Words{"verify", path}, Words{"simulate", "own", "--theta", "rate=2", "--n", "400", "--replicates", "1e8"}}) {
    auto const out = folder / words[0];
    auto const asked = with(words, {"--model-file", file, "--quiet", "--out", out.string()});
    file_with(folder, "own.toml", rate_law);
    EXPECT_EQ(run_program(asked, after_saves(out, 1, SIGKILL)).exit_code, -1);
    file_with(folder, "own.toml", std::string(rate_law) + "draw = \"-log(u1)/rate\"\n");
    auto const refused = run_program(with(asked, {"--resume"}));
    EXPECT_EQ(refused.exit_code, 2) << words[0] << refused.err;
    EXPECT_NE(refused.err.find(words[0] == "verify" ? "the study's text changed" : "the model file changed"),
              std::string::npos)
        << refused.err;
  }
}

TEST(ModelFile, IsPartOfTheShardsOfASimulation) {
  auto const folder = fresh_folder();
  auto const file = file_with(folder, "own.toml", rate_law);
  auto const at = [&](std::string const& name) { return (folder / name).string(); };
  auto const simulate = [&](Words const& more) {
    return run_program(with(
        {"simulate", "own", "--theta", "rate=2", "--n", "10", "--replicates", "20000", "--quiet", "--model-file", file},
        more));
  };
  ASSERT_EQ(simulate({"--out", at("whole")}).exit_code, 0);
  for (std::string const part : {"1", "2"})
    ASSERT_EQ(simulate({"--shard", part + "/2", "--out", at("part" + part)}).exit_code, 0);
  auto const merged = run_program({"merge", at("merged"), at("part1"), at("part2"), "--quiet"});
  EXPECT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_EQ(bytes_of(folder / "merged" / "performance.csv"), bytes_of(folder / "whole" / "performance.csv"));
}

TEST(ModelFile, OfTheExamplesIsRight) {
  for (auto const* const name : {"gompertz", "borel", "contaminated_normal"}) {
    auto const shown = run_program({"show", name, "--model-file", example_file(name)});
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_TRUE(shown.out.starts_with(std::string(name) + ": ")) << shown.out;
  }
  auto const out = (fresh_folder() / "run").string();
  auto const verified = run_program({"verify", example_file("study"), "--quiet", "--out", out});
  EXPECT_EQ(verified.exit_code, 0) << verified.err << verified.out;
}

}  // namespace
}  // namespace fisherlab::test
