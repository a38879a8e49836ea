#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "runs/folder/run_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/perl.hpp"
#include "tests/support/program.hpp"
#include "tests/support/saved_state.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words measuring(Words const& more, fs::path const& out) {
  Words words{"simulate", "exponential", "--theta", "rate=0.4", "--quiet", "--out", out.string()};
  words.insert(words.end(), more.begin(), more.end());
  if (std::ranges::count(more, "--n") == 0) words.insert(words.end(), {"--n", "5,10", "--replicates", "1200"});
  return words;
}

TEST(SimulateProgram, IsMeasuredBesideTheOthersOnTheSameSamples) {
  SKIP_WITHOUT_PERL();
  auto const folder = fresh_folder();
  auto const outcome = run_program(measuring({"--estimator-command", perl_fits("right")}, folder / "run"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const rows = runs::read_run(folder / "run").performance;
  ASSERT_EQ(rows.size(), 4u);  // two sizes, mle and command
  for (std::size_t k = 0; k < 4; k += 2) {
    auto const &mle = rows[k], &command = rows[k + 1];
    EXPECT_EQ(command.estimator, "command");
    EXPECT_NEAR(command.bias.value, mle.bias.value, 1e-12);
    EXPECT_NEAR(command.model_se->value, mle.model_se->value, 1e-12);
    EXPECT_EQ(command.coverage->value, mle.coverage->value);
  }
  EXPECT_NE(bytes_of(folder / "run" / "manifest.json").find("[[estimator]]"), std::string::npos);
}

TEST(SimulateProgram, ThatIsWrongShowsInItsMeasures) {
  SKIP_WITHOUT_PERL();
  auto const folder = fresh_folder();
  auto const rows_of = [&](std::string const& way) {
    auto const words = measuring({"--estimator", "command,mle", "--estimator-command", perl_fits(way)}, folder / way);
    EXPECT_EQ(run_program(words).exit_code, 0);
    return runs::read_run(folder / way).performance;
  };
  auto const off = rows_of("se5"), inverse = rows_of("scale");
  ASSERT_EQ(off.size(), 4u);
  ASSERT_EQ(inverse.size(), 4u);
  EXPECT_NEAR(off[0].model_se->value, 1.05 * off[1].model_se->value, 1e-12);
  EXPECT_NEAR(inverse[0].bias.value, 2.5 - 0.4, 5 * inverse[0].bias.mcse);  // the mean of the data for the rate
}

TEST(SimulateProgram, HasTheCoverageOfItsOwnIntervals) {
  SKIP_WITHOUT_PERL();
  auto const folder = fresh_folder();
  auto const words = measuring({"--estimator", "command,mle", "--level", "0.9545", "--estimator-command",
                                perl_fits("ends"), "--answers", "intervals"},
                               folder / "run");
  ASSERT_EQ(run_program(words).exit_code, 0);
  auto const rows = runs::read_run(folder / "run").performance;
  ASSERT_EQ(rows.size(), 4u);
  // The same intervals as Wald's but for ends that are infinite, which hold more.
  EXPECT_GT(rows[0].coverage->value, rows[1].coverage->value);
  EXPECT_LT(rows[0].coverage->value, rows[1].coverage->value + 0.05);
}

TEST(SimulateProgram, GivesTheSameBytesInShardsAndWithOtherChildren) {
  SKIP_WITHOUT_PERL();
  auto const folder = fresh_folder();
  Words const words{"--estimator-command", perl_fits("right")};
  ASSERT_EQ(run_program(measuring(words, folder / "whole")).exit_code, 0);
  for (std::string const part : {"1", "2"}) {
    auto shard = words;
    shard.insert(shard.end(), {"--children", part, "--shard", part + "/2"});
    auto const outcome = run_program(measuring(shard, folder / part));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  auto const merged =
      run_program({"merge", (folder / "merged").string(), (folder / "1").string(), (folder / "2").string(), "--quiet"});
  ASSERT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_EQ(bytes_of(folder / "merged" / "performance.csv"), bytes_of(folder / "whole" / "performance.csv"));
}

// A signal ends the wait for an answer, too; children and threads may be others when the run goes on.
TEST(SimulateProgram, GoesOnWhereItWasCut) {
  SKIP_WITHOUT_PERL();
  auto const folder = fresh_folder();
  Words const many{"--n", "5", "--replicates", "8192"};
  auto const with = [&](std::string const& way, Words const& more, std::string const& out) {
    auto words = many;
    words.insert(words.end(), {"--estimator-command", perl_fits(way)});
    words.insert(words.end(), more.begin(), more.end());
    return measuring(words, folder / out);
  };
  ASSERT_EQ(run_program(with("right", {}, "whole")).exit_code, 0);
  cut_run(with("slow", {"--resume", "--threads", "2"}, "cut"), folder / "cut", SIGTERM);
  auto const refused = run_program(with("right", {"--resume"}, "cut"));
  EXPECT_EQ(refused.exit_code, 2) << "another program";
  EXPECT_NE(refused.err.find("program"), std::string::npos) << refused.err;
  auto const resumed = run_program(with("slow", {"--resume", "--threads", "3", "--children", "2"}, "cut"));
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_EQ(bytes_of(folder / "cut" / "performance.csv"), bytes_of(folder / "whole" / "performance.csv"));
}

TEST(SimulateProgram, ThatDoesNotAnswerIsRefusedBeforeTheRun) {
  auto const folder = fresh_folder();
  auto const refusal = [&](Words const& more) {
    auto const outcome = run_program(measuring(more, folder / "run"));
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
    EXPECT_FALSE(fs::exists(folder / "run"));
    return outcome.err;
  };
  EXPECT_NE(refusal({"--estimator-command", "false"}).find("tried on 8 samples, exited with code 1"),
            std::string::npos);
  EXPECT_NE(refusal({"--estimator-command", "false", "--answers", "estimate"}).find("--answers"), std::string::npos);
  EXPECT_NE(refusal({"--children", "2"}).find("give --estimator-command or leave them out"), std::string::npos);
  EXPECT_NE(refusal({"--estimator", "command"}).find("there is no estimator 'command'"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test
