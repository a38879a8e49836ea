#include "runs/studies/parameters.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::runs {
namespace {

std::string error_of(std::string const& model, std::string const& text) {
  try {
    runs::make_law(model, runs::parse_assignments(text, "--theta"));
  } catch (InputError const& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Parameters, ComeInAnyOrderWithTheKnownConstants) {
  auto const law = runs::make_law("ar1", runs::parse_assignments("correlation=0.5, mean = -2 ,sd=3", "--theta"));
  EXPECT_EQ(law.theta, std::vector<double>{-2});
  EXPECT_EQ(law.model->constants(), (std::vector<double>{3, 0.5}));
  EXPECT_EQ(claims::parameters_text(law), "mean=-2;sd=3;correlation=0.5");
}

TEST(Parameters, AreRefusedWithTheReason) {
  EXPECT_EQ(error_of("gamma", "shape=1,rte=2"), "gamma has no parameter 'rte', did you mean 'rate'?");
  EXPECT_EQ(error_of("gamma", "shape=1"), "gamma needs the parameter rate (left out), give rate=1");
  EXPECT_EQ(error_of("gamma", "shape=1,rate=2,shape=3"), "shape is given twice for gamma, give it once");
  EXPECT_EQ(error_of("gamma", "shape=0,rate=2"), "gamma: shape is 0 (it must be above 0), give another value");
  EXPECT_EQ(error_of("bernoulli", "p=1"), "bernoulli: p is 1 (it must be between 0 and 1), give another value");
  EXPECT_EQ(error_of("gamma", "shape=nan,rate=2"), "shape is 'nan' (not finite), give a finite number");
  EXPECT_EQ(error_of("gamma", "=1"), "--theta has '=1' (not NAME=NUMBER), write it as shape=2.5,rate=1.3");
  EXPECT_EQ(error_of("gamma", "shape="), "shape is '' (not a number), give one such as 2.5");
  EXPECT_EQ(error_of("normal_mean", "mean=0"), "normal_mean needs the known constant sd (left out), give sd=1");
  EXPECT_EQ(error_of("gama", "shape=1"), "there is no model 'gama', did you mean 'gamma'?");
}

TEST(Parameters, OfListsMakeAGrid) {
  auto const grid = parse_assignment_grid("shape=[1, 2.5],rate=[1,4]", "--theta");
  ASSERT_EQ(grid.size(), 4u);
  EXPECT_EQ(grid[1][0].value, 1);
  EXPECT_EQ(grid[1][1].name, "rate");
  EXPECT_EQ(grid[1][1].value, 4) << "the last name changes fastest";
  EXPECT_EQ(grid[2][0].value, 2.5);
  EXPECT_EQ(parse_assignment_grid("shape=2;rate=1", "--theta").size(), 1u) << "as performance.csv has it";
  EXPECT_THROW(parse_assignment_grid("shape=[1,2", "--theta"), InputError);
}

TEST(Parameters, MayNameTheModelAsOtherProgramsDo) {
  auto const name_of = [](std::string const& alias, std::string const& theta) {
    return make_law(alias, parse_assignments(theta, "--theta")).model->card().name;
  };
  EXPECT_EQ(name_of("gaussian", "mean=2,sd=3"), "normal");
  EXPECT_EQ(name_of("lnorm", "meanlog=2,sdlog=3"), "lognormal");
  EXPECT_EQ(name_of("exp", "rate=3"), "exponential");
  EXPECT_EQ(name_of("t", "location=2,scale=3,df=5"), "student_t");
  EXPECT_EQ(name_of("nbinom", "mean=2,size=3"), "negative_binomial");
  EXPECT_EQ(name_of("invgauss", "mean=2,shape=3"), "inverse_gaussian");
  EXPECT_EQ(name_of("GAUSSIAN", "mean=2,sd=3"), "normal");
  EXPECT_EQ(name_of("Normal", "mean=2,sd=3"), "normal");
  EXPECT_EQ(name_of("rgamma", "shape=2,rate=3"), "gamma");
  EXPECT_EQ(name_of("dnbinom", "mean=2,size=3"), "negative_binomial");
  EXPECT_EQ(error_of("ppp", "a=2").substr(0, 25), "there is no model 'ppp', ");
  EXPECT_EQ(error_of("gaussian", "mu=2,sigma=3"), "normal has no parameter 'mu', it is called mean here");
}

TEST(Parameters, OfAliasesAreAllInTheCatalogue) {
  for (auto const* alias :
       {"norm",      "lognorm",          "log-normal", "expon",    "weibull_min", "logis",  "gumbel_r", "invgaussian",
        "igaussian", "inverse.gaussian", "student",    "studentt", "vonmises",    "pois",   "bern",     "binom",
        "geom",      "nbinomial",        "nbreg",      "negbin",   "unif",        "mvnorm", "mvn"})
    EXPECT_NO_THROW(model_card(alias)) << alias;
}

TEST(Parameters, SoExtremeThatTheInformationIsLostAreRefused) {
  EXPECT_NE(error_of("gamma", "shape=1e300,rate=1").find("so extreme"), std::string::npos);
  EXPECT_NE(error_of("exponential", "rate=1e-200").find("so extreme"), std::string::npos);
  EXPECT_EQ(error_of("gamma", "shape=0.1,rate=1e6"), "accepted");
  EXPECT_EQ(error_of("normal", "mean=1e9,sd=1e-3"), "accepted");
  EXPECT_NE(error_of("gamma", "shape=1e-6,rate=1e6").find("it must be at least 0.04322"), std::string::npos);
  EXPECT_NE(error_of("normal", "mean=1e9,sd=1e-9").find("the spread must be at least"), std::string::npos);
}

TEST(Discreteness, IsSeenInTheSupport) {
  std::vector<std::string> discrete;
  for (auto const& card : sim::model_cards())
    if (card.constants.empty() && runs::is_discrete(*sim::make_model(card.name, {}))) discrete.push_back(card.name);
  EXPECT_EQ(discrete, (std::vector<std::string>{"poisson", "bernoulli", "geometric", "negative_binomial"}));
}

}  // namespace
}  // namespace fisherlab::runs
