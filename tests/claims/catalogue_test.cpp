#include "claims/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;
using test::refusal;

void expect_says(std::string const& message, std::string const& part) {
  EXPECT_NE(message.find(part), std::string::npos) << "said: '" << message << "', not: '" << part << "'";
}

TEST(ClaimsCatalogue, NamesEachClaimOnceAndTellsItInFull) {
  std::set<std::string> ids;
  for (auto const& claim : shipped_claims().all()) {
    auto const& card = claim.card;
    EXPECT_TRUE(ids.insert(card.id).second) << card.id;
    EXPECT_EQ(find_claim(card.id), &claim);
    EXPECT_TRUE(std::ranges::all_of(card.id, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; })) << card.id;
    for (auto const* text : {&card.statement, &card.title, &card.formula, &card.evidence, &card.null_law, &card.margin,
                             &card.control, &card.source})
      EXPECT_FALSE(text->empty()) << card.id;
    std::set<std::string> names;
    for (auto const& option : card.options) {
      EXPECT_TRUE(names.insert(option.name).second) << card.id << " " << option.name;
      EXPECT_FALSE(option.meaning.empty()) << card.id << " " << option.name;
      bool const is_choice = option.choices.empty() || option.fallback.empty() ||
                             std::ranges::find(option.choices, option.fallback) != option.choices.end();
      EXPECT_TRUE(is_choice) << card.id << " " << option.name;
    }
  }
  EXPECT_EQ(ids.size(), 82u);
  EXPECT_EQ(find_claim("no-such-claim"), nullptr);
}

TEST(ClaimsCatalogue, IsAValueThatTakesOneMoreClaim) {
  auto mine = *find_claim("score-mean");
  EXPECT_THROW(shipped_claims().with(mine), InputError);  // the id is taken
  mine.card.id = "my-claim";
  auto const claims = shipped_claims().with(mine);
  EXPECT_EQ(claims.all().size(), shipped_claims().all().size() + 1);
  EXPECT_EQ(claims.find("my-claim"), &claims.all().back());
  EXPECT_EQ(find_claim("my-claim"), nullptr);
}

TEST(Ask, CopiesWhatTheFindingsNeed) {
  auto const question =
      test::question_of({.claim = "score-mean", .model = law("gamma", {2.5, 1.3}), .sizes = {5, 10}}, {});
  EXPECT_EQ(question.claim, "score-mean");
  EXPECT_EQ(question.statement, find_claim("score-mean")->card.statement);
  auto const* const sampled = question.sampled();
  ASSERT_NE(sampled, nullptr);
  EXPECT_EQ(sampled->scenarios.size(), 2u);
  EXPECT_EQ(sampled->probes.size(), 2u);
  EXPECT_EQ(sampled->findings.size(), 2u);
  EXPECT_EQ(findings_of(question)[1].n, "10");
}

TEST(Ask, RefusesAModelOutsideTheHypotheses) {
  test::Trial const trial{.claim = "score-mean", .model = law("uniform", {3}), .sizes = {10}};
  auto const message = refusal(trial);
  expect_says(message, "needs a regular model");
  expect_says(message, "the support depends on theta");
  expect_says(message, "declare it as a control with expect = \"refuted\"");
  EXPECT_EQ(refusal(trial, Expectation::refuted), "");
  EXPECT_EQ(refusal(trial, Expectation::report), "");
  EXPECT_EQ(refusal({.claim = "replicate-independence", .model = law("uniform", {3}), .sizes = {10}}), "");
}

TEST(Ask, RefusesWhatItDoesNotUnderstand) {
  auto const gamma = law("gamma", {2.5, 1.3});
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {10}, .options = {{"margn", "0.1"}}}),
              "claim score-mean has no option 'margn', its options are: margin");
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {10}, .options = {{"margin", "small"}}}),
              "option margin needs a number, not 'small'");
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {}}), "at least one sample size");
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {10, 0}}), "a sample size n is at least 1");
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {-3}}), "a sample size n is at least 1");
}

TEST(Ask, RefusesParametersOutsideTheSpace) {
  expect_says(refusal({.claim = "score-mean", .model = law("gamma", {2.5, -1.3}), .sizes = {10}}),
              "parameters shape=2.5;rate=-1.3 are outside the space of gamma");
  expect_says(refusal({.claim = "score-mean", .model = law("bernoulli", {1.5}), .sizes = {10}}), "outside the space");
  auto const gamma = law("gamma", {2.5, 1.3});
  expect_says(refusal({.claim = "score-mean", .model = {gamma.model, {2.5}}, .sizes = {10}}),
              "one number for each parameter of gamma");
  expect_says(
      refusal({.claim = "score-mean", .model = law("exponential", {1}), .sizes = {10}, .data = law("gamma", {3, -1})}),
      "of the data are outside the space of gamma");
  expect_says(refusal({.claim = "score-mean",
                       .model = law("exponential", {1}),
                       .sizes = {10},
                       .data = law("correlated_pair", {0, 1, 0.5})}),
              "another number of coordinates");
}

TEST(Ask, RefusesALimitMarginThatIsNoDistance) {
  test::Trial trial{.claim = "bias", .model = law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160}};
  EXPECT_EQ(refusal(trial), "");
  for (std::string const claim : {"bias", "consistency", "efficiency", "asymptotic-variance", "sandwich"}) {
    trial.claim = claim;
    trial.options = {{"limit-margin", "-0.01"}};
    expect_says(refusal(trial), "limit-margin is below 0");
    trial.options = {{"limit-margin", "wide"}};
    expect_says(refusal(trial), "option limit-margin needs a number");
  }
}

TEST(Ask, RefusesABiasedEstimatorUnderTheBound) {
  test::Trial trial{.claim = "cramer-rao", .model = law("normal_mean", {0.05, 1}), .sizes = {10}};
  for (std::string const claim : {"cramer-rao", "cramer-rao-trace"}) {
    trial.claim = claim;
    trial.estimator = "";
    expect_says(refusal(trial), "name one as estimator = ");
    trial.estimator = "shrunk_mean";
    expect_says(refusal(trial), "estimator shrunk_mean is biased");
    EXPECT_EQ(refusal(trial, Expectation::refuted), "");
    trial.estimator = "moments";
    expect_says(refusal(trial, Expectation::refuted), "moments needs");
    trial.estimator = "average";
    expect_says(refusal(trial), "there is no estimator named 'average'");
  }
}

TEST(Ask, RefusesAMapThatIsFlatAtTheta) {
  test::Trial trial{.claim = "reparameterization", .model = law("normal_mean", {0, 2}), .sizes = {10}};
  for (std::string const map : {"square", "cube"}) {
    trial.options = {{"map", map}};
    for (auto const expected : {Expectation::verified, Expectation::refuted, Expectation::report}) {
      auto const message = refusal(trial, expected);
      expect_says(message, "the map " + map + " has f'(theta) = 0 here");
      expect_says(message, "I/f'^2 is infinite");
      expect_says(message, "choose a theta with f'(theta) != 0");
    }
  }
  trial.model = law("normal_mean", {-0.5, 2});
  EXPECT_EQ(refusal(trial), "");
  trial.options = {{"map", "log"}};
  expect_says(refusal(trial), "needs a parameter above 0");
  trial.options = {{"map", "logit"}};
  expect_says(refusal(trial), "between 0 and 1");
  trial.options = {{"map", "cosine"}};
  expect_says(refusal(trial), "option map cannot be 'cosine'");
}

TEST(Ask, RefusesModelsThatAClaimCannotUse) {
  auto const gamma = law("gamma", {2.5, 1.3});
  expect_says(refusal({.claim = "reparameterization", .model = gamma, .sizes = {10}}), "a model of one parameter");
  expect_says(refusal({.claim = "square-root-example", .model = law("poisson", {3}), .sizes = {10}}),
              "is about normal_mean");
  expect_says(refusal({.claim = "square-root-example", .model = law("normal_mean", {-3, 1}), .sizes = {10}}),
              "a mean above 0");
  expect_says(refusal({.claim = "additivity", .model = gamma, .sizes = {10}}), "whose name ends in _pair");
  expect_says(refusal({.claim = "replicate-independence", .model = law("poisson", {3}), .sizes = {10}}),
              "choose a continuous model");
  expect_says(refusal({.claim = "replicate-independence", .model = gamma, .sizes = {10, 3}}), "an n of at least 4");
}

TEST(Ask, RefusesEstimatorsThatAClaimCannotUse) {
  auto const gamma = law("gamma", {2.5, 1.3});
  expect_says(refusal({.claim = "attainment", .model = gamma, .sizes = {10}, .estimator = "mle"}),
              "an estimator of one number");
  expect_says(refusal({.claim = "coverage", .model = gamma, .sizes = {10}, .estimator = "moments"}), "has no interval");
  expect_says(refusal({.claim = "score-mean", .model = gamma, .sizes = {10}, .estimator = "moments"}),
              "takes no estimator");
  expect_says(refusal({.claim = "directional-variance", .model = gamma, .sizes = {10}, .estimator = "sample_mean"}),
              "takes no estimator");
  expect_says(refusal({.claim = "efficiency", .model = gamma, .sizes = {10}, .options = {{"component", "scale"}}}),
              "choose one of: shape, rate");
  expect_says(refusal({.claim = "efficiency", .model = gamma, .sizes = {10}, .options = {{"limit", "0"}}}),
              "is above 0");
  expect_says(refusal({.claim = "conditional-variance",
                       .model = law("cauchy", {0, 1}),
                       .sizes = {20},
                       .estimator = "sample_median"}),
              "an estimate of location and scale");
}

TEST(Ask, RefusesACoverageThatIsNotDefined) {
  test::Trial trial{.claim = "coverage", .model = law("gamma", {2.5, 1.3}), .sizes = {10}};
  trial.options = {{"against", "exact"}};
  expect_says(refusal(trial), "set against = \"nominal\"");
  trial.options = {{"component", "scale"}};
  expect_says(refusal(trial), "name a parameter of gamma or all");
  trial.options = {{"interval", "bayes"}};
  expect_says(refusal(trial), "choose one of: wald, wald-observed, score, likelihood-ratio");
  trial.options = {{"level", "95"}};
  expect_says(refusal(trial), "lies between 0 and 1");
  trial.options = {};
  trial.sizes = {10, 20};
  expect_says(refusal(trial), "at least three sample sizes");
}

}  // namespace
}  // namespace fisherlab::claims
