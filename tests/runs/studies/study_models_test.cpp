#include "runs/studies/study_models.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/run.hpp"
#include "runs/simulate.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::runs {
namespace {

/// The gamma law, whose draws come by inversion; and an exponential one whose draws are 1 % too large.
std::string const written_models = R"toml(
[[model]]
name = "written_gamma"
parameters = [
  {name = "shape", domain = "positive", example = 2.5},
  {name = "rate", domain = "positive", example = 1.3},
]
support = "positive"
log_density = """shape*log(rate) - lgamma(shape)
                 + (shape - 1)*log(x) - rate*x"""
mean = "shape/rate"
variance = "shape/rate^2"
moments = [2, 1]

[[model]]
name = "stretched"
parameters = [{name = "rate", domain = "positive", example = 1}]
support = "above origin"
log_density = "log(rate) - rate*(x - origin)"
draw = "origin - stretch*log(u1)/rate"
constants = {origin = "-1/2", stretch = 1.01}
)toml";

std::string case_of(std::string const& claims, std::string const& model, std::string const& theta,
                    std::string const& more) {
  return "[[case]]\nclaims = [" + claims + "]\nmodel = \"" + model + "\"\ntheta = {" + theta + "}\n" + more + "\n";
}

RunResult run_of(std::string const& cases, std::uint64_t seed = 1) {
  auto study = parse_study(
      "replicates = 32768\nmax_replicates = 32768\nseed = " + std::to_string(seed) + "\n" + cases + written_models,
      "study");
  study.settings.performance = false;
  return run(study.questions, study.settings, {});
}

/// Every estimate within five standard errors of the difference, every verdict the same.
TEST(WrittenModel, ReproducesTheFindingsOfGamma) {
  std::string const exact = "\"score-mean\", \"information-equality\", \"density-curvature\", \"reported-std-errors\"";
  std::string const limits = "\"asymptotic-variance\", \"bias\", \"coverage\", \"wilks\", \"consistency\"";
  auto const findings_of = [&](std::string const& model) {
    auto const theta = "shape = 2.5, rate = 1.3";
    return run_of(case_of(exact, model, theta, "n = 20\nexpect = \"report\"") +
                  case_of(limits, model, theta, "n = [40, 80, 160]\nexpect = \"report\""))
        .findings;
  };
  auto const own = findings_of("written_gamma"), known = findings_of("gamma");
  ASSERT_EQ(own.size(), known.size());
  ASSERT_GT(own.size(), 15u);
  int compared = 0;
  for (std::size_t k = 0; k < own.size(); ++k) {
    auto const &a = own[k].measurement, &b = known[k].measurement;
    auto const shown = own[k].claim + ": " + a.statistic;
    EXPECT_EQ(own[k].claim, known[k].claim);
    EXPECT_EQ(a.statistic, b.statistic);
    if (!std::isfinite(a.estimate) || !std::isfinite(b.estimate)) continue;
    // Norms are no sums: near 0 their law is not normal, and their intervals tell how far they reach.
    double const reach = std::max(a.upper - a.lower, b.upper - b.lower);
    if (std::isfinite(reach)) {
      EXPECT_LE(std::fabs(a.estimate - b.estimate), reach + 1e-8) << shown;
      ++compared;
    }
  }
  EXPECT_GT(compared, 12);
}

TEST(WrittenModel, ReproducesThePerformanceOfGamma) {
  auto const catalogue = with_model_text(written_models, "models", claims::shipped());
  auto const row_of = [&](std::string const& model) {
    Simulation simulation;
    simulation.law = make_law(model, {{"shape", 2.5}, {"rate", 1.3}}, catalogue.models);
    simulation.sizes = {30};
    simulation.replicates = 50'000;
    simulation.estimators = make_estimators({"mle"}, simulation.law.model, "--estimator");
    return simulate(simulation).performance;
  };
  auto const own = row_of("written_gamma"), known = row_of("gamma");
  for (std::size_t k = 0; k < 2; ++k) {
    auto const near = [&](Estimated const& a, Estimated const& b, char const* what) {
      EXPECT_LE(std::fabs(a.value - b.value), 5 * std::hypot(a.mcse, b.mcse)) << own[k].component << ' ' << what;
      EXPECT_NEAR(a.mcse / b.mcse, 1, 0.1) << what;
    };
    near(own[k].bias, known[k].bias, "bias");
    near(own[k].emp_se, known[k].emp_se, "spread");
    near(*own[k].model_se, *known[k].model_se, "model SE");
    near(*own[k].coverage, *known[k].coverage, "coverage");
    EXPECT_EQ(own[k].failed, 0);
    EXPECT_NEAR(*own[k].bound, *known[k].bound, 1e-12);
  }
}

/// Draws that are 1 % too large pass where the law is tried out; the score has mean -0.01 in units of
/// the sd of one observation's, known to 1/sqrt(20 x 32768) = 0.0012, and the claim is refuted, whatever the seed.
TEST(WrittenModel, OfWrongDrawsIsRefuted) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    auto const wrong = run_of(case_of("\"score-mean\"", "stretched", "rate = 0.7", "n = 20"), seed).findings.at(0);
    EXPECT_EQ(wrong.verdict, Verdict::refuted) << seed;
    EXPECT_NEAR(wrong.measurement.estimate, 0.01, 0.005) << seed;
    auto const right =
        run_of(case_of("\"score-mean\"", "written_gamma", "shape = 0.7, rate = 3", "n = 20\noptions = {margin = 0.05}"),
               seed)
            .findings.at(0);
    EXPECT_EQ(right.verdict, Verdict::verified) << seed;
  }
}

TEST(WrittenModel, StatesItsMeanAndVariance) {
  auto const catalogue = with_model_text(written_models, "models", claims::shipped());
  auto const law = make_law("written_gamma", {{"shape", 2.5}, {"rate", 1.3}}, catalogue.models);
  auto const known = make_law("gamma", {{"shape", 2.5}, {"rate", 1.3}});
  for (auto const kind : {sim::Quantity::Kind::mean, sim::Quantity::Kind::variance}) {
    auto const own = law.model->offers().properties.value({kind}, law.theta);
    auto const expected = known.model->offers().properties.value({kind}, law.theta);
    ASSERT_TRUE(own && expected);
    EXPECT_DOUBLE_EQ(own->value, expected->value);
    for (std::size_t a = 0; a < 2; ++a) EXPECT_DOUBLE_EQ(own->gradient[a], expected->gradient[a]);
  }
  EXPECT_FALSE(law.model->offers().properties.value({sim::Quantity::Kind::median}, law.theta));
}

/// What the shipped gamma's card says: a rate has its k-th moment for k < n shape, a shape for n > 2k + 1.
TEST(WrittenModel, SaysWhichMomentsExistAtTheta) {
  auto written = written_models;
  written.replace(written.find("[2, 1]"), 6, "\"min((n - 1)/2, n*shape)\"");
  auto const refusal = [&](std::string const& model, std::string const& theta, int n) -> std::string {
    try {
      parse_study("replicates = 4096\n" + case_of("\"bias\"", model, theta, "n = [" + std::to_string(n) + ", 40, 80]") +
                      written,
                  "study");
      return "";
    } catch (InputError const& error) {
      return error.what();
    }
  };
  for (auto const& [theta, n] : {std::pair{"shape = 0.15, rate = 1.3", 12},
                                 {"shape = 0.15, rate = 1.3", 14},
                                 {"shape = 2.5, rate = 1.3", 5},
                                 {"shape = 2.5, rate = 1.3", 6}}) {
    bool const shipped = refusal("gamma", theta, n).find("does not exist") != std::string::npos;
    bool const ours = refusal("written_gamma", theta, n).find("does not exist") != std::string::npos;
    EXPECT_EQ(shipped, n == 12 || n == 5) << theta << ' ' << refusal("gamma", theta, n);
    EXPECT_EQ(ours, shipped) << theta << ' ' << n << ' ' << refusal("written_gamma", theta, n);
  }
  written.replace(written.find("n*shape)"), 8, "m*shape)");
  EXPECT_NE(refusal("written_gamma", "shape = 2.5, rate = 1.3", 20).find("moments has the unknown name 'm'"),
            std::string::npos)
      << refusal("written_gamma", "shape = 2.5, rate = 1.3", 20);
}

TEST(WrittenModel, SaysFileAndLineOfWhatIsWrong) {
  auto const said = [](std::string const& text) {
    try {
      with_model_text(text, "my.toml", claims::shipped());
    } catch (InputError const& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  auto text = written_models;
  text.replace(text.find("lgamma(shape)"), 13, "lgamma(shpae)");
  EXPECT_EQ(said(text),
            "'my.toml', line 9: log_density has the unknown name 'shpae', did you mean 'shape'?\n"
            "  shape*log(rate) - lgamma(shpae)                  + (shape - …\n"
            "                           ^");
  text = written_models;
  text.replace(text.find("u1"), 2, "u2");
  EXPECT_EQ(said(text), "nothing") << "u1 is then drawn, and not used";
  text.replace(text.find("u2"), 2, "z1");
  EXPECT_NE(said(text).find("my.toml', line 19: stretched: its draw gives "), std::string::npos) << said(text);
}

}  // namespace
}  // namespace fisherlab::runs
