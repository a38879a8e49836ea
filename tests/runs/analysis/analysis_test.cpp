#include "runs/analysis/analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/number.hpp"
#include "findings/fields.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

std::string reference_data(char const* name) { return (fs::path(FISHERLAB_TEST_DATA_DIR) / name).string(); }

/// Rows of a reference table by the name of their columns.
std::vector<std::map<std::string, std::string>> reference_rows() {
  auto const bytes = test::bytes_of(fs::path(reference_data("analysis_reference.csv")));
  auto lines = parse_csv(bytes, "analysis_reference.csv");
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t k = 1; k < lines.size(); ++k)
    for (std::size_t j = 0; j < lines[0].cells.size(); ++j) {
      if (j == 0) rows.emplace_back();
      rows.back()[lines[0].cells[j]] = lines[k].cells[j];
    }
  return rows;
}

EstimateColumns const long_form{
    .truth = "0.5", .estimates = {"b"}, .std_errors = {"se"}, .lower = {"lo"}, .upper = {"hi"}, .by = {"n", "method"}};

AnalysisSettings normal_errors() {
  AnalysisSettings settings;
  settings.errors = ErrorsBy::normal;
  return settings;
}

std::string estimates_with(std::string const& bytes) {
  auto const path = test::fresh_folder() / "estimates.csv";
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

/// All numbers of a row by name; one that is not defined is left out.
std::map<std::string, double> numbers_of(PerformanceRow const& row) {
  std::map<std::string, double> numbers;
  auto const put = [&](std::string_view name, Estimated const& x) {
    if (std::isnan(x.value)) return;
    numbers[std::string(name)] = x.value;
    numbers[mcse_name(name)] = x.mcse;
  };
  for_each_field(row, [&](std::string_view name, std::string_view, auto const& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, Estimated>) put(name, value);
    if constexpr (std::is_same_v<Value, std::optional<Estimated>>)
      if (value) put(name, *value);
  });
  return numbers;
}

TEST(Analysis, AgreesWithAnIndependentProgram) {
  auto const estimates = read_estimates(reference_data("analysis_estimates.csv"), long_form, {}, 0.95);
  auto const rows = analyse(estimates, normal_errors()).performance;
  auto const reference = reference_rows();
  ASSERT_EQ(rows.size(), reference.size());
  int compared = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    auto expected = reference[k];
    EXPECT_EQ(rows[k].estimator, expected["method"]);
    EXPECT_EQ(rows[k].n, std::stoll(expected["n"]));
    EXPECT_EQ(rows[k].replicates, std::stoll(expected["replicates"]));
    EXPECT_EQ(rows[k].failed, std::stoll(expected["failed"]));
    for (auto const& [name, value] : numbers_of(rows[k])) {
      double const other = std::stod(expected.at(name));
      EXPECT_NEAR(value, other, 1e-10 * std::max(1e-3, std::fabs(other))) << name << " of row " << k;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 4 * 24 + 2 * 2) << "all measures with their errors, the relative precision of the second method";
}

TEST(Analysis, FormsErrorsByTheJackknifeUnlessTold) {
  auto const estimates = read_estimates(reference_data("analysis_estimates.csv"), long_form, {}, 0.95);
  auto const rows = analyse(estimates, {}).performance;
  auto reference = reference_rows();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    // The jackknife in full against its expansion to second order, which is off by 1.4 % at 150 replicates.
    EXPECT_NEAR(rows[k].emp_se.mcse / std::stod(reference[k]["emp_se_jackknife"]), 1, 0.02) << k;
    EXPECT_NEAR(rows[k].relative_se_error->mcse / std::stod(reference[k]["relative_se_error_jackknife"]), 1, 0.02) << k;
    EXPECT_GT(std::fabs(rows[k].emp_se.mcse / std::stod(reference[k]["emp_se_mcse"]) - 1), 0.02) << "another formula";
  }
}

TEST(Analysis, MakesTheSameIntervalsOfDegreesOfFreedom) {
  auto columns = long_form;
  auto const given = analyse(read_estimates(reference_data("analysis_estimates.csv"), columns, {}, 0.95), {});
  columns.lower = columns.upper = {};
  columns.degrees = {"df"};
  auto const made = analyse(read_estimates(reference_data("analysis_estimates.csv"), columns, {}, 0.95), {});
  columns.degrees = {};
  auto const normal = analyse(read_estimates(reference_data("analysis_estimates.csv"), columns, {}, 0.95), {});
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(made.performance[k].width->value, given.performance[k].width->value, 1e-10);
    EXPECT_EQ(made.performance[k].coverage->value, given.performance[k].coverage->value);
    EXPECT_LT(normal.performance[k].width->value, given.performance[k].width->value * 0.99);
  }
}

TEST(Analysis, ReadsTheWideFormAsTheLongOne) {
  std::string const wide =
      "beta,r,a,sa,b,sb\n1,1,1.25,0.5,0.75,0.5\n1,2,0.5,0.25,,0.25\n1,3,1.5,0.5,1,0.25\n1,4,0.75,0.5,1.25,0.5\n"
      "2,1,2.5,1,2,1\n2,2,1.75,1,1.5,1\n2,3,2,1,2.25,1\n";
  std::string const tall =
      "beta,r,m,x,s\n1,1,a,1.25,0.5\n1,2,a,0.5,0.25\n1,3,a,1.5,0.5\n1,4,a,0.75,0.5\n1,1,b,0.75,0.5\n1,2,b,NA,0.25\n"
      "1,3,b,1,0.25\n1,4,b,1.25,0.5\n2,1,a,2.5,1\n2,2,a,1.75,1\n2,3,a,2,1\n2,1,b,2,1\n2,2,b,1.5,1\n2,3,b,2.25,1\n";
  auto const first = analyse(
      read_estimates(estimates_with(wide),
                     {.truth = "beta", .estimates = {"a", "b"}, .std_errors = {"sa", "sb"}, .by = {"beta"}}, {}, 0.95),
      {});
  auto const second = analyse(
      read_estimates(
          estimates_with(tall),
          {.truth = "beta", .estimates = {"x"}, .std_errors = {"s"}, .by = {"beta"}, .method = "m", .replicate = "r"},
          {}, 0.95),
      {});
  ASSERT_EQ(first.performance.size(), 4u);
  ASSERT_EQ(second.performance.size(), 4u);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(first.performance[k].estimator, second.performance[k].estimator);
    EXPECT_EQ(first.performance[k].parameters, second.performance[k].parameters);
    EXPECT_EQ(numbers_of(first.performance[k]), numbers_of(second.performance[k])) << k;
  }
  EXPECT_EQ(first.performance[1].failed, 1);
  // By hand: errors 0.25, -0.5, 0.5, -0.25, so mean 0, mean square 0.625/4, variance 0.625/3.
  EXPECT_EQ(first.performance[0].bias.value, 0);
  EXPECT_NEAR(first.performance[0].mse.value, 0.625 / 4, 1e-15);
  EXPECT_NEAR(first.performance[0].emp_se.value, std::sqrt(0.625 / 3), 1e-15);
  EXPECT_NEAR(first.performance[0].model_se->value, std::sqrt(0.8125 / 4), 1e-15);
  // Pairs without replicate 2: variances of (0.25, 0.5, -0.25) and (-0.25, 0, 0.25).
  EXPECT_NEAR(first.performance[1].relative_precision->value, (0.875 / 6) / 0.0625 - 1, 1e-12);
}

/// `count` estimates N(bias, 1) that report the standard error `se`.
std::string normal_estimates(int count, double bias, double se, unsigned seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  std::string bytes = "b,se\n";
  for (int k = 0; k < count; ++k) bytes += exact_text(bias + normal(engine)) + ',' + exact_text(se) + '\n';
  return bytes;
}

std::vector<Verdict> verdicts_of(std::string const& bytes) {
  AnalysisSettings settings;
  settings.margins = {.bias = 0.1, .bias_is_relative = false, .coverage = 0.01, .std_error = 0.04};
  settings.expected = Expectation::verified;
  auto const estimates =
      read_estimates(estimates_with(bytes), {.truth = "0", .estimates = {"b"}, .std_errors = {"se"}}, {}, 0.95);
  std::vector<Verdict> verdicts;
  for (auto const& finding : analyse(estimates, settings).findings) verdicts.push_back(finding.verdict);
  return verdicts;
}

TEST(Analysis, JudgesWhatItMeasures) {
  using enum Verdict;
  using Verdicts = std::vector<Verdict>;
  // A wrong verdict has chance 0.01 a file.
  EXPECT_EQ(verdicts_of(normal_estimates(20'000, 0, 1, 1)), (Verdicts{verified, verified, verified}));
  EXPECT_EQ(verdicts_of(normal_estimates(20'000, 0.2, 1, 2))[0], refuted);
  // At 0.8 of the spread an interval covers with P(|Z| < 1.568) = 0.883.
  EXPECT_EQ(verdicts_of(normal_estimates(20'000, 0, 0.8, 3)), (Verdicts{verified, refuted, refuted}));
  EXPECT_EQ(verdicts_of(normal_estimates(100, 0, 1, 4)), (Verdicts{inconclusive, inconclusive, inconclusive}));
}

TEST(Analysis, JudgesNoMeansOfAHandful) {
  // Thirty are judged: a bias of 100 spreads is seen. Fewer are not, whatever they say.
  EXPECT_EQ(verdicts_of(normal_estimates(30, 100, 1, 5))[0], Verdict::refuted);
  auto const verdicts = verdicts_of(normal_estimates(29, 100, 1, 5));
  EXPECT_EQ(verdicts[0], Verdict::inconclusive);
  EXPECT_EQ(verdicts[2], Verdict::inconclusive);
  auto const two = analyse(read_estimates(estimates_with("b,se\n1,1\n2,1.5\n"),
                                          {.truth = "0", .estimates = {"b"}, .std_errors = {"se"}}, {}, 0.95),
                           {});
  EXPECT_TRUE(std::isnan(two.performance.at(0).emp_se.mcse)) << "two values, each left out, leave no spread";
}

TEST(Analysis, LeavesOpenWhatFailuresMayHide) {
  auto bytes = normal_estimates(20'000, 0, 1, 1);
  for (int k = 0; k < 400; ++k) bytes += "NA,NA\n";
  for (auto const verdict : verdicts_of(bytes)) EXPECT_EQ(verdict, Verdict::inconclusive);
  auto const nothing = verdicts_of("b,se\nNA,1\nNA,1\n");
  EXPECT_EQ(nothing, (std::vector{Verdict::inconclusive, Verdict::inconclusive, Verdict::inconclusive}));
}

std::string refusal_of_estimates(std::string const& bytes, EstimateColumns const& columns) {
  try {
    read_estimates(estimates_with(bytes), columns, {}, 0.95);
  } catch (InputError const& error) {
    return error.what();
  }
  return "no error";
}

TEST(Analysis, RefusesWhatItCannotRead) {
  EstimateColumns const plain{.truth = "0", .estimates = {"b"}, .std_errors = {"se"}};
  auto const says = [](std::string const& message, std::string const& words) {
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  says(refusal_of_estimates("b,se\n1,1\n2,-1\n", plain), "line 3: the standard error is negative");
  says(refusal_of_estimates("b,se\n1e300,1\n2e300,1\n", plain), "column b holds nothing larger than 2e+300");
  says(refusal_of_estimates("b,se\n1e-300,1\n2e-300,1\n", plain), "give them in other units");
  says(refusal_of_estimates("b,se\n1,1\ntwo,1\n", plain), "line 3: 'two' is not a number");
  says(refusal_of_estimates("b,s\n1,1\n2,1\n", plain), "has no column 'se'");
  auto with_truth = plain;
  with_truth.truth = "t";
  says(refusal_of_estimates("b,se,t\n1,1,0\n2,1,1\n", with_truth), "line 3: the truth is 1 where it was 0");
  says(refusal_of_estimates("b,se,replicate\n1,1,7\n2,1,7\n", plain), "replicate '7' is there twice");
  auto ends = plain;
  ends.lower = {"l"};
  says(refusal_of_estimates("b,se,l\n1,1,0\n", ends), "an interval has two ends");
  auto uneven = plain;
  uneven.estimates = {"b", "c"};
  says(refusal_of_estimates("b,se,c\n1,1,0\n", uneven), "--se names 1 where --estimate names 2");
}

}  // namespace
}  // namespace fisherlab::runs
