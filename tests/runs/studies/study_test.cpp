#include "runs/studies/study.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/setting.hpp"

namespace fisherlab::runs {
namespace {

std::string const good_case =
    "[[case]]\n"
    "claim = \"score-mean\"\n"
    "model = \"gamma\"\n"
    "theta = {shape = 2.5, rate = 1.3}\n"
    "n = 10\n";

/// The message of a study that is refused, without the file's name.
std::string error_of(std::string const& toml) {
  try {
    runs::parse_study(toml, "study");
  } catch (InputError const& error) {
    std::string const message = error.what();
    EXPECT_TRUE(message.starts_with("'study', line ")) << message;
    return message.substr(std::string("'study', ").size());
  }
  ADD_FAILURE() << "accepted:\n" << toml;
  return {};
}

TEST(Study, HasOneQuestionForEachClaimAndThetaWithAllSizes) {
  auto const study = runs::parse_study(
      "title = \"Two claims\"\n"
      "[[case]]\n"
      "claims = [\"score-mean\", \"sample-additivity\"]\n"
      "model = \"normal_mean\"\n"
      "theta = [{mean = -4, sd = 0.5}, {sd = 3, mean = 2.5}, {mean = 0, sd = 1}]\n"
      "n = [10, 20]\n" +
          good_case,
      "study");
  EXPECT_EQ(study.title, "Two claims");
  ASSERT_EQ(study.questions.size(), 7u);
  EXPECT_EQ(study.questions[1].claim, "score-mean");
  EXPECT_EQ(claims::parameters_text(study.questions[1].sampled()->setting.model), "mean=2.5;sd=3");
  EXPECT_EQ(study.questions[3].claim, "sample-additivity");
  EXPECT_EQ(study.questions[3].sampled()->scenarios.size(), 3u);  // and single observations
  EXPECT_EQ(study.questions[6].sampled()->scenarios.at(0).n, 10);
}

TEST(Study, ReadsItsSettings) {
  auto const study = runs::parse_study(
      "seed = 9\nfamily_error = 1e-3\nreplicates = 1e5\nmax_replicates = 2_000_000\ndeadline = \"1.5h\"\n" + good_case,
      "study");
  EXPECT_EQ(study.settings.seed, 9u);
  EXPECT_EQ(study.settings.family_error, 1e-3);
  EXPECT_EQ(study.settings.first_replicates, 100'000);
  EXPECT_EQ(study.settings.max_replicates, 2'000'000);
  EXPECT_EQ(study.settings.deadline_seconds, 5400);
}

TEST(Study, ReadsMisspecifiedDataAndPlantedDefects) {
  auto const study = runs::parse_study(
      "[[case]]\nclaim = \"asymptotic-variance\"\nmodel = \"exponential\"\ntheta = {rate = 1}\nn = [20, 40, 80]\n"
      "data = {model = \"gamma\", theta = {shape = 3, rate = 3}}\nexpect = \"refuted\"\n" +
          good_case + "plant = {information = 1.02, sampler = \"scale-for-rate\"}\nexpect = \"report\"\n",
      "study");
  auto const& misread = study.questions[0];
  EXPECT_EQ(claims::model_text(misread), "exponential on gamma(shape=3;rate=3)");
  EXPECT_EQ(misread.expected, Expectation::refuted);
  auto const& planted = study.questions[1];
  EXPECT_NE(planted.sampled()->setting.note.find("information x 1.02"), std::string::npos);
  EXPECT_NE(planted.sampled()->setting.note.find("scale for rate"), std::string::npos);
  EXPECT_EQ(planted.expected, Expectation::report);
}

/// The names of what a study will measure.
std::vector<std::string> statistics_of(Study const& study) {
  std::vector<std::string> names;
  for (auto const& question : study.questions)
    for (auto const& finding : claims::findings_of(question)) names.push_back(finding.statistic);
  return names;
}

TEST(Study, NamesFindingsThatWouldReadAlikeByWhatTellsTheirCasesApart) {
  std::string const of_direction =
      "[[case]]\nclaim = \"cramer-rao-direction\"\nmodel = \"normal\"\ntheta = {mean = 2, sd = 3}\nn = 10\n";
  auto const alone = statistics_of(parse_study(of_direction + "estimator = \"sample_variance\"\n", "study"));
  auto const both = statistics_of(parse_study(of_direction + "estimator = \"sample_variance\"\n" + of_direction +
                                                  "estimator = \"best_unbiased_quantile(0.9)\"\n",
                                              "study"));
  ASSERT_EQ(both.size(), 2 * alone.size());
  EXPECT_EQ(both[0], alone[0] + " (sample_variance)");
  EXPECT_EQ(both[alone.size()], alone[0] + " (best_unbiased_quantile(0.9))");
  EXPECT_EQ(alone[0].find("sample_variance"), std::string::npos) << "one that stands alone keeps its name";

  std::string const moments =
      "[[case]]\nclaim = \"efficiency\"\nmodel = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\nn = [40, 80, 160, 320]\n"
      "estimator = \"moments\"\n";
  auto const limits =
      statistics_of(parse_study(moments + "options = {limit = 0.6324067751247402}\n" + moments, "study"));
  EXPECT_TRUE(limits.front().ends_with(" (limit = 0.6324)")) << limits.front();
  EXPECT_EQ(limits.back().find("limit = "), std::string::npos) << limits.back();
}

TEST(Study, KeepsTheCaseBehindEachQuestion) {
  auto const study = runs::parse_study(good_case + "plant = {shift = 0.05}\nexpect = \"refuted\"\n", "study");
  ASSERT_EQ(study.subjects.size(), study.questions.size());
  EXPECT_EQ(study.subjects[0].claim.card.id, study.questions[0].claim);
  auto const& the_case = study.subjects[0].the_case;
  EXPECT_EQ(the_case.setting.note, "shift 0.05");
  EXPECT_EQ(the_case.sizes, (std::vector<std::int64_t>{10}));
  EXPECT_EQ(the_case.expected, Expectation::refuted);
}

/// The good case with one line in the place of another.
std::string changed(std::string const& from, std::string const& to) {
  std::string text = good_case;
  auto const place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

TEST(Study, NamesLineAndNearestOfUnknownKeysAndNames) {
  EXPECT_EQ(error_of("sed = 3\n" + good_case), "line 1: a study has no key 'sed', did you mean 'seed'?");
  EXPECT_EQ(error_of(changed("model", "modle")), "line 3: a case has no key 'modle', did you mean 'model'?");
  EXPECT_EQ(error_of(changed("score-mean", "score-men")),
            "line 2: there is no claim 'score-men', did you mean 'score-mean'?");
  EXPECT_EQ(error_of(changed("gamma", "gama")), "line 3: there is no model 'gama', did you mean 'gamma'?");
  EXPECT_EQ(error_of(changed("shape", "shpe")), "line 4: gamma has no parameter 'shpe', did you mean 'shape'?");
  EXPECT_EQ(error_of(good_case + "expect = \"refutd\"\n"),
            "line 6: 'expect' cannot be 'refutd', did you mean 'refuted'?");
  EXPECT_EQ(error_of(good_case + "plant = {scor = 1}\n"), "line 6: 'plant' has no key 'scor', did you mean 'score'?");
  EXPECT_NE(error_of(good_case + "options = {margn = 1}\n").find("has no option 'margn'"), std::string::npos);
}

TEST(Study, MakesAGridOfListsInTheta) {
  auto const study =
      runs::parse_study(changed("{shape = 2.5, rate = 1.3}", "{shape = [1, 2.5], rate = [3, 4, 5]}"), "study");
  std::vector<std::vector<double>> thetas;
  for (auto const& subject : study.subjects) thetas.push_back(subject.the_case.setting.model.theta);
  EXPECT_EQ(thetas, (std::vector<std::vector<double>>{{1, 3}, {2.5, 3}, {1, 4}, {2.5, 4}, {1, 5}, {2.5, 5}}));
  EXPECT_NE(error_of(changed("shape = 2.5", "shape = []")).find("'shape' is an empty list"), std::string::npos);
  EXPECT_NE(error_of(changed("{shape = 2.5", "{shape = [1, -1]")).find("shape is -1"), std::string::npos);
}

TEST(Study, RefusesValuesOfTheWrongKind) {
  EXPECT_EQ(error_of(changed("n = 10", "n = \"10\"")), "line 5: 'n' is not a number, write it without quotes, as 2.5");
  EXPECT_EQ(error_of(changed("n = 10", "n = 0")), "line 5: n is 0 (too small), give at least 1");
  EXPECT_EQ(error_of(changed("n = 10", "n = [10, 10]")), "line 5: 'n' has 10 twice, give each once");
  EXPECT_EQ(error_of(changed("n = 10", "n = []")), "line 5: 'n' is an empty list, give at least one");
  EXPECT_EQ(error_of(changed("n = 10", "n = 1e12")), "line 5: n is 1e+12 (too large), give at most 10000000");
  EXPECT_EQ(error_of(changed("n = 10", "n = 2.5")), "line 5: n is 2.5 (not a whole number), give one");
  EXPECT_EQ(error_of(changed("2.5", "nan")), "line 4: 'shape' is not finite, give a finite number");
  EXPECT_EQ(error_of(changed("2.5", "true")), "line 4: 'shape' is not a number, write it without quotes, as 2.5");
  EXPECT_EQ(error_of(changed("2.5", "-1")), "line 4: gamma: shape is -1 (it must be above 0), give another value");
  EXPECT_EQ(error_of(changed("{shape = 2.5, rate = 1.3}", "3")),
            "line 4: 'theta' is not a table or a list of tables, see the study format");
  EXPECT_EQ(error_of("deadline = 10\n" + good_case), "line 1: 'deadline' is not a text, write it in quotes");
  EXPECT_EQ(error_of("family_error = 1\n" + good_case),
            "line 1: 'family_error' is a probability between 0 and 1, give one such as 1e-6");
  EXPECT_EQ(error_of("replicates = 100\nmax_replicates = 10\n" + good_case),
            "line 2: 'max_replicates' is below 'replicates' (no look could be taken), raise it");
  EXPECT_EQ(error_of(good_case + "plant = {streams = \"both\"}\n"),
            "line 6: 'streams' can be \"shared\", \"overlapping\" or \"correlated\", not \"both\"");
  EXPECT_EQ(error_of(good_case + "plant = {score = 0}\n"),
            "line 6: 'plant' plants nothing, set information, score, shift, sampler or streams");
}

TEST(Study, RefusesWhatIsMissing) {
  EXPECT_EQ(error_of(changed("claim = \"score-mean\"\n", "")),
            "line 1: a case needs one of 'claim' and 'claims', as claim = \"score-mean\"");
  EXPECT_EQ(error_of(changed("model = \"gamma\"\n", "")),
            "line 1: 'model' is missing, give one such as model = \"gamma\"");
  EXPECT_EQ(error_of(changed("n = 10\n", "")),
            "line 1: 'n' is missing, give the sample size or a list of them, as n = [20, 40]");
  EXPECT_EQ(error_of(changed(", rate = 1.3", "")), "line 4: gamma needs the parameter rate (left out), give rate=1");
  EXPECT_EQ(error_of("title = \"empty\"\n"),
            "line 1: a study needs at least one [[case]] or [[influence]], see docs/study-format.md");
}

TEST(Study, RefusesAClaimThatDoesNotFitItsCase) {
  auto const uniform =
      changed("model = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}", "model = \"uniform\"\ntheta = {upper = 3}");
  EXPECT_NE(error_of(uniform).find("needs a regular model"), std::string::npos);
  EXPECT_EQ(runs::parse_study(uniform + "expect = \"refuted\"\n", "study").questions.size(), 1u);
  EXPECT_NE(error_of(changed("score-mean", "additivity")).find("line 1: "), std::string::npos);
}

TEST(Study, ShippedOnesAreRead) {
  auto const names = runs::shipped_studies();
  EXPECT_EQ(names, (std::vector<std::string>{"calibration", "limits", "nightly", "notes", "power", "smoke"}));
  for (auto const& name : names) {
    auto const study = runs::load_study(name);
    EXPECT_FALSE(study.title.empty()) << name;
    EXPECT_GE(study.questions.size(), 6u) << name;
  }
}

}  // namespace
}  // namespace fisherlab::runs
