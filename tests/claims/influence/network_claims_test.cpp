#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/catalogue.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/run.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::claims {
namespace {

std::vector<std::string> const ids = {"influence-depth", "influence-weight-decay", "influence-test-point"};

DataCase small_case(Expectation expected = Expectation::report) {
  DataCase the_case;
  the_case.name = "iris";
  the_case.data = std::make_shared<estimators::influence::Data const>(test::standardised_iris());
  the_case.problem = "mlp";
  the_case.l2 = 0.016;
  the_case.expected = expected;
  the_case.options = {
      {"splits", "3"}, {"depths", "1, 2"}, {"penalties", "0.016,0.05"}, {"points", "8"}, {"width", "3"}};
  return the_case;
}

/// All three claims put together on a case.
std::vector<Question> together(DataCase the_case) {
  the_case.together = std::make_shared<Together>(Together{ids, nullptr});
  std::vector<Question> questions;
  for (auto const& id : ids) questions.push_back(ask(*find_claim(id), the_case));
  return questions;
}

runs::RunResult answered(DataCase const& the_case, int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 5;
  settings.threads = threads;
  return run(together(the_case), settings, {});
}

TEST(NetworkClaims, ShowTheirFindingsAndDecideNoExitCode) {
  auto const result = answered(small_case());
  ASSERT_EQ(result.findings.size(), 9U);
  EXPECT_TRUE(result.notes.empty());
  for (auto const& finding : result.findings) {
    EXPECT_EQ(finding.outcome, Outcome::report) << finding.measurement.statistic;
    EXPECT_EQ(finding.measurement.dropped, 0);
    EXPECT_EQ(finding.n, "99");
  }
  auto const& floor = result.findings[1].measurement;
  EXPECT_LT(floor.estimate, 1e-8);
  EXPECT_EQ(floor.replicates, 3 * 2 * 2 * 4);  // networks x (nothing removed and three rows)
  EXPECT_EQ(result.convergence.size(), 2U + 4U);
  EXPECT_EQ(result.influence.size(), 2U * 8U);
  for (auto const& row : result.convergence) EXPECT_LT(row.discrepancy, 0.3) << row.statistic << row.n;
}

TEST(NetworkClaims, TrainOnePenaltyWhereNoneAreCompared) {
  auto const alone = ask(*find_claim(ids[2]), small_case());
  EXPECT_EQ(alone.experiment()->pieces->count, 3 * 2);
  EXPECT_EQ(together(small_case())[2].experiment()->pieces->count, 3 * 2 * 2);
  runs::RunSettings settings;
  settings.seed = 5;
  settings.threads = 1;
  EXPECT_EQ(runs::run({alone}, settings, {}).findings[0].measurement.estimate,
            answered(small_case()).findings[7].measurement.estimate);
}

TEST(NetworkClaims, GiveTheLevelsOfHolm) {
  auto const result = answered(small_case());
  // Three splits have eight sign patterns, so no p-value is below 1/4: the first step stops.
  for (std::size_t const k : {0U, 4U, 7U}) {
    EXPECT_DOUBLE_EQ(result.findings[k].level, 1 - 0.05 / 3);
    EXPECT_EQ(result.findings[k].verdict, Verdict::inconclusive);
  }
}

TEST(NetworkClaims, AreTheSameForAnyNumberOfThreads) {
  auto const one = answered(small_case(), 1);
  auto const two = answered(small_case(), 2);
  ASSERT_EQ(one.findings.size(), two.findings.size());
  for (std::size_t k = 0; k < one.findings.size(); ++k)
    EXPECT_EQ(one.findings[k].measurement.estimate, two.findings[k].measurement.estimate);
}

/// Where networks are trained one by one, some by another process, and given as numbers.
TEST(NetworkClaims, AreTheSameFromNetworksThatWereTrainedElsewhere) {
  auto const whole = together(small_case()), apart = together(small_case());
  auto const& pieces = *whole[0].experiment()->pieces;
  ASSERT_EQ(pieces.count, 3 * 2 * 2);
  EXPECT_EQ(whole[2].experiment()->pieces.get(), &pieces) << "shared";
  std::map<int, Piece> done;
  auto const work = pieces.begin(5);
  for (int k = 0; k < pieces.count; ++k) {
    done[k] = work(k);
    EXPECT_NO_THROW(pieces.check(done[k]));
  }
  done.erase(4);  // which is trained by who lacks it
  ExperimentRun run{5, 1, 0.01, {}, {}};
  for (std::size_t k = 0; k < whole.size(); ++k) {
    run.done = nullptr;
    auto const one = whole[k].experiment()->carry_out(run);
    run.done = &done;
    auto const two = apart[k].experiment()->carry_out(run);
    ASSERT_EQ(one.measurements.size(), two.measurements.size());
    for (std::size_t m = 0; m < one.measurements.size(); ++m) {
      EXPECT_EQ(one.measurements[m].estimate, two.measurements[m].estimate);
      EXPECT_EQ(one.measurements[m].lower, two.measurements[m].lower);
    }
    EXPECT_EQ(table_csv(one.influence).bytes, table_csv(two.influence).bytes);
    EXPECT_EQ(table_csv(one.convergence).bytes, table_csv(two.convergence).bytes);
  }
}

TEST(NetworkClaims, RefuseNumbersThatNoNetworkCameTo) {
  auto const pieces = together(small_case())[0].experiment()->pieces;
  auto const good = pieces->begin(5)(1);
  auto const refuses = [&](auto const& spoil) {
    auto bad = good;
    spoil(bad.numbers);
    EXPECT_THROW(pieces->check(bad), InputError);
  };
  using Numbers = std::vector<double>;
  refuses([](Numbers& numbers) { numbers.clear(); });
  refuses([](Numbers& numbers) { numbers.pop_back(); });
  refuses([](Numbers& numbers) { numbers.push_back(0); });
  refuses([](Numbers& numbers) { numbers[0] = 0.5; });
  refuses([](Numbers& numbers) { numbers[1] = 51; });   // the worst of 51 test points
  refuses([](Numbers& numbers) { numbers[6] = 1e9; });  // rows removed
  refuses([](Numbers& numbers) { numbers[7] = -1; });   // rows tested
  refuses([](Numbers& numbers) { numbers[7] = NAN; });
}

TEST(NetworkClaims, AskedAgainWithAnotherSeedTrainOtherNetworks) {
  auto const questions = together(small_case());
  runs::RunSettings settings;
  settings.threads = 1;
  auto const slope = [&](std::vector<Question> const& asked, std::uint64_t seed) {
    settings.seed = seed;
    return run(asked, settings, {}).findings[0].measurement.estimate;
  };
  auto const five = slope(questions, 5), six = slope(questions, 6);
  EXPECT_NE(five, six);
  EXPECT_EQ(six, slope(together(small_case()), 6));
}

TEST(NetworkClaims, RefuteShuffledEffectsThatAreClaimedToCorrelate) {
  auto the_case = small_case(Expectation::refuted);
  the_case.options["plant"] = "shuffled";
  auto const result = answered(the_case);
  ASSERT_EQ(result.findings.size(), 3U);
  for (auto const& finding : result.findings) {
    EXPECT_EQ(finding.verdict, Verdict::refuted) << finding.claim;
    EXPECT_EQ(finding.outcome, Outcome::pass);
  }
}

TEST(NetworkClaims, RefuseAnExpectationAndCasesThatDoNotFit) {
  EXPECT_THROW(together(small_case(Expectation::verified)), InputError);
  EXPECT_THROW(together(small_case(Expectation::refuted)), InputError);  // without a plant
  auto const refuses = [](std::string const& option, std::string const& value) {
    auto the_case = small_case();
    the_case.options[option] = value;
    EXPECT_THROW(together(the_case), InputError) << option << " = " << value;
  };
  refuses("depths", "2");
  refuses("depths", "1,,2");
  refuses("depths", "1.5,2");
  refuses("penalties", "0.016");
  refuses("penalties", "-1,2");
  refuses("points", "7");
  refuses("splits", "1");
  refuses("family-error", "1");
  auto logistic = small_case();
  logistic.problem = "softmax";
  EXPECT_THROW(together(logistic), InputError);
  auto rows = small_case();
  rows.rows = 50;
  EXPECT_THROW(together(rows), InputError);
  auto free = small_case();
  free.l2 = 0;
  EXPECT_THROW(together(free), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
