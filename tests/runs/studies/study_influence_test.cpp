#include "runs/studies/study_influence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/claim.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

using Names = std::vector<std::string>;

std::string const good =
    "[[influence]]\n"
    "claim = \"loss-sign\"\n"
    "problem = \"logistic\"\n"
    "data = \"iris\"\n"
    "classes = [\"versicolor\", \"virginica\"]\n"
    "l2 = 0.1\n";

/// The good case with one line in the place of another.
std::string changed(std::string const& from, std::string const& to) {
  std::string text = good;
  auto const place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

runs::Study study_of(std::string const& toml, std::string const& folder = ".") {
  return runs::parse_study(toml, "study", folder);
}

/// The message of a study that is refused, without the file's name.
std::string error_of(std::string const& toml, std::string const& folder = ".") {
  try {
    study_of(toml, folder);
  } catch (InputError const& error) {
    std::string const message = error.what();
    EXPECT_TRUE(message.starts_with("'study', line ")) << message;
    EXPECT_EQ(message.find("'study'", 1), std::string::npos) << message;  // named once
    return message.substr(std::string("'study', ").size());
  }
  ADD_FAILURE() << "accepted:\n" << toml;
  return {};
}

runs::RunResult run_of(runs::Study const& study) {
  auto settings = study.settings;
  settings.threads = 1;
  return runs::run(study.questions, settings, {});
}

TEST(StudyInfluence, HasOneQuestionForEachPenaltyAndClaim) {
  auto const study = study_of(
      "[[influence]]\nclaims = [\"loss-sign\", \"cg-objective\"]\nproblem = \"softmax\"\ndata = \"iris\"\n"
      "l2 = [0.1, 1, 0]\n" +
      good);
  ASSERT_EQ(study.questions.size(), 7u);
  Names found;
  for (auto const& question : study.questions)
    found.push_back(question.claim + " " + claims::parameters_text(question));
  EXPECT_EQ(found, (Names{"loss-sign l2=0.1", "cg-objective l2=0.1", "loss-sign l2=1", "cg-objective l2=1",
                          "loss-sign l2=0", "cg-objective l2=0", "loss-sign l2=0.1"}));
  EXPECT_EQ(claims::model_text(study.questions[0]), "softmax on iris");
  EXPECT_EQ(claims::model_text(study.questions[6]), "logistic on iris versicolor, virginica");
  EXPECT_TRUE(study.subjects.empty());
  EXPECT_TRUE(study.notes.empty());
}

TEST(StudyInfluence, StandsAfterOrdinaryCasesInOneStudy) {
  auto const study = study_of(good +
                              "[[case]]\nclaim = \"score-mean\"\nmodel = \"gamma\"\n"
                              "theta = {shape = 2.5, rate = 1.3}\nn = 10\n");
  ASSERT_EQ(study.questions.size(), 2u);
  EXPECT_EQ(study.questions[0].claim, "score-mean");
  EXPECT_EQ(study.questions[1].claim, "loss-sign");
  EXPECT_EQ(study.subjects.size(), 1u);
}

TEST(StudyInfluence, ReadsRowsExpectationAndOptions) {
  auto const study = study_of(good + "rows = 60\nexpect = \"refuted\"\noptions = {form = \"printed\"}\n");
  ASSERT_EQ(study.questions.size(), 1u);
  EXPECT_EQ(study.questions[0].expected, Expectation::refuted);
  EXPECT_EQ(findings_of(study.questions[0])[0].n, "60");
  EXPECT_EQ(findings_of(study.questions[0])[0].statistic,
            "smallest eigenvalue of the Hessian with L the log-likelihood");
  EXPECT_EQ(findings_of(study_of(good).questions[0])[0].n, "100");  // all
  auto const network = study_of(changed("\"logistic\"", "\"mlp\"") + "options = {depth = 2, width = 3}\n");
  EXPECT_EQ(claims::parameters_text(network.questions[0]), "l2=0.1;depth=2;width=3");
}

/// Least squares on four rows with inputs 2 a and b + 5, a and b orthogonal signs.
std::string orthogonal() { return file_with(fresh_folder(), "own.csv", "a,b,goal\n2,6,1\n2,4,2\n-2,6,0\n-2,4,4\n"); }

/// The smallest eigenvalue that loss-sign measures for a case on the file above.
double smallest_eigenvalue(std::string const& lines) {
  auto const folder = std::filesystem::path(orthogonal()).parent_path().string();
  auto const result = run_of(
      study_of("[[influence]]\nclaim = \"loss-sign\"\nproblem = \"linear\"\ndata = \"own.csv\"\n" + lines, folder));
  EXPECT_EQ(result.findings.size(), 1u);
  return result.findings.at(0).measurement.estimate;
}

// H of (1, a, b) with a at 2 and -2, b at 6 and 4: entries 1, 4 and the block (1, 5; 5, 26).
TEST(StudyInfluence, ScalesAndStandardisesInputs) {
  double const low = (27 - std::sqrt(27 * 27 - 4.0)) / 2;  // of the block, determinant 1
  EXPECT_NEAR(smallest_eigenvalue(""), low, 1e-12);
  double const trace = 1 + 26.0 / 4;
  EXPECT_NEAR(smallest_eigenvalue("scale = 2\n"), (trace - std::sqrt(trace * trace - 1)) / 2, 1e-12);
  EXPECT_NEAR(smallest_eigenvalue("inputs = \"standardised\"\n"), 1, 1e-12);
  EXPECT_NEAR(smallest_eigenvalue("inputs = \"standardised\"\nscale = 7\n"), 1, 1e-12);
  EXPECT_NEAR(smallest_eigenvalue("inputs = \"standardised\"\nlabel = \"a\"\n"), 1 - 5 / std::sqrt(35.0), 1e-12);
}

TEST(StudyInfluence, KeepsTheNamedClassesInTheirOrder) {
  // The predicted class changes sides with the order, and with it the sign of theta; the Hessian does not.
  auto const forth = run_of(study_of(good));
  auto const back = run_of(study_of(changed("\"versicolor\", \"virginica\"", "\"virginica\", \"versicolor\"")));
  EXPECT_NEAR(forth.findings[0].measurement.estimate, back.findings[0].measurement.estimate, 1e-10);
  EXPECT_EQ(back.findings[0].model, "logistic on iris virginica, versicolor");
}

TEST(StudyInfluence, FindsDataBesideTheStudyAndThoseThatShip) {
  auto const folder = fresh_folder();
  auto const sub = folder / "sub";
  std::filesystem::create_directories(sub);
  file_with(sub, "t.csv", "x,y\n1,0\n2,1\n3,0\n4,1\n5,1\n");
  auto const text = [](std::string const& data) {
    return "[[influence]]\nclaim = \"loss-sign\"\nproblem = \"logistic\"\ndata = \"" + data + "\"\nl2 = 1\n";
  };
  EXPECT_EQ(study_of(text("sub/t.csv"), folder.string()).questions.size(), 1u);
  EXPECT_EQ(study_of(text("t.csv"), sub.string()).questions.size(), 1u);
  EXPECT_NE(error_of(text("t.csv"), folder.string()).find("t.csv' does not exist, check the path"), std::string::npos);
  EXPECT_NE(error_of(text("t")).find("line 4: "), std::string::npos);
}

TEST(StudyInfluence, LeavesOutWhatMayBeMissingWithANote) {
  auto const missing = changed("data = \"iris\"", "data = \"none_such\"\noptional = \"run make data\"");
  auto const study = study_of(missing + good);
  EXPECT_EQ(study.questions.size(), 1u);
  EXPECT_EQ(study.notes, Names{"No none_such.csv here, so its claims are left out: run make data"});
  // Data that are there are used.
  EXPECT_TRUE(study_of(good + "optional = \"run make data\"\n").notes.empty());
  EXPECT_EQ(error_of(missing),
            "line 1: no case is left (No none_such.csv here, so its claims are left out: run make data), "
            "fetch the data or add a case");
  // A case that is left out is still read as far as it goes.
  EXPECT_EQ(error_of(good + changed("data = \"iris\"", "data = \"none_such\"\noptional = 3")),
            "line 11: 'optional' is not a text, write it in quotes");
}

TEST(StudyInfluence, RefusesUnknownKeysAndNamesWithTheNearest) {
  EXPECT_EQ(error_of(changed("problem", "problm")),
            "line 3: an influence case has no key 'problm', did you mean 'problem'?");
  EXPECT_EQ(error_of(changed("logistic", "logistc")),
            "line 3: there is no problem 'logistc', did you mean 'logistic'?");
  EXPECT_EQ(error_of(changed("loss-sign", "loss-sin")),
            "line 2: there is no claim 'loss-sin', did you mean 'loss-sign'?");
  EXPECT_EQ(error_of(changed("virginica", "rose")),
            "line 5: the data have no class 'rose', their classes are setosa, versicolor, virginica");
  EXPECT_EQ(error_of(good + "label = \"specis\"\n").find("line 4: "), 0u);
  EXPECT_NE(error_of(good + "label = \"specis\"\n").find("did you mean 'species'?"), std::string::npos);
  EXPECT_EQ(error_of(good + "expect = \"refutd\"\n"), "line 7: 'expect' cannot be 'refutd', did you mean 'refuted'?");
  EXPECT_EQ(error_of(good + "[influenc]\n"), "line 7: a study has no key 'influenc', did you mean 'influence'?");
}

TEST(StudyInfluence, RefusesClaimsOfTheWrongKind) {
  EXPECT_EQ(error_of(changed("loss-sign", "score-mean")),
            "line 1: claim score-mean is about a model, give it in [[case]]");
  EXPECT_EQ(error_of("[[case]]\nclaim = \"loss-sign\"\nmodel = \"gamma\"\ntheta = {shape = 2.5, rate = 1.3}\nn = 10\n"),
            "line 1: claim loss-sign is about a data set, give it in [[influence]]");
  EXPECT_EQ(error_of(changed("claim = \"loss-sign\"", "claims = [\"loss-sign\", \"loss-sign\"]")),
            "line 2: claim 'loss-sign' is given twice, give it once");
}

TEST(StudyInfluence, RefusesBadValues) {
  EXPECT_EQ(error_of(changed("0.1", "-0.1")), "line 6: 'l2' is a penalty, zero or above");
  EXPECT_EQ(error_of(changed("0.1", "[0.1, -1]")), "line 6: 'l2' is a penalty, zero or above");
  EXPECT_EQ(error_of(changed("0.1", "[0.1, 0.1]")), "line 6: 'l2' has 0.1 twice, give each once");
  EXPECT_EQ(error_of(changed("0.1", "\"0.1\"")), "line 6: 'l2' is not a number, write it without quotes, as 2.5");
  EXPECT_EQ(error_of(changed("0.1", "nan")), "line 6: 'l2' is not finite, give a finite number");
  EXPECT_EQ(error_of(changed("0.1", "[]")), "line 6: 'l2' is an empty list, give at least one");
  EXPECT_EQ(error_of(good + "rows = 1\n"), "line 7: rows is 1 (too small), give at least 2");
  EXPECT_EQ(error_of(good + "rows = 2.5\n"), "line 7: rows is 2.5 (not a whole number), give one");
  EXPECT_EQ(error_of(good + "rows = 101\n"), "line 1: 'rows' is 101, but the data have 100 rows, give at most as many");
  EXPECT_EQ(error_of(good + "scale = 0\n"), "line 7: 'scale' divides the inputs, give a positive number");
  EXPECT_EQ(error_of(good + "inputs = \"scaled\"\n"), "line 7: 'inputs' can only be \"standardised\"");
  EXPECT_EQ(error_of(good + "label = 3\n"), "line 7: 'label' is not a text, write it in quotes");
  EXPECT_EQ(error_of(changed("[\"versicolor\", \"virginica\"]", "[\"setosa\", \"setosa\"]")),
            "line 5: class 'setosa' is given twice, give it once");
  EXPECT_EQ(error_of(changed("classes = [\"versicolor\", \"virginica\"]\n", "")),
            "line 1: logistic regression needs two classes (the data have 3), use softmax");
  EXPECT_EQ(error_of(changed("\"iris\"", "\"nothing_here\"")).find("line 4: "), 0u);
  EXPECT_EQ(error_of(good + "options = 3\n"), "line 7: 'options' is not a table, write it as {name = value}");
  EXPECT_EQ(error_of(good + "options = {form = \"print\"}\n"),
            "line 1: option form cannot be 'print', choose one of: corrected, printed");
  EXPECT_NE(error_of(good + "options = {margin = 1}\n").find("claim loss-sign has no option 'margin'"),
            std::string::npos);
}

TEST(StudyInfluence, RefusesWhatIsMissing) {
  EXPECT_EQ(error_of(changed("claim = \"loss-sign\"\n", "")),
            "line 1: a case needs one of 'claim' and 'claims', as claim = \"score-mean\"");
  EXPECT_EQ(error_of(changed("problem = \"logistic\"\n", "")),
            "line 1: 'problem' is missing, give one such as problem = \"logistic\"");
  EXPECT_EQ(error_of(changed("data = \"iris\"\n", "")),
            "line 1: 'data' is missing, give one such as data = \"digits\"");
  EXPECT_EQ(error_of("title = \"none\"\n"),
            "line 1: a study needs at least one [[case]] or [[influence]], see docs/study-format.md");
}

}  // namespace
}  // namespace fisherlab::test
