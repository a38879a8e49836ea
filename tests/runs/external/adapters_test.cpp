#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "estimators/mle.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"
#include "runs/studies/study_estimators.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::runs {
namespace {

std::string example(std::string const& program, std::string const& file) {
  return program + " " FISHERLAB_SOURCE_DIR "/examples/external/" + file;
}

bool succeeds(std::string const& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

struct Adapter {
  std::string command;
  std::string needs;  ///< a command that succeeds where all is installed
  std::string model;
  std::vector<double> theta;
  std::int64_t n = 40;
  bool std_errors = true;
};

/// 16 samples: the estimates are ours within a fiftieth of a standard error, the standard errors within three tenths
/// (some are by the observed information).
void expect_maximum(Adapter const& adapter) {
  auto const model = sim::make_model(adapter.model, {});
  ExternalCommand command{.name = "adapter", .command = adapter.command};
  command.std_errors = adapter.std_errors;
  ExternalEstimator const theirs(command, model);
  theirs.try_out({model, adapter.theta}, adapter.n);
  auto const ours = estimators::make_mle(model);
  for (std::uint64_t replicate = 0; replicate < 16; replicate += 8) {
    sim::Sample sample(adapter.n, model->dimension());
    model->draw(adapter.theta, {1, 2, replicate}, sample);
    estimators::Estimates a, b;
    ours->estimate(sample, a);
    theirs.estimate(sample, b);
    EXPECT_EQ(a.found, b.found);
    for (int lane = 0; lane < sim::lane_count; ++lane)
      for (std::size_t k = 0; k < a.value.size(); ++k) {
        EXPECT_NEAR(b.value[k][lane], a.value[k][lane], 0.02 * a.std_error[k][lane]) << adapter.command;
        if (adapter.std_errors) {
          EXPECT_NEAR(b.std_error[k][lane] / a.std_error[k][lane], 1, 0.3) << adapter.command;
        }
      }
  }
  EXPECT_EQ(theirs.trouble().fits, 0) << theirs.trouble().first;
}

constexpr char const* normal = "model = \"normal\"\ntheta = {mean = 3, sd = 2}\n";

std::string has_package(std::string const& package) {
  return "Rscript -e 'if (!requireNamespace(\"" + package + "\", quietly = TRUE)) quit(status = 1)'";
}

#define EXPECT_MAXIMUM_WHERE_INSTALLED(...)                                                \
  do {                                                                                     \
    Adapter const adapter __VA_ARGS__;                                                     \
    if (!succeeds(adapter.needs)) GTEST_SKIP() << "not installed here: " << adapter.needs; \
    expect_maximum(adapter);                                                               \
  } while (false)

TEST(Adapters, MassFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED({example("Rscript", "mass_fitdistr.R"), has_package("MASS"), "gamma", {2.5, 1.3}});
}
TEST(Adapters, FitdistrplusFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED(
      {example("Rscript", "fitdistrplus.R"), has_package("fitdistrplus"), "lognormal", {0.5, 0.8}});
}
TEST(Adapters, SurvregFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED({example("Rscript", "survreg.R"), has_package("survival"), "weibull", {1.7, 3}});
}
TEST(Adapters, GlmFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED({example("Rscript", "glm.R"), "Rscript -e 1", "logistic_regression", {0.3, 0.8}, 100});
}
TEST(Adapters, ScipyFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED({example("/usr/bin/python3", "scipy_fit.py"),
                                  "/usr/bin/python3 -c 'import scipy.stats'",
                                  "weibull",
                                  {1.7, 3},
                                  40,
                                  false});
}
TEST(Adapters, StatsmodelsFindsTheMaximum) {
  EXPECT_MAXIMUM_WHERE_INSTALLED({example("/usr/bin/python3", "statsmodels_fit.py"),
                                  "/usr/bin/python3 -c 'import statsmodels.api'",
                                  "logistic_regression",
                                  {0.3, 0.8},
                                  100});
}

/// The control: a program that divides by n - 1 is not at the maximum.
TEST(Adapters, AreHeldToTheDivisor) {
  if (!succeeds("Rscript -e 1")) GTEST_SKIP() << "R is not installed here";
  ExternalCommand const command{.name = "adapter", .command = example("Rscript", "unbiased_variance.R")};
  auto const study = parse_study(std::string("replicates = 1024\nmax_replicates = 1024\nfamily_error = 0.001\n"
                                             "[[case]]\nclaim = \"same-estimate\"\n") +
                                     normal + "n = 40\nestimator = \"adapter\"\n" + estimator_toml(command),
                                 "adapter");
  EXPECT_EQ(run(study.questions, study.settings, {}).findings.front().verdict, Verdict::refuted);
}

}  // namespace
}  // namespace fisherlab::runs
