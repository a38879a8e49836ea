#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

using Words = std::vector<std::string>;

/// A command with a text that its message must hold.
struct Bad {
  Words words;
  std::string said;
};

/// Exit code 2, one line on stderr that starts with the program's name, nothing on stdout, nothing written.
void expect_refused(std::vector<Bad> const& all, std::filesystem::path const& folder) {
  int ran = 0;
  for (auto const& [words, said] : all) {
    auto const out = folder / "out";
    Words given = words;
    bool const takes_out = words.front() != "list" && words.front() != "show" && words.front().front() != '-';
    bool const names_out = std::find(words.begin(), words.end(), "--out") != words.end();
    if (takes_out && !names_out) given.insert(given.end(), {"--out", out.string()});
    auto const outcome = run_program(given);
    std::string shown;
    for (auto const& word : words) shown += word + ' ';
    EXPECT_EQ(outcome.exit_code, 2) << shown << '\n' << outcome.out;
    EXPECT_EQ(outcome.out, "") << shown;
    EXPECT_TRUE(outcome.err.starts_with("fisherlab: ")) << shown << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << shown << outcome.err;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << shown << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(out)) << shown;
    ++ran;
  }
  EXPECT_EQ(ran, static_cast<int>(all.size()));
}

Words simulate_gamma(std::string const& theta, Words const& more) {
  Words words = {"simulate", "gamma", "--theta", theta};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(BadInput, OfTheCommandLineIsRefusedWithTheNearest) {
  expect_refused(
      {
          {{"verfy"}, "there is no subcommand 'verfy', did you mean 'verify'?"},
          {{"--versoin"}, "did you mean '--version'?"},
          {{"--seed=3"}, "option --seed belongs to a subcommand"},
          {{"verify", "--sed", "3"}, "there is no option --sed of verify, did you mean '--seed'?"},
          {{"calibrate", "--resume"}, "there is no option --resume"},
          {{"list", "models", "--out"}, "there is no option --out of list"},
          {{"verify", "smoke", "--out", "x", "--seed"}, "option --seed needs a value"},
          {{"list", "--what"}, "there is no option --what"},
          {{"list", "modles"}, "did you mean 'models'?"},
          {{"list", "models", "claims"}, "'claims' of list is one too many"},
          {{"show"}, "show needs the name"},
          {{"show", "gama"}, "did you mean 'gamma'?"},
          {{"verify", "smke"}, "there is no study 'smke', did you mean 'smoke'?"},
          {{"verify", "smoke", "--seed", "-1"}, "the seed is '-1'"},
          {{"verify", "smoke", "--seed", "1.5"}, "the seed is '1.5'"},
          {{"verify", "smoke", "--seed", "1", "--seed", "2"}, "--seed is given more than once"},
          {{"verify", "smoke", "--threads", "0"}, "--threads is 0 (too small)"},
          {{"verify", "smoke", "--threads", "two"}, "--threads is 'two' (not a number)"},
          {{"verify", "smoke", "--max-replicates", "0"}, "--max-replicates is 0"},
          {{"verify", "smoke", "--max-replicates", "1e30"}, "--max-replicates is 1e+30 (too large)"},
          {{"verify", "smoke", "--deadline", "30"}, "--deadline is '30' (not a duration)"},
          {{"verify", "smoke", "--deadline", "-1s"}, "--deadline is '-1s' (not above zero)"},
          {{"verify", "smoke", "--out", ""}, "--out is empty"},
          {{"verify", "smoke", "--out", "/dev/null"}, "'/dev/null' is not a folder"},
          {{"verify", "smoke", "--out", "/dev/null/x"}, "'/dev/null' is not a folder"},
      },
      fresh_folder());
}

TEST(BadInput, OfACalibrationIsRefused) {
  auto const folder = fresh_folder();
  auto const shown_only = file_with(folder, "shown.toml",
                                    "[[case]]\nclaim = \"score-mean\"\nmodel = \"exponential\"\n"
                                    "theta = {rate = 1}\nn = 5\nexpect = \"report\"\n");
  expect_refused(
      {
          {{"calibrate", "calibratoin"}, "there is no study 'calibratoin', did you mean 'calibration'?"},
          {{"calibrate", "smoke", "--runs", "0"}, "--runs is 0 (too small)"},
          {{"calibrate", "smoke", "--runs", "many"}, "--runs is 'many' (not a number)"},
          {{"calibrate", "smoke", "--rnus", "5"}, "there is no option --rnus of calibrate, did you mean '--runs'?"},
          {{"calibrate", "smoke", "--far", "nots"}, "there is no study 'nots', did you mean 'notes'?"},
          {{"calibrate", "smoke", "--far-samples", "0"}, "--far-samples is 0 (too small)"},
          {{"calibrate", "smoke", "--deadline", "5"}, "--deadline is '5' (not a duration)"},
          {{"calibrate", "smoke", "--threads", "0"}, "--threads is 0 (too small)"},
          {{"calibrate", "smoke", "--max-replicates", "9"}, "there is no option --max-replicates of calibrate"},
          {{"calibrate", "smoke", "smoke"}, "'smoke' of calibrate is one too many"},
          {{"calibrate", shown_only}, "no case of the study has an expected verdict"},
      },
      folder);
}

TEST(BadInput, OfASimulationIsRefused) {
  expect_refused(
      {
          {{"simulate"}, "simulate needs a model"},
          {{"simulate", "gama", "--theta", "shape=1", "--n", "10"}, "there is no model 'gama', did you mean 'gamma'?"},
          {{"simulate", "gamma", "--n", "10"}, "simulate needs --theta"},
          {{"simulate", "gamma", "--theta", "shape=1,rate=1"}, "simulate needs --n"},
          {simulate_gamma("shape=1,rte=1", {"--n", "10"}), "gamma has no parameter 'rte', did you mean 'rate'?"},
          {simulate_gamma("shape=1", {"--n", "10"}), "gamma needs the parameter rate"},
          {simulate_gamma("shape=1,shape=2,rate=1", {"--n", "10"}), "shape is given twice"},
          {simulate_gamma("shape", {"--n", "10"}), "'shape' (not NAME=NUMBER)"},
          {simulate_gamma("shape=-1,rate=1", {"--n", "10"}), "shape is -1 (it must be above 0)"},
          {simulate_gamma("shape=0,rate=1", {"--n", "10"}), "shape is 0 (it must be above 0)"},
          {simulate_gamma("shape=nan,rate=1", {"--n", "10"}), "shape is 'nan' (not finite)"},
          {simulate_gamma("shape=inf,rate=1", {"--n", "10"}), "shape is 'inf' (not finite)"},
          {simulate_gamma("shape=1e300,rate=1", {"--n", "10"}), "so extreme"},
          {simulate_gamma("shape=two,rate=1", {"--n", "10"}), "shape is 'two' (not a number)"},
          {{"simulate", "bernoulli", "--theta", "p=1", "--n", "10"}, "p is 1 (it must be between 0 and 1)"},
          {{"simulate", "normal_mean", "--theta", "mean=1", "--n", "10"}, "needs the known constant sd"},
          {{"simulate", "normal_mean", "--theta", "mean=1,sd=0", "--n", "10"}, "standard deviation above 0"},
          {{"simulate", "ar1", "--theta", "mean=1,sd=1,correlation=1", "--n", "9"}, "between -1 and 1"},
          {simulate_gamma("shape=1,rate=1", {"--n", "0"}), "--n is 0 (too small)"},
          {simulate_gamma("shape=1,rate=1", {"--n", "-5"}), "--n is -5 (too small)"},
          {simulate_gamma("shape=1,rate=1", {"--n", "2.5"}), "--n is 2.5 (not a whole number)"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10,10"}), "--n has 10 twice"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10,"}), "--n has an empty entry"},
          {simulate_gamma("shape=1,rate=1", {"--n", "1e12"}), "--n is 1e+12 (too large)"},
          {simulate_gamma("shape=1,rate=1", {"--n", "1e7", "--threads", "64"}), "GiB"},
          {simulate_gamma("shape=1,rate=1", {"--n", "1e6", "--replicates", "1e10"}), "days of work"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--replicates", "1"}), "--replicates is 1 (too small)"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--replicates", "1e11"}), "--replicates is 1e+11"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--level", "95"}), "the level is 95"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--estimator", "momnts"}), "did you mean 'moments'?"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--estimator", "mle,mle"}), "--estimator has mle twice"},
          {simulate_gamma("shape=1,rate=1", {"--n", "10", "--estimator", "sample_median"}), "states its median"},
      },
      fresh_folder());
}

TEST(BadInput, OfADiagnosisIsRefused) {
  auto const folder = fresh_folder();
  int files = 0;
  auto const file = [&](std::string const& bytes) {
    return file_with(folder, "data" + std::to_string(files++) + ".csv", bytes);
  };
  auto const good = file("x\n1\n2\n4\n");
  expect_refused(
      {
          {{"diagnose"}, "diagnose needs a model and a file"},
          {{"diagnose", "weibull"}, "diagnose needs a model and a file"},
          {{"diagnose", "wiebull", good}, "did you mean 'weibull'?"},
          {{"diagnose", "weibull", (folder / "none.csv").string()}, "does not exist"},
          {{"diagnose", "weibull", folder.string()}, "is a directory"},
          {{"diagnose", "weibull", file("")}, "is empty"},
          {{"diagnose", "weibull", file("x\n")}, "no data rows"},
          {{"diagnose", "weibull", file("x,y\n1,2\n3\n")}, "line 3: has 1 cell "},
          {{"diagnose", "weibull", file("x\n1\ntwo\n")}, "line 3: 'two' is not a number"},
          {{"diagnose", "weibull", file("x\n1\nnan\n")}, "line 3: 1 of 2 rows miss a value"},
          {{"diagnose", "weibull", file("x,y\n1,2\n3,4\n")}, "choose one with --column"},
          {{"diagnose", "weibull", file("hours\n1\n2\n"), "--column", "huors"}, "did you mean 'hours'?"},
          {{"diagnose", "weibull", file("x\n1\n-2\n")},
           "observation 2: -2 is outside the support (weibull needs x > 0)"},
          {{"diagnose", "weibull", file("x\n5\n5\n5\n")}, "3 times the same value 5 (the estimate does not exist"},
          {{"diagnose", "normal", file("x\n5\n5\n5\n")}, "the estimate does not exist"},
          {{"diagnose", "gamma", file("x\n5\n")}, "has one observation"},
          {{"diagnose", "poisson", file("x\n1\n2.5\n")}, "observation 2: 2.5 is no whole number"},
          {{"diagnose", "poisson", file("x\n1\n-1\n")}, "observation 2: -1 is outside the support"},
          {{"diagnose", "poisson", file("x\n0\n0\n")}, "mean is 0 (it must be above 0)"},
          {{"diagnose", "bernoulli", file("x\n1\n1\n")}, "p is 1 (it must be between 0 and 1)"},
          {{"diagnose", "bernoulli", file("x\n1\n2\n")}, "observation 2: 2 is outside the support"},
          {{"diagnose", "uniform", good}, "uniform is outside the hypotheses"},
          {{"diagnose", "normal_poisson_pair", good, "--set", "sd=1"}, "several coordinates"},
          {{"diagnose", "normal_mean", good}, "normal_mean needs the known constant sd"},
          {{"diagnose", "normal_mean", good, "--set", "sd=-1"}, "standard deviation above 0"},
          {{"diagnose", "normal_mean", good, "--set", "ds=1"}, "did you mean 'sd'?"},
          {{"diagnose", "gamma", good, "--set", "sd=1"}, "gamma has no known constants"},
          {{"diagnose", "gamma", good, "--level", "1"}, "the level is 1"},
          {{"diagnose", "gamma,wiebull", good}, "did you mean 'weibull'?"},
          {{"diagnose", "gamma", good, "--of", "maen"}, "--of: there is no function named 'maen'"},
          {{"diagnose", "gamma", good, "--of", "quantile(2)"}, "does not lie between 0 and 1"},
          {{"diagnose", "cauchy", good, "--of", "mean"}, "cauchy does not state its mean"},
          {{"diagnose", "gamma,gamma", good}, "names gamma twice"},
          {{"diagnose", "gamma,", good}, "MODEL"},
          {{"diagnose", "all", good, "--set", "sd=1"}, "--set gives the constants of one model"},
          {{"diagnose", "all", good, "--event", "x"}, "--event is for one model"},
          {{"diagnose", "gamma", good, "--replicates", "10"}, "--replicates is 10 (too small)"},
      },
      folder);
}

TEST(BadInput, OfAStudyIsRefusedWithItsLine) {
  auto const folder = fresh_folder();
  auto const study = file_with(folder, "bad.toml", "title = \"x\"\nsed = 3\n");
  auto const not_toml = file_with(folder, "not.toml", "title = \n");
  expect_refused(
      {
          {{"verify", study}, "bad.toml', line 2: a study has no key 'sed', did you mean 'seed'?"},
          {{"verify", not_toml}, "not.toml', line 1: is no TOML"},
          {{"verify", (folder / "none.toml").string()}, "does not exist"},
          {{"show", study}, "did you mean 'seed'?"},
      },
      folder);
}

}  // namespace
}  // namespace fisherlab::test
